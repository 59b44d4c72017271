import { fromBase64, toBase64 } from '../../bytes';
import type { ErrorCode } from '../../errors';
import type { MutableReceipt } from './parts';
import type { ReceiptWorld } from './world';

/** One thing that can be wrong with a receipt, and the code by which it must fail. */
export type Damage = readonly [name: string, code: ErrorCode, change: (receipt: MutableReceipt) => void];

function flip(path: string, at: number): string {
  const bytes = fromBase64(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return toBase64(bytes);
}

function cut(path: string): string {
  return toBase64(fromBase64(path).subarray(32));
}

function longer(path: string): string {
  return toBase64(Uint8Array.of(...fromBase64(path), ...new Uint8Array(32)));
}

/** Everything of the must-fail list that is done to a receipt itself, in the order in which a verifier checks. */
export function damages(world: ReceiptWorld): readonly Damage[] {
  return [
    ['another version', 'UNSUPPORTED_VERSION', (v) => (v.schema = 'carbon-ledger/receipt/v2')],
    ['no version', 'PROOF_MALFORMED', (v) => delete (v as Partial<MutableReceipt>).schema],
    ['an extra field', 'PROOF_MALFORMED', (v) => (v.extra = 1)],
    ['an extra field in the record', 'PROOF_MALFORMED', (v) => (v.record.extra = 1)],
    ['a missing field', 'PROOF_MALFORMED', (v) => delete (v as Partial<MutableReceipt>).txId],
    ['base64 without padding', 'PROOF_MALFORMED', (v) => (v.path = v.path.replace(/=+$/, ''))],
    ['half a hash', 'PROOF_MALFORMED', (v) => (v.path = toBase64(fromBase64(v.path).subarray(16)))],
    ['a negative index', 'PROOF_MALFORMED', (v) => (v.logIndex = '-1')],
    ['an index with a leading zero', 'PROOF_MALFORMED', (v) => (v.logIndex = `0${v.logIndex}`)],
    ['an index beyond 64 bits', 'PROOF_MALFORMED', (v) => (v.logIndex = '18446744073709551616')],
    ['an index as number', 'PROOF_MALFORMED', (v) => (v.logIndex = 7)],
    ['a date that is none', 'PROOF_MALFORMED', (v) => (v.submission.signedAt = '2026-13-45T08:00:00Z')],
    ['another ledger', 'WRONG_LEDGER', (v) => (v.ledger = 'cd'.repeat(32))],
    ['another issuer', 'ISSUER_MISMATCH', (v) => (v.record.issuer = world.founder)],
    ['another figure in the record', 'SIGNATURE_INVALID', (v) => (v.record.content.reportNo = 'X-2')],
    ['another signing time', 'SIGNATURE_INVALID', (v) => (v.submission.signedAt = '2026-02-01T08:00:01Z')],
    ['another count', 'SIGNATURE_INVALID', (v) => (v.submission.recordCount = 4)],
    ['another place', 'SIGNATURE_INVALID', (v) => (v.submission.recordIndex = 0)],
    ['a place beyond the count', 'SIGNATURE_INVALID', (v) => (v.submission.recordIndex = 3)],
    ['a hash of the submission altered', 'SIGNATURE_INVALID', (v) => (v.submission.path = flip(v.submission.path, 0))],
    ['a signature altered', 'SIGNATURE_INVALID', (v) => (v.submission.signature = world.otherSignature)],
    ['another suite', 'SIGNATURE_INVALID', (v) => (v.submission.suite = 'sm2-sm3')],
    ['an unknown key', 'KEY_UNKNOWN', (v) => (v.submission.keyId = `0x${'00'.repeat(20)}`)],
    ['the party record of another', 'KEY_UNKNOWN', (v) => (v.signer = world.founderSigner())],
    ['a signer registered later', 'KEY_NOT_VALID', (v) => (v.signer.logIndex = '8')],
    ['a signer at the same place', 'KEY_NOT_VALID', (v) => (v.signer.logIndex = '7')],
    ['an index out of range', 'INCLUSION_INVALID', (v) => (v.logIndex = '1000')],
    ['a path too short', 'INCLUSION_INVALID', (v) => (v.path = cut(v.path))],
    ['a path too long', 'INCLUSION_INVALID', (v) => (v.path = longer(v.path))],
    ['a hash altered', 'ROOT_MISMATCH', (v) => (v.path = flip(v.path, 40))],
    ['another index', 'ROOT_MISMATCH', (v) => (v.logIndex = String(Number(v.logIndex) ^ 1))],
    ['the root of another size', 'ROOT_MISMATCH', (v) => (v.checkpoint = world.staleRoot())],
    ['a checkpoint of another size', 'INCLUSION_INVALID', (v) => (v.checkpoint = world.smallerCheckpoint())],
    ['the signer’s path too short', 'SIGNER_UNPROVED', (v) => (v.signer.path = cut(v.signer.path))],
    ['a hash of the signer altered', 'SIGNER_UNPROVED', (v) => (v.signer.path = flip(v.signer.path, 0))],
    ['a key added to the signer', 'SIGNER_UNPROVED', (v) => (v.signer.record.content.name = 'X')],
    ['no checkpoint', 'CHECKPOINT_MALFORMED', (v) => (v.checkpoint = '')],
    ['a checkpoint without origin', 'CHECKPOINT_MALFORMED', (v) => (v.checkpoint = world.without(0))],
    ['a checkpoint without size', 'CHECKPOINT_MALFORMED', (v) => (v.checkpoint = world.without(1))],
    ['a checkpoint without root', 'CHECKPOINT_MALFORMED', (v) => (v.checkpoint = world.without(2))],
    ['a checkpoint without signature', 'CHECKPOINT_MALFORMED', (v) => (v.checkpoint = world.unsigned())],
    ['a checkpoint of another origin', 'CHECKPOINT_ORIGIN_MISMATCH', (v) => (v.checkpoint = world.otherOrigin())],
    ['a checkpoint that a stranger signed', 'CHECKPOINT_UNSIGNED', (v) => (v.checkpoint = world.strangerSigned())],
    ['a bad key hint', 'CHECKPOINT_UNSIGNED', (v) => (v.checkpoint = world.badHint())],
    ['a wrong log signature', 'CHECKPOINT_SIGNATURE_INVALID', (v) => (v.checkpoint = world.wrongSignature())],
    [
      'a wrong cosignature among right ones',
      'CHECKPOINT_SIGNATURE_INVALID',
      (v) => (v.checkpoint = world.wrongWitness()),
    ],
  ];
}
