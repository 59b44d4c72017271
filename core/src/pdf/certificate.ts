import { LedgerError } from '../errors';
import { isPacked, unpackProof } from '../packing';
import { MAX_RECEIPT_BYTES, RECEIPT_SCHEMA } from '../receipt/receipt';
import { attachmentsOf, type PdfAttachment } from './attachments';
import { isPdf } from './file';

/** Stands among the keywords of every certificate, in the open: by it a certificate is told from any other PDF. */
export const CERTIFICATE_SCHEMA = 'carbon-ledger/certificate/v1';

/** Longest certificate that is read: 500 receipts with their list. */
export const MAX_CERTIFICATE_BYTES = 16 * 1024 * 1024;
const MOST_ATTACHMENTS = 520;
const MOST_CONTENT = 48 * 1024 * 1024;
const KEYWORD = Array.from(CERTIFICATE_SCHEMA, (character) => character.charCodeAt(0));

/** Whether a file is a PDF that says to be a certificate. Any other PDF is a file like all others. */
export function isCertificate(bytes: Uint8Array): boolean {
  if (!isPdf(bytes) || bytes.length > MAX_CERTIFICATE_BYTES) return false;
  for (let at = bytes.indexOf(KEYWORD[0] ?? 0); at >= 0; at = bytes.indexOf(KEYWORD[0] ?? 0, at + 1))
    if (KEYWORD.every((byte, further) => bytes[at + further] === byte)) return true;
  return false;
}

/**
 * The receipts that a certificate carries. What stands on its pages is not read: the receipts alone prove, each by itself.
 * @throws LedgerError CERTIFICATE_MALFORMED where it carries none, or cannot be read; PROOF_OVERSIZED, PROOF_MALFORMED
 */
export function receiptsInCertificate(bytes: Uint8Array): PdfAttachment[] {
  const limits = { file: MAX_CERTIFICATE_BYTES, count: MOST_ATTACHMENTS, content: MOST_CONTENT };
  const attachments = attachmentsOf(bytes, limits);
  const receipts = attachments.filter((attachment) => saysReceipt(attachment.bytes));
  if (receipts.length > 0) return receipts;
  const told =
    attachments.length === 0
      ? 'no file is attached to it'
      : `what is attached to it is no receipt (${attachments
          .slice(0, 5)
          .map(({ name }) => JSON.stringify(name))
          .join(', ')})`;
  throw new LedgerError('CERTIFICATE_MALFORMED', `The PDF carries no receipt: ${told}.`);
}

function saysReceipt(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder().decode(isPacked(bytes) ? unpackProof(bytes, MAX_RECEIPT_BYTES) : bytes);
    return text.includes(`"schema":"${RECEIPT_SCHEMA}"`);
  } catch {
    // What begins as our own packing is meant as a receipt: it is to be told as damaged.
    return isPacked(bytes);
  }
}
