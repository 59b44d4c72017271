import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { formatReceiptAsTlogProof, parsePolicy, utf8Encode, verifyReceipt, verifyTlogProof } from '@carbon-ledger/core';
import { runInProcess } from '../../cli/src/testing/test-io';
import { temporaryFolder } from '../support/temporary-folder';
import { writeFileSync } from 'node:fs';

/*
 * A file that an editor or a mail program wrote anew is no forgery, and one that is damaged needs no policy to be told so.
 */

const golden = join(__dirname, '../golden/receipt-v1');
const policy = readFileSync(join(golden, 'policy.json'), 'utf8');
const receipt = readFileSync(join(golden, 'valid/report-of-a-laboratory.json'), 'utf8');
const indented = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);

test.each([
  ['a byte order mark', `\ufeff${policy}`],
  ['indentation', indented(policy)],
  ['the line ends of Windows', indented(policy).replaceAll('\n', '\r\n')],
  ['a line break behind it', `${policy}\n`],
])('a policy with %s is the same policy', (_, text) => {
  expect(parsePolicy(text).id).toBe(parsePolicy(policy).id);
  expect(parsePolicy(utf8Encode(text)).id).toBe(parsePolicy(policy).id);
  expect(verifyReceipt({ receipt: utf8Encode(receipt), policy: text }).result).toBe('PASS');
});

test.each([
  ['a byte order mark', `\ufeff${receipt}`, 'byte order mark'],
  ['indentation', indented(receipt), 'indented'],
  ['the line ends of Windows', indented(receipt).replaceAll('\n', '\r\n'), 'line ends of Windows'],
  ['a line break behind it', `${receipt}\n`, 'line break'],
])('a receipt with %s is told from a forged one', (_, text, form) => {
  for (const given of [text, utf8Encode(text)]) {
    const verdict = verifyReceipt({ receipt: given, policy });
    expect(verdict).toMatchObject({ result: 'FAIL', code: 'PROOF_MALFORMED' });
    expect(verdict.message).toContain(form);
    expect(verdict.message).toContain('says nothing of its content');
  }
});

test.each([
  ['cut short', receipt.slice(0, -20)],
  ['with a character too many', `${receipt}x`],
])('a receipt %s is damaged, and not said to be written anew', (_, text) => {
  const verdict = verifyReceipt({ receipt: utf8Encode(text), policy });
  expect(verdict.code).toBe('PROOF_MALFORMED');
  expect(verdict.message).not.toContain('written anew');
});

test.each([
  ['packed by something else', new Uint8Array(gzipSync(`${receipt}\r\n\r\n`.repeat(40)))],
  ['in UTF-16', new Uint8Array(Buffer.from(`\ufeff${receipt}\r\n`, 'utf16le'))],
])('a receipt %s is no text, and not said to be written anew', (_, bytes) => {
  const verdict = verifyReceipt({ receipt: bytes, policy });
  expect(verdict.code).toBe('PROOF_MALFORMED');
  expect(verdict.message).not.toContain('written anew');
});

test.each([
  ['a byte order mark', (text: string) => `\ufeff${text}`],
  ['the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
])('a tlog-proof with %s is not called one of another version', (_, change) => {
  const proof = change(formatReceiptAsTlogProof(receipt));
  const verdict = verifyTlogProof({ proof: utf8Encode(proof), policy });
  expect(verdict.code).toBe('PROOF_MALFORMED');
  expect(verdict.message).toContain('written anew');
});

test.each([
  ['damaged', receipt.slice(0, 500), 'PROOF_MALFORMED'],
  ['empty', '', 'PROOF_MALFORMED'],
  ['of another version', receipt.replace('receipt/v1', 'receipt/v9'), 'UNSUPPORTED_VERSION'],
])('a receipt that is %s is told so where no policy is pinned', async (_, text, code) => {
  const file = join(temporaryFolder('text-forms'), 'a.receipt');
  writeFileSync(file, text);
  const { code: exit, stderr } = await runInProcess(['verify-receipt', file], {
    homeDir: temporaryFolder('text-forms'),
  });
  expect(exit).toBe(1);
  expect(stderr).toContain(code);
  expect(stderr).not.toContain('POLICY_NOT_PINNED');
});
