import { canonicalBytes } from '../canonical';
import { toBase64 } from '../bytes';
import { LedgerError } from '../errors';
import { originOf, parseCheckpoint, type Checkpoint } from './checkpoint';
import { cosign, splitCosignature } from './cosignature';
import { assertCosignerKeyProved } from './cosigner-registration';
import { formatVkey, isKeyName, parseVkey, type NoteSigner, type VerifierKey } from './keys';
import { formatNote, parseNote, verifiedKeys } from './note';

/*
 * Organisations of a channel as witnesses of its log. The log is derived from blocks, so every organisation computes it
 * anew; through the contract each says what it found. Its last word is its memory: the contract lets nobody go back.
 */

/** What the world state keeps of an organisation: one small value, so that cosigning never meets another transaction. */
export interface CosignerState {
  /** C2SP vkey of the organisation, type 0x04. */
  readonly key: string;
  /** The last checkpoint that it cosigned, as signed note with this one line. */
  readonly note: string;
  /**
   * Base64: the key's own word that it is this organisation's (cosigner-registration.ts), so that whoever holds the state can
   * check it. Absent where a contract that did not ask for it wrote the state: the next cosignature brings it.
   */
  readonly proof?: string | undefined;
}

/** What an organisation asks the contract to write down. */
export interface CosignRequest {
  /** Signed note: the checkpoint and one line, the organisation's cosignature. */
  readonly note: string;
  /** C2SP vkey, type 0x04, of the name {@link cosignerName}. */
  readonly key: string;
  /** The vkey that this one takes the place of; absent or empty for the registered key or the first one. */
  readonly replaces?: string | undefined;
  /** The key's own word that it is this organisation's; absent or empty once it is registered. */
  readonly proof?: string | undefined;
}

/** What the channel says of the transaction. */
export interface CosignFacts {
  /** Ledger id, hex. */
  readonly ledger: string;
  /** Organisation of the certificate that signed the transaction: nobody else speaks for it. */
  readonly msp: string;
  /** Transaction time, RFC 3339. */
  readonly time: string;
}

/** The time in a cosignature is its maker's claim; it may be this far from the transaction time. */
const MOST_SECONDS_APART = 600n;

/** Key name of an organisation's cosignatures. */
export function cosignerName(msp: string): string {
  return `carbon-audit-ledger/${msp}`;
}

/** A checkpoint note with the one cosignature of this organisation. @param time POSIX seconds */
export function cosignedNote(text: string, signer: Readonly<NoteSigner>, time: bigint): string {
  return formatNote({ text, signatures: [cosign(text, signer, time)] });
}

/**
 * Judges a cosignature: its form, its ledger, its key, and that it does not take back what the organisation said before.
 * Whether the root is right no contract can say, for it does not hold the log: every other organisation checks it.
 * @throws LedgerError CHECKPOINT_MALFORMED, PROOF_MALFORMED, CHECKPOINT_ORIGIN_MISMATCH, COSIGNER_KEY_OTHER,
 *   COSIGNER_KEY_UNPROVED, CHECKPOINT_SIGNATURE_INVALID, CHECKPOINT_UNSIGNED, SIGNED_TIME_OUT_OF_RANGE, ROLLED_BACK, SPLIT_VIEW, COSIGNED_ALREADY
 */
export function judgeCosignature(
  request: CosignRequest,
  current: CosignerState | undefined,
  facts: CosignFacts,
): CosignerState {
  const key = parseCosignerKey(request.key, facts.msp);
  assertRegistered(request, current);
  const proof = registeredProof(request, current, key, facts);
  const checkpoint = verifyCosigned(request.note, key, facts);
  if (current !== undefined) assertGoesOn(checkpoint, current, request.key);
  return { key: request.key, note: request.note, proof };
}

/** Bytes of the state value. */
export function cosignerBytes({ key, note, proof }: CosignerState): Uint8Array {
  return canonicalBytes({ key, note, ...(proof === undefined ? {} : { proof }) });
}

/** The checkpoint of a state value. */
export function cosignedCheckpoint({ note }: CosignerState): Checkpoint {
  return parseCheckpoint(parseNote(note).text);
}

/** The name is bound to the organisation, so that a line in a note says who it is by. */
function parseCosignerKey(vkey: string, msp: string): VerifierKey {
  const key = parseVkey(vkey);
  const isCanonical = formatVkey(key) === vkey;
  if (key.type === 'cosignature-v1' && key.name === cosignerName(msp) && isKeyName(key.name) && isCanonical) return key;
  throw new LedgerError('PROOF_MALFORMED', `A cosigning key of ${msp} is of type 0x04 and named ${cosignerName(msp)}.`);
}

/** A key is changed on purpose only: a gateway that lost its folder must not take another key by itself. */
function assertRegistered({ key, replaces = '' }: CosignRequest, current: CosignerState | undefined): void {
  const registered = current?.key ?? '';
  const isKnown = replaces === '' && (registered === '' || registered === key);
  if (isKnown || (replaces !== '' && replaces === registered && replaces !== key)) return;
  throw new LedgerError('COSIGNER_KEY_OTHER', undefined, { details: { registered, offered: key } });
}

/** What is registered already, or what this call brings: a key that nobody has shown to hold speaks for nobody. */
function registeredProof(
  { key, proof = '' }: CosignRequest,
  current: CosignerState | undefined,
  verifier: VerifierKey,
  facts: CosignFacts,
): string {
  if (proof === '' && current?.key === key && current.proof !== undefined) return current.proof;
  assertCosignerKeyProved(facts, verifier, proof);
  return proof;
}

function verifyCosigned(note: string, key: VerifierKey, { ledger, time }: CosignFacts): Checkpoint {
  const signed = parseNote(note);
  const checkpoint = parseCheckpoint(signed.text);
  const [line, ...others] = signed.signatures;
  if (line === undefined || others.length > 0 || formatNote(signed) !== note) {
    throw new LedgerError('CHECKPOINT_MALFORMED', 'A cosigned note has exactly one signature line.');
  }
  if (checkpoint.origin !== originOf(ledger)) {
    throw new LedgerError('CHECKPOINT_ORIGIN_MISMATCH', undefined, { details: { origin: checkpoint.origin } });
  }
  if (verifiedKeys(signed, [key]).length === 0) {
    throw new LedgerError('CHECKPOINT_UNSIGNED', `The line is not of the key ${key.keyId}.`);
  }
  assertTime(splitCosignature(line.signature)?.time ?? 0n, time);
  return checkpoint;
}

function assertTime(claimed: bigint, transactionTime: string): void {
  const apart = claimed - BigInt(Math.floor(Date.parse(transactionTime) / 1000));
  if (apart <= MOST_SECONDS_APART && -apart <= MOST_SECONDS_APART) return;
  throw new LedgerError('SIGNED_TIME_OUT_OF_RANGE', undefined, {
    details: { time: claimed.toString(), transactionTime },
  });
}

function assertGoesOn(next: Checkpoint, current: CosignerState, key: string): void {
  const last = cosignedCheckpoint(current);
  const details = { signedSize: last.size.toString(), signedRoot: toBase64(last.rootHash), size: next.size.toString() };
  if (next.size < last.size) {
    const message = `This organisation cosigned ${details.signedSize} records before.`;
    throw new LedgerError('ROLLED_BACK', message, { details });
  }
  if (next.size > last.size) return;
  if (toBase64(next.rootHash) !== details.signedRoot) {
    throw new LedgerError('SPLIT_VIEW', 'This organisation cosigned another root for this size.', { details });
  }
  // A new key says the same once more, so that it stands beside what it signed.
  if (current.key === key) throw new LedgerError('COSIGNED_ALREADY', undefined, { details });
}
