import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenCarriedOver, goldenPackedReceipts, goldenReceipts, goldenTimestamps } from './testing/golden';

test.each([
  ['receipt-v1', goldenReceipts],
  ['receipt-v1-timestamp', goldenTimestamps],
  ['receipt-v1-packed', goldenPackedReceipts],
  ['receipt-v1-policy-v2', goldenCarriedOver],
])('%s is still written, byte for byte, as it was given out', (name, make) => {
  const folder = join(__dirname, '../../../test/golden', name);
  const { files, cases } = make();
  for (const [file, content] of files) {
    expect([file, readFileSync(join(folder, file)).equals(Buffer.from(content))]).toEqual([file, true]);
  }
  const kept = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { cases: unknown };
  expect(kept.cases).toEqual(JSON.parse(JSON.stringify(cases)));
});
