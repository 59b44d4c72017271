import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../golden/receipt-v1');
const program = join(__dirname, 'verify_receipt.py');
const python = process.platform === 'win32' ? 'python' : 'python3';
/** The second verifier is in another language on purpose; a machine without it still runs all other tests. */
const hasPython = spawnSync(python, ['-c', 'import cryptography, hashlib; hashlib.new("sm3")']).status === 0;

interface Case {
  readonly name: string;
  readonly result: string;
  readonly code?: string;
  readonly missing?: readonly string[];
}

const { cases } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { cases: readonly Case[] };

function answers(): unknown[] {
  const output = execFileSync(python, [program, '--golden', folder], { encoding: 'utf8' });
  return output
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

describe('the verifier in Python', () => {
  test(
    hasPython ? 'answers every golden file as the first one does' : 'is not run: no Python with cryptography',
    () => {
      const expected = cases.map(({ name, result, code = null, missing = [] }) => [name, result, code, missing]);
      expect(hasPython ? answers() : expected).toEqual(expected);
    },
  );

  test('has at most 300 lines of code', () => {
    const lines = readFileSync(program, 'utf8').split('\n');
    expect(lines.filter((line) => !/^\s*(?:#.*)?$/.test(line)).length).toBeLessThanOrEqual(300);
  });
});
