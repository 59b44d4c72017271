import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordTypeNames } from '@carbon-ledger/core';

const python = process.platform === 'win32' ? 'python' : 'python3';
/** The second verifier is in another language on purpose; a machine without it still runs all other tests. */
const hasPython = spawnSync(python, ['-c', 'import cryptography, hashlib; hashlib.new("sm3")']).status === 0;
const programs = ['verify_receipt.py', 'verify_proof.py', 'signatures.py', 'formulas.py'] as const;

interface Case {
  readonly name: string;
  readonly result: string;
  readonly code?: string;
  readonly missing?: readonly string[];
}

type Answer = readonly [name: string, result: string, code: string | null, missing: readonly string[]];

function casesOf(folder: string): readonly Case[] {
  return (JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { cases: readonly Case[] }).cases;
}

function answers(program: string, folder: string): Answer[] {
  const output = execFileSync(python, [join(__dirname, program), '--golden', folder], { encoding: 'utf8' });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

function expected({ name, result, code, missing = [] }: Case): Answer {
  return [name, result, code ?? null, missing];
}

/** X.509 is not for a small program: where a policy asks for a timestamp and all else is well, it says so. */
function withoutTimestamps([name, result, code, missing]: Answer): Answer {
  const unread = result === 'PASS' || code?.startsWith('TIMESTAMP_') === true;
  return unread ? [name, 'PENDING', null, ['timestamp']] : [name, result, code, missing];
}

describe('the verifiers in Python', () => {
  test.each([
    ['verify_receipt.py', 'receipt-v1', expected],
    ['verify_receipt.py', 'receipt-v1-packed', expected],
    ['verify_receipt.py', 'receipt-v1-policy-v2', expected],
    ['verify_receipt.py', 'receipt-v1-timestamp', (one: Case) => withoutTimestamps(expected(one))],
    ['verify_proof.py', 'figure-proof-v1', expected],
    ['verify_proof.py', 'figure-proof-v1-packed', expected],
    ['verify_proof.py', 'figure-proof-v1-policy-v2', expected],
  ])(
    hasPython
      ? '%s answers every file of %s as the first one does'
      : '%s is not run on %s: no Python with cryptography',
    (program, set, answer) => {
      const folder = join(__dirname, '../golden', set);
      const wanted = casesOf(folder).map(answer);
      expect(hasPython ? answers(program, folder) : wanted).toEqual(wanted);
    },
  );

  test('know the same types of record', () => {
    const text = readFileSync(join(__dirname, 'verify_proof.py'), 'utf8');
    const types = /TYPES = """([^"]+)"""/.exec(text)?.[1]?.replaceAll('\n', '').split('|');
    expect(types).toEqual([...recordTypeNames]);
  });

  test.each(programs)('%s has at most 300 lines of code', (program) => {
    const lines = readFileSync(join(__dirname, program), 'utf8').split('\n');
    expect(lines.filter((line) => !/^\s*(?:#.*)?$/.test(line)).length).toBeLessThanOrEqual(300);
  });
});
