import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder';

const python = process.platform === 'win32' ? 'python' : 'python3';

/** The second verifier is in another language on purpose; a machine without it still runs all other tests. */
export const hasPython = spawnSync(python, ['-c', 'import cryptography, hashlib; hashlib.new("sm3")']).status === 0;

type Program = 'verify_receipt.py' | 'verify_proof.py' | 'formulas.py';

const programFile = (program: Program): string => join(__dirname, '../independent-verifier', program);

/** What the second verifier says of each, or nothing where there is no Python. */
export function saidByPython(
  program: Program,
  proofs: readonly (string | Uint8Array)[],
  policy: string | Uint8Array,
): [result: string, code: string | null][] | undefined {
  if (!hasPython) return undefined;
  const folder = temporaryFolder('second-verifier');
  const field = program === 'verify_receipt.py' ? 'receipt' : 'proof';
  writeFileSync(join(folder, 'policy.json'), policy);
  const cases = proofs.map((proof, at) => {
    writeFileSync(join(folder, String(at)), proof);
    return { name: String(at), [field]: String(at), policy: 'policy.json' };
  });
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ cases }));
  return runPython(program, ['--golden', folder]).map((line) => line.slice(1, 3) as [string, string | null]);
}

/** Runs a program of the second verifier; one JSON value a line. */
export function runPython(program: Program, argv: readonly string[], input?: string): unknown[][] {
  const output = execFileSync(python, [programFile(program), ...argv], { encoding: 'utf8', input, maxBuffer: 1 << 30 });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown[]);
}

/** What it says of each file, sent line by line: for many. */
export function saidOfLines(
  program: Program,
  policyFile: string,
  files: readonly Uint8Array[],
): [result: string, code: string | null][] {
  const lines = files.map((file) => `${Buffer.from(file).toString('base64')}\n`).join('');
  return runPython(program, ['--lines', policyFile], lines) as [string, string | null][];
}

/** Whether each is a policy for it: `POLICY`, or `NO_POLICY` with the code. */
export function saidOfPolicies(files: readonly Uint8Array[]): [said: string, code: string | null][] {
  const lines = files.map((file) => `${Buffer.from(file).toString('base64')}\n`).join('');
  return runPython('verify_receipt.py', ['--policies'], lines) as [string, string | null][];
}
