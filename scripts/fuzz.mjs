// Holds the two verifiers (TypeScript and Python) against each other far longer than a usual test run does:
// npm run fuzz -- [--count N] [--seed N] [receipts|proofs|formulas]. Fifty thousand of each kind without options; the same ones
// for the same seed. Ends with the first differences, if there are any.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const jest = path.join(path.dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin/jest.js');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string', default: '50000' }, seed: { type: 'string' } },
});

const kinds = {
  receipts: ['differential', 'verify_receipt.py'],
  proofs: ['differential', 'verify_proof.py'],
  formulas: ['formulas', 'formulas have'],
};
const wanted = positionals.length > 0 ? positionals : Object.keys(kinds);
if (
  wanted.some((kind) => !Object.hasOwn(kinds, kind)) ||
  !/^[1-9]\d*$/.test(values.count) ||
  /\D/.test(values.seed ?? '')
) {
  process.stderr.write('npm run fuzz -- [--count N] [--seed N] [receipts|proofs|formulas]\n');
  process.exit(2);
}

const env = { ...process.env, CARBON_LEDGER_FUZZ: values.count };
if (values.seed !== undefined) env.CARBON_LEDGER_FUZZ_SEED = values.seed;
// A day: the time is bounded by the count, not by a clock.
const options = ['-w', '1', '--testTimeout', '86400000', '--verbose'];
const run = ([file, name]) =>
  spawnSync(process.execPath, [jest, ...options, `test/independent-verifier/${file}`, '-t', name], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
process.exitCode = wanted.map((kind) => run(kinds[kind]).status).some((status) => status !== 0) ? 1 : 0;
