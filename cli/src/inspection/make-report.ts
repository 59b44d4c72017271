import {
  composeInspectionReport,
  LedgerError,
  signInspectionReport,
  type FolderCheck,
  type SignedInspectionReport,
} from '@carbon-ledger/core';
import type { Context } from '../context';
import { trialKeys } from '../keys/party-keys';
import type { InspectionSource } from './source';

export interface ReportOptions {
  readonly plan?: string;
  readonly check?: FolderCheck;
  readonly trialKeys: boolean;
}

/** Receipts of records, from the pack or the service; the time that the signer claimed is in each. */
async function receiptsFor({ pack, service }: InspectionSource, ids: readonly string[]): Promise<readonly unknown[]> {
  if (pack === undefined) return service === undefined ? [] : service.receipts(ids);
  return ids.map((id) => {
    const receipt = pack.receipts.get(id);
    if (receipt === undefined) throw new LedgerError('NOT_FOUND', `the pack has no receipt of ${id}`);
    return receipt;
  });
}

async function ledgerOf({ pack, service }: InspectionSource): Promise<string> {
  return pack?.manifest.ledger ?? (await service?.ledger())?.ledger ?? '';
}

/** The report of what was read, signed by the party of `--as`. */
export async function makeReport(
  context: Context,
  source: InspectionSource,
  { plan, check, trialKeys: withTrialKeys }: ReportOptions,
): Promise<SignedInspectionReport> {
  const party = context.requireParty();
  const body = await composeInspectionReport({
    ...{ party, plan, check, records: source.records, extent: source.extent },
    ledger: await ledgerOf(source),
    signedAt: context.now(),
    receipts: (ids) => receiptsFor(source, ids),
  });
  const keys = withTrialKeys ? trialKeys : context.partyKeys();
  return signInspectionReport(body, await keys.signerOf(party));
}
