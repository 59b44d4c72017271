import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileVerdicts } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { readCheck } from './read-check';

const counts = Object.fromEntries([...Object.keys(fileVerdicts), 'missing', 'twins'].map((name) => [name, 0]));
const good = { counts, files: [{ path: 'a.csv', verdict: 'same' }], missing: [], twins: [] };

function written(value: unknown): string {
  const file = path.join(temporaryFolder('check'), 'check.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

describe('the comparison that a report is signed over', () => {
  it('is read as it was written', async () => {
    expect(await readCheck(written(good))).toEqual(good);
  });

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['a verdict that there is not', { ...good, files: [{ path: 'a.csv', verdict: 'fine' }] }],
    ['a count below nothing', { ...good, counts: { ...counts, missing: -1 } }],
    ['a missing file without its digest', { ...good, missing: [{ key: 'k', record: 'r', name: 'n', sha256: '' }] }],
    ['twins that are none', { ...good, twins: [null] }],
  ])('is refused with %s', async (_, value) => {
    await expect(readCheck(written(value))).rejects.toMatchObject({ code: 'BAD_FILE' });
  });
});
