import { fromBase64, toBase64 } from '../bytes';
import { LedgerError } from '../errors';
import { HASH_BYTES } from '../merkle/hash';
import type { NoteSigner, VerifierKey } from './keys';
import { formatNote, parseNote, signNote, verifiedKeys, type SignedNote } from './note';

/** What a log says of itself (C2SP tlog-checkpoint): which log, how many leaves, which root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  /** RFC 9162 root, 32 bytes. */
  readonly rootHash: Uint8Array;
}

/** Whom a verifier trusts, pinned beforehand and never taken from what is being verified. */
export interface CheckpointPolicy {
  readonly origin: string;
  readonly logKey: VerifierKey;
  /** Log keys of before, the oldest first: each signs up to the size at which it gave its place, the next one from there on. */
  readonly retired?: readonly RetiredKey[];
  readonly witnesses: readonly VerifierKey[];
  /** How many different witnesses must have cosigned; 0 asks for none. */
  readonly quorum: number;
}

export interface RetiredKey {
  readonly key: VerifierKey;
  /** The last size that it may sign. */
  readonly size: bigint;
}

export interface VerifiedCheckpoint extends Checkpoint {
  /** Names of the witnesses that cosigned, each once. */
  readonly witnesses: readonly string[];
}

const SIZE = /^(?:0|[1-9][0-9]{0,19})$/;
const SIZE_LIMIT = 1n << 64n;

/** The origin line of a ledger's log. */
export function originOf(ledgerId: string): string {
  return `carbon-audit-ledger/${ledgerId}`;
}

/** Text of a checkpoint: three lines. */
export function formatCheckpoint({ origin, size, rootHash }: Readonly<Checkpoint>): string {
  return `${origin}\n${size.toString()}\n${toBase64(rootHash)}\n`;
}

/**
 * Reads the text of a checkpoint. Extension lines are refused: nothing here writes them and no witness speaks for them.
 * @throws LedgerError CHECKPOINT_MALFORMED
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = '', end, ...rest] = text.split('\n');
  if (origin === '' || end !== '' || rest.length > 0) throw malformed('it is not three lines');
  if (!SIZE.test(size) || BigInt(size) >= SIZE_LIMIT) throw malformed('its size is not a 64-bit number');
  return { origin, size: BigInt(size), rootHash: parseRoot(root) };
}

function parseRoot(text: string): Uint8Array {
  try {
    const root = fromBase64(text);
    if (root.length === HASH_BYTES) return root;
  } catch (cause) {
    throw new LedgerError('CHECKPOINT_MALFORMED', 'The root hash of the checkpoint is not base64.', { cause });
  }
  throw malformed('its root hash is not 32 bytes');
}

/** A checkpoint as signed note. Key name and origin are the same. */
export function signCheckpoint(checkpoint: Readonly<Checkpoint>, signer: Readonly<NoteSigner>): string {
  if (signer.key.name !== checkpoint.origin) throw new LedgerError('INTERNAL', 'A log signs under its own origin.');
  const text = formatCheckpoint(checkpoint);
  return formatNote({ text, signatures: [signNote(text, signer)] });
}

/**
 * Holds a checkpoint note to a pinned policy: origin, then the log's own signature, then the quorum. Witnesses count by
 * public key, so one that is listed under two names counts once.
 * @throws LedgerError CHECKPOINT_MALFORMED, CHECKPOINT_ORIGIN_MISMATCH, CHECKPOINT_SIGNATURE_INVALID,
 *   CHECKPOINT_UNSIGNED, WITNESS_QUORUM_MISSING
 */
export function verifyCheckpoint(note: string, policy: Readonly<CheckpointPolicy>): VerifiedCheckpoint {
  const verified = verifyLogSignature(note, policy);
  if (verified.witnesses.length < policy.quorum) {
    const have = verified.witnesses.length;
    throw new LedgerError('WITNESS_QUORUM_MISSING', `${String(have)} of ${String(policy.quorum)} witnesses cosigned.`, {
      details: { have, need: policy.quorum, witnesses: verified.witnesses },
    });
  }
  return verified;
}

/** {@link verifyCheckpoint} without asking for the quorum: tells who cosigned so far. */
export function verifyLogSignature(note: string, policy: Readonly<CheckpointPolicy>): VerifiedCheckpoint {
  const signed = parseNote(note);
  const checkpoint = parseCheckpoint(signed.text);
  if (checkpoint.origin !== policy.origin) {
    throw new LedgerError('CHECKPOINT_ORIGIN_MISMATCH', undefined, { details: { origin: checkpoint.origin } });
  }
  const logKeys = logKeysAt(policy, checkpoint.size);
  // A key whose time is over is as unknown as a stranger's: what it signs is not even looked at.
  const keys = verifiedKeys(signed, [...logKeys, ...policy.witnesses]);
  if (!logKeys.some((key) => keys.includes(key))) throw unsigned(signed, policy);
  return { ...checkpoint, witnesses: distinctWitnesses(keys, policy) };
}

/** Who may sign a checkpoint of this size; at the size of a handover both may. */
function logKeysAt({ logKey, retired = [] }: CheckpointPolicy, size: bigint): VerifierKey[] {
  const before = retired.filter((one, index) => size <= one.size && size >= (retired[index - 1]?.size ?? 0n));
  const from = retired.at(-1)?.size ?? 0n;
  return [...before.map(({ key }) => key), ...(size >= from ? [logKey] : [])];
}

/** Says so where it was one of the log's keys that signed, only not within its sizes. */
function unsigned({ signatures }: SignedNote, { logKey, retired = [] }: CheckpointPolicy): LedgerError {
  const isBy = ({ name, keyId }: VerifierKey): boolean =>
    signatures.some((line) => line.name === name && line.keyId === keyId);
  const last = retired.find(({ key }) => isBy(key));
  if (last !== undefined) return outOfRange(`up to ${last.size.toString()} records, from where the next one began`);
  return isBy(logKey)
    ? outOfRange(`from ${String(retired.at(-1)?.size)} records on`)
    : new LedgerError('CHECKPOINT_UNSIGNED');
}

function outOfRange(sizes: string): LedgerError {
  return new LedgerError('CHECKPOINT_UNSIGNED', `The log key by which it claims to be signed signs ${sizes}.`);
}

function distinctWitnesses(
  keys: readonly VerifierKey[],
  { logKey, retired = [], witnesses }: CheckpointPolicy,
): string[] {
  // The log cannot witness itself, under whatever name or earlier key.
  const own = [logKey, ...retired.map(({ key }) => key)].map(({ publicKey }) => toBase64(publicKey));
  const byPublicKey = new Map<string, string>();
  for (const key of keys) {
    const id = toBase64(key.publicKey);
    if (witnesses.includes(key) && !own.includes(id) && !byPublicKey.has(id)) byPublicKey.set(id, key.name);
  }
  return [...byPublicKey.values()];
}

function malformed(reason: string): LedgerError {
  return new LedgerError('CHECKPOINT_MALFORMED', `Not a checkpoint: ${reason}.`);
}
