import { utf8Decode } from '@carbon-ledger/core/bytes';
import { isLedgerError } from '@carbon-ledger/core/errors';
import { parseCheckpoint, parseNote, parseTlogProof } from '@carbon-ledger/core/log';
import { isPdf, receiptsInCertificate } from '@carbon-ledger/core/pdf';
import { isTlogProof, parseReceipt } from '@carbon-ledger/core/receipt';
import { readBytes } from '../files/read-file';

/** The signed checkpoint that a file holds: a receipt, a tlog-proof, or the note itself. */
export interface CheckpointFile {
  readonly note: string;
  /** The three lines that are signed, timestamped and posted. */
  readonly text: string;
  readonly origin: string;
  readonly size: bigint;
}

/** @throws LedgerError FILE_UNREADABLE, CHECKPOINT_MALFORMED for what holds none */
export async function readCheckpointFile(file: string): Promise<CheckpointFile> {
  const note = noteIn(await readBytes(file));
  const { text } = parseNote(note);
  const { origin, size } = parseCheckpoint(text);
  return { note, text, origin, size };
}

function noteIn(bytes: Uint8Array): string {
  // All receipts of a certificate stand under one checkpoint.
  if (isPdf(bytes)) return noteIn(receiptsInCertificate(bytes)[0]?.bytes ?? bytes);
  if (isTlogProof(bytes)) return parseTlogProof(utf8Decode(bytes)).checkpoint;
  try {
    return parseReceipt(bytes).checkpoint;
  } catch (error) {
    // Whatever is no receipt may be a note, which says itself what is wrong with it.
    if (!isLedgerError(error)) throw error;
    return new TextDecoder().decode(bytes);
  }
}
