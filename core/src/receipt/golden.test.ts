import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenReceipts } from './testing/golden';

const folder = join(__dirname, '../../../test/golden/receipt-v1');

test('this version still writes, byte for byte, the golden files that were given out', () => {
  const { files, cases } = goldenReceipts();
  for (const [name, text] of files) expect([name, readFileSync(join(folder, name), 'utf8')]).toEqual([name, text]);
  const kept = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { cases: unknown };
  expect(kept.cases).toEqual(JSON.parse(JSON.stringify(cases)));
});
