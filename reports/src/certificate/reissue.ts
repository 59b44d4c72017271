import { attachmentsOf, LedgerError, MAX_CERTIFICATE_BYTES, receiptsInCertificate } from '@carbon-ledger/core';
import { makeCertificate } from './certificate';
import { parseStatement, STATEMENT_NAME } from './statement';

/**
 * Whether the pages of a certificate are those that this version makes of what is attached to it, byte by byte. False for a
 * certificate of another version too: then what its pages say is for nobody to rely on, and its receipts alone count.
 * @throws LedgerError as {@link receiptsInCertificate}
 */
export async function isAsIssued(certificate: Uint8Array): Promise<boolean> {
  const receipts = receiptsInCertificate(certificate).map(({ bytes }) => bytes);
  try {
    const statement = parseStatement(statementIn(certificate));
    return Buffer.from(certificate).equals(await makeCertificate({ receipts, statement }));
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

function statementIn(certificate: Uint8Array): Uint8Array {
  const limits = { file: MAX_CERTIFICATE_BYTES, count: 600, content: 3 * MAX_CERTIFICATE_BYTES };
  const found = attachmentsOf(certificate, limits).find(({ name }) => name === STATEMENT_NAME);
  return found?.bytes ?? new Uint8Array();
}
