import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenReceipts, goldenTimestamps } from './testing/golden';

test.each([
  ['receipt-v1', goldenReceipts],
  ['receipt-v1-timestamp', goldenTimestamps],
])('%s is still written, byte for byte, as it was given out', (name, make) => {
  const folder = join(__dirname, '../../../test/golden', name);
  const { files, cases } = make();
  for (const [file, text] of files) expect([file, readFileSync(join(folder, file), 'utf8')]).toEqual([file, text]);
  const kept = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { cases: unknown };
  expect(kept.cases).toEqual(JSON.parse(JSON.stringify(cases)));
});
