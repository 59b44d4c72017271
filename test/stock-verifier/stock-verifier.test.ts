import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  canonicalBytes,
  formatReceiptAsTlogProof,
  formatTlogProof,
  parseReceipt,
  type Policy,
} from '@carbon-ledger/core';
import { temporaryFolder } from '../support/temporary-folder';
import { onlyWhere } from '../support/only-where';

const golden = join(__dirname, '../golden/receipt-v1');
const folder = temporaryFolder('stock-verifier');
const program = join(folder, process.platform === 'win32' ? 'stock-verifier.exe' : 'stock-verifier');
// Go fetches the public libraries once; a machine without Go, or without a way to them, still runs all other tests.
// One that is ended for its time leaves what it had begun: in this folder, which goes with the tests.
const env = { ...process.env, GOTMPDIR: folder };
const built = spawnSync('go', ['build', '-o', program, '.'], { cwd: __dirname, timeout: 60_000, env }).status === 0;
const lacking = built ? undefined : 'Go, or a way to its public libraries, is missing';

const text = readFileSync(join(golden, 'valid/report-of-a-laboratory.json'), 'utf8');
const receipt = parseReceipt(text);
const policy = JSON.parse(readFileSync(join(golden, 'policy.json'), 'utf8')) as Policy;
const { logIndex: index, path, checkpoint } = receipt;

/** Exit code of the stock verifier for a proof and an entry. */
function verify(proof: string, entry: Uint8Array, vkeys = [policy.logKey, ...policy.witnesses]): number | null {
  const files = [join(folder, 'proof'), join(folder, 'entry')] as const;
  writeFileSync(files[0], proof);
  writeFileSync(files[1], entry);
  return spawnSync(program, [...files, ...vkeys]).status;
}

test('a receipt has an export in the text form of C2SP', () => {
  expect(formatTlogProof({ index, path, checkpoint })).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 7\n/);
});

onlyWhere(lacking, 'stock libraries of transparency.dev and C2SP', () => {
  const entry = canonicalBytes(receipt.record);

  test('accept the export of a receipt: log signature, cosignatures, inclusion', () => {
    expect(verify(formatReceiptAsTlogProof(text), entry)).toBe(0);
    expect(verify(formatTlogProof({ index, path, checkpoint }), entry)).toBe(0);
  });

  test('refuse another entry, place, path or checkpoint', () => {
    const altered = checkpoint.replace('\n1000\n', '\n1001\n');
    expect(verify(formatTlogProof({ index, path, checkpoint }), canonicalBytes({}))).toBe(1);
    expect(verify(formatTlogProof({ index: index + 1n, path, checkpoint }), entry)).toBe(1);
    expect(verify(formatTlogProof({ index, path: path.slice(1), checkpoint }), entry)).toBe(1);
    expect(verify(formatTlogProof({ index, path, checkpoint: altered }), entry)).toBe(1);
  });
});
