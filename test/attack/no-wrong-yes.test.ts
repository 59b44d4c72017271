import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

test('every kind of wrong answer in docs/trust-model.md is held by a test that is there', () => {
  const page = readFileSync(join(root, 'docs/trust-model.md'), 'utf8');
  const rows = [...page.matchAll(/^\| ([VPS][0-9][^|]*) \|.*\| `([^`]+\.test\.ts)` \|$/gm)];
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter(([, , file]) => !existsSync(join(root, file ?? ''))).map(([row]) => row)).toEqual([]);
});
