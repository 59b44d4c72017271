import { canonicalize } from '../canonical';
import type { ErrorCode } from '../errors';
import { formatTlogProof, parseTlogProof } from '../log';
import { ReceiptWorld } from './testing/world';
import { formatReceiptAsTlogProof, isTlogProof, verifyTlogProof, type TlogProofQuestion } from './tlog-proof';

const world = ReceiptWorld.create();
const receipt = world.receipt();
const proof = formatReceiptAsTlogProof(receipt);
const verdict = (
  text: string | Uint8Array,
  more: Partial<TlogProofQuestion> = {},
): ReturnType<typeof verifyTlogProof> => verifyTlogProof({ proof: text, policy: world.policy, ...more });
const codeOf = (text: string | Uint8Array, more: Partial<TlogProofQuestion> = {}): ErrorCode | undefined =>
  verdict(text, more).code;
const parts = parseTlogProof(proof);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('the export of a receipt passes, and says that it does not show who signed', () => {
  const { result, record, proves, doesNotProve } = verdict(bytes(proof), {
    document: world.document,
    expect: { issuer: world.lab, recordId: world.recordId },
  });
  expect(result).toBe('PASS');
  expect(record).toMatchObject({ id: world.recordId, issuer: world.lab, logIndex: '7', document: { role: 'report' } });
  expect(proves.map(({ id }) => id)).toEqual(['anchored', 'document', 'witnessed']);
  expect(doesNotProve.map(({ id }) => id)).toContain('signature');
  expect(isTlogProof(bytes(proof))).toBe(true);
  expect(isTlogProof(bytes(canonicalize(receipt)))).toBe(false);
});

test.each<[string, ErrorCode, string | Uint8Array]>([
  ['another version', 'UNSUPPORTED_VERSION', proof.replace('@v1', '@v2')],
  ['bytes that are no text', 'PROOF_MALFORMED', Uint8Array.of(0xff)],
  ['no record', 'PROOF_MALFORMED', formatTlogProof({ ...parts, extra: new Uint8Array(0) })],
  ['a record that is none', 'PROOF_MALFORMED', formatTlogProof({ ...parts, extra: bytes('{}') })],
  [
    'another record',
    'ROOT_MISMATCH',
    formatTlogProof({ ...parts, extra: bytes(canonicalize({ ...receipt.record, version: 2 })) }),
  ],
  ['another place', 'ROOT_MISMATCH', formatTlogProof({ ...parts, index: 6n })],
  ['a path too short', 'INCLUSION_INVALID', formatTlogProof({ ...parts, path: parts.path.slice(1) })],
  [
    'a wrong log signature',
    'CHECKPOINT_SIGNATURE_INVALID',
    formatTlogProof({ ...parts, checkpoint: world.wrongSignature() }),
  ],
  ['another origin', 'CHECKPOINT_ORIGIN_MISMATCH', formatTlogProof({ ...parts, checkpoint: world.otherOrigin() })],
  ['a root of another log', 'ROOT_MISMATCH', formatTlogProof({ ...parts, checkpoint: world.staleRoot() })],
])('refuses %s', (_, code, text) => {
  expect(codeOf(text)).toBe(code);
});

test('refuses another file, record or issuer than was asked for', () => {
  expect(codeOf(proof, { document: bytes('another') })).toBe('DOCUMENT_MISMATCH');
  expect(codeOf(proof, { expect: { issuer: world.founder } })).toBe('ISSUER_MISMATCH');
  expect(codeOf(proof, { expect: { type: 'monthly-evidence' } })).toBe('RECORD_MISMATCH');
});

test('is pending where the policy asks for more than it can hold', () => {
  const few = formatTlogProof({ ...parts, checkpoint: world.checkpoint(1) });
  expect(verdict(few)).toMatchObject({ result: 'PENDING', missing: ['witnesses'], proves: [] });
  const anchor = { chainId: '1', contract: `0x${'00'.repeat(20)}` };
  expect(verdict(proof, { policy: { ...world.policy, anchor } }).missing).toEqual(['anchor']);
});
