import {
  formatNote,
  fromBase64,
  LedgerError,
  parseCheckpoint,
  parseNote,
  toBase64,
  type Checkpoint,
  type SignedNote,
} from '@carbon-ledger/core';

/** What a log asks a witness (C2SP tlog-witness, "add-checkpoint"). */
export interface AddCheckpointRequest {
  /** Size of the checkpoint that the witness is thought to have cosigned last; 0 for none. */
  readonly oldSize: bigint;
  /** RFC 6962 section 2.1.2, from the old size to the checkpoint's. */
  readonly proof: readonly Uint8Array[];
  readonly note: SignedNote;
}

export interface ReadRequest extends AddCheckpointRequest {
  readonly checkpoint: Checkpoint;
}

/** A consistency proof between two 64-bit sizes never needs more (C2SP tlog-witness). */
const MAX_PROOF_LINES = 63;

const OLD_LINE = /^old (0|[1-9][0-9]{0,19})$/;
const HASH_LINE = /^[A-Za-z0-9+/]{43}=$/;

export function formatAddCheckpoint({ oldSize, proof, note }: Readonly<AddCheckpointRequest>): string {
  const lines = [`old ${oldSize.toString()}`, ...proof.map(toBase64)];
  return `${lines.join('\n')}\n\n${formatNote(note)}`;
}

/**
 * Reads the body of a request. Verifies nothing.
 * @throws LedgerError PROOF_MALFORMED, CHECKPOINT_MALFORMED, BAD_ENCODING
 */
export function parseAddCheckpoint(body: string): ReadRequest {
  const end = body.indexOf('\n\n');
  if (end < 0) throw malformed('there is no empty line');
  const [old = '', ...hashes] = body.slice(0, end).split('\n');
  const size = OLD_LINE.exec(old)?.[1];
  if (size === undefined) throw malformed('the first line is not an old size');
  if (hashes.length > MAX_PROOF_LINES || !hashes.every((line) => HASH_LINE.test(line))) {
    throw malformed('the proof is too long or not made of hashes');
  }
  const note = parseNote(body.slice(end + 2));
  return { oldSize: BigInt(size), proof: hashes.map(fromBase64), note, checkpoint: readHead(note.text) };
}

/**
 * The first three lines of a checkpoint. Other logs may add extension lines, which a witness signs along with the rest
 * and makes no statement about (C2SP tlog-cosignature, "Ed25519 signed message").
 */
function readHead(text: string): Checkpoint {
  const lines = text.split('\n');
  if (lines.slice(0, -1).includes('')) throw new LedgerError('CHECKPOINT_MALFORMED', 'The checkpoint has empty lines.');
  return parseCheckpoint(`${lines.slice(0, 3).join('\n')}\n`);
}

function malformed(reason: string): LedgerError {
  return new LedgerError('PROOF_MALFORMED', `Not an add-checkpoint request: ${reason}.`);
}
