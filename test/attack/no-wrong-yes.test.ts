import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/trust-model.md'), 'utf8');
const rows = [...page.matchAll(/^\| ([VPS][0-9][^|]*) \|.*\| ([^|]*\.test\.ts[^|]*) \|$/gm)].map(
  ([, kinds = '', tests = '']) => ({ kinds: kinds.split(', '), tests: [...tests.matchAll(/`([^`]+)`/g)] }),
);

const numbered = (letter: string, last: number): string[] =>
  Array.from({ length: last }, (_, at) => `${letter}${String(at + 1)}`);

/** Answers about files and figures, proofs, the service: every kind that was ever answered wrongly. */
const kinds = [...numbered('V', 22), ...numbered('P', 7), ...numbered('S', 11)];

test.each(kinds)('the kind %s of wrong answers is held by tests that are there', (kind) => {
  const tests = rows.filter((row) => row.kinds.includes(kind)).flatMap((row) => row.tests.map(([, file = '']) => file));
  expect(tests.length).toBeGreaterThan(0);
  expect(tests.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('there is no row of another kind', () => {
  expect(rows.flatMap((row) => row.kinds).filter((kind) => !kinds.includes(kind))).toEqual([]);
});
