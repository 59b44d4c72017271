import {
  isErrorCode,
  isLedgerError,
  LedgerError,
  packReceipt,
  partyContentSchema,
  type BuiltRecord,
  type Fault,
  type PartyFacts,
} from '@carbon-ledger/core';
import type { LedgerClient, SubmissionStatus } from '@carbon-ledger/client-sdk';
import type { Identity } from '../keys/session';

/** What checks need to know of the party that files: its registration as it stands. */
export async function partyFactsOf(client: LedgerClient, { party }: Identity): Promise<PartyFacts> {
  const { record } = await client.record(party.record);
  const { kind, region, qualifications } = partyContentSchema.parse(record.content);
  return { uscc: party.uscc, kind, region, qualifications };
}

/**
 * Signs records with the key that is open and has them anchored, all of them or none.
 * @returns how the submission ended, with the receipts where the log has been signed since
 * @throws LedgerError with every fault where the ledger refuses
 */
export async function submitRecords(client: LedgerClient, records: readonly BuiltRecord[]): Promise<SubmissionStatus> {
  const figures = Object.fromEntries(
    records.filter((one) => one.figures.length > 0).map((one) => [one.id, one.figures]),
  );
  const status = await client.anchor({ records: records.map(({ record }) => record), figures }, 'proven');
  if (status.refusal === undefined) return status;
  const { code, message } = status.refusal;
  throw new LedgerError(isErrorCode(code) ? code : 'INTERNAL', message);
}

/** Faults of a refusal; their places are the record's own where the submission holds one record only. */
export function faultsOfRefusal(error: unknown): readonly Fault[] {
  if (!isLedgerError(error)) return [];
  return error.faults.map((fault) => ({ ...fault, path: fault.path.replace(/^.*\/records\/\d+(?=\/|$)/, '') }));
}

/** Receipts as files: one for each record that has one by now. */
export function receiptFiles(status: SubmissionStatus): { readonly key: string; readonly bytes: Uint8Array }[] {
  return (status.receipts ?? []).map((receipt, at) => ({
    key: status.records[at]?.key ?? 'record',
    bytes: packReceipt(receipt),
  }));
}
