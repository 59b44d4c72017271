import { concat, utf8Encode } from '../bytes';
import { LedgerError } from '../errors';
import type { NoteSigner } from './keys';
import type { NoteSignature } from './note';

/** A witness's statement: at this time, this was the largest consistent tree that it had seen of the log. */
export interface Cosignature {
  /** POSIX seconds, from 0 to 2^63 − 1. */
  readonly time: bigint;
  /** Ed25519 over {@link cosignedMessage}, 64 bytes. */
  readonly signature: Uint8Array;
}

const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;
const LATEST = (1n << 63n) - 1n;

/** What a v1 cosignature signs (C2SP tlog-cosignature, "Ed25519 signed message"): a header, the time, the checkpoint's text. */
export function cosignedMessage(checkpointText: string, time: bigint): Uint8Array {
  return utf8Encode(`cosignature/v1\ntime ${time.toString()}\n${checkpointText}`);
}

/** The bytes of a signature line, taken apart; undefined when they are not a v1 cosignature. */
export function splitCosignature(bytes: Uint8Array): Cosignature | undefined {
  if (bytes.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  const time = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  return time > LATEST ? undefined : { time, signature: bytes.subarray(TIME_BYTES) };
}

/**
 * Cosigns a checkpoint's text. The caller has checked consistency with the last one it cosigned, and has stored this one.
 * @param time POSIX seconds
 */
export function cosign(checkpointText: string, signer: Readonly<NoteSigner>, time: bigint): NoteSignature {
  if (signer.key.type !== 'cosignature-v1') throw new LedgerError('INTERNAL', 'The log signs with signNote().');
  if (time < 0n || time > LATEST) throw new LedgerError('INTERNAL', 'The time of a cosignature is out of range.');
  const stamp = new Uint8Array(TIME_BYTES);
  new DataView(stamp.buffer).setBigUint64(0, time);
  const signature = concat(stamp, signer.sign(cosignedMessage(checkpointText, time)));
  return { name: signer.key.name, keyId: signer.key.keyId, signature };
}
