import {
  businessKey,
  INSPECTION_REPORT_SCHEMA,
  LedgerError,
  namedRecords,
  notClaimed,
  signInspectionReport,
  type AnchoredRecord,
  type ContentOf,
  type FolderCheck,
  type InspectionReport,
  type LedgerRecord,
  type ReportedFinding,
  type SignedInspectionReport,
} from '@carbon-ledger/core';
import type { Context } from '../context';
import { trialKeys } from '../keys/party-keys';
import { redrawn } from './sample';
import type { InspectionSource } from './source';

export interface ReportOptions {
  readonly plan?: string;
  readonly check?: FolderCheck;
  readonly trialKeys: boolean;
}

type Inspection = ContentOf<'inspection'>;

function findingOf({ id, record, figures = [], anchoredAt }: AnchoredRecord): Omit<ReportedFinding, 'claimedAt'> {
  const content = record.content as ContentOf<'finding'>;
  const { clause, seen } = content;
  return {
    ...{ key: businessKey(record), record: id, clause, seen, anchoredAt },
    ...{ figures: content.figures, documents: content.documents },
    values: Object.fromEntries(figures.map(({ name, value }) => [name, value])),
  };
}

function isFindingOf(plan: string | undefined, { type, cites }: LedgerRecord): boolean {
  if (type !== 'finding') return false;
  return plan === undefined || cites.some(({ role, key }) => role === 'inspection' && key === plan);
}

/** Receipts of records, from the pack or the service; the time that the signer claimed is in each. */
async function receiptsFor({ pack, service }: InspectionSource, ids: readonly string[]): Promise<unknown[]> {
  if (pack === undefined) return service === undefined ? [] : service.receipts(ids);
  return ids.map((id) => {
    const receipt = pack.receipts.get(id);
    if (receipt === undefined) throw new LedgerError('NOT_FOUND', `the pack has no receipt of ${id}`);
    return receipt;
  });
}

function claimedAt(receipt: unknown): string {
  return (receipt as { submission: { signedAt: string } }).submission.signedAt;
}

function planOf(source: InspectionSource, key: string | undefined): AnchoredRecord | undefined {
  if (key === undefined) return undefined;
  const versions = source.records.filter(({ record }) => businessKey(record) === key);
  const found = versions.reduce<AnchoredRecord | undefined>(
    (newest, one) => (newest === undefined || one.record.version > newest.record.version ? one : newest),
    undefined,
  );
  if (found !== undefined) return found;
  throw new LedgerError('NOT_FOUND', `${key} is not among what was read: make the pack for this plan`);
}

/** What a report says of its plan: the sample only where it was opened. */
function planPart(plan: AnchoredRecord | undefined): Pick<InspectionReport, 'plan' | 'sample'> {
  if (plan === undefined) return {};
  const { stage, basis } = plan.record.content as Inspection;
  const told = { key: businessKey(plan.record), record: plan.id, basis };
  return { plan: told, ...(stage === 'open' ? { sample: redrawn(plan, undefined) } : {}) };
}

function registrationOf({ records }: InspectionSource, party: string): AnchoredRecord {
  const found = records.find(
    ({ record, status }) => record.type === 'party' && record.subject.uscc === party && status === 'current',
  );
  if (found !== undefined) return found;
  throw new LedgerError('PARTY_UNKNOWN', `${party} is not among what was read`);
}

async function ledgerOf({ pack, service }: InspectionSource): Promise<string> {
  return pack?.manifest.ledger ?? (await service?.ledger())?.ledger ?? '';
}

/** Plan, sample, what was looked at, findings, what is not claimed; signed, with the receipts of all that it names. */
export async function makeReport(
  context: Context,
  source: InspectionSource,
  options: ReportOptions,
): Promise<SignedInspectionReport> {
  const party = context.requireParty();
  const found = source.records.filter(
    ({ record, status }) => status === 'current' && isFindingOf(options.plan, record),
  );
  const findings = found.map(findingOf);
  const bare = {
    ...planPart(planOf(source, options.plan)),
    ...{ plants: source.extent.plants, years: source.extent.years },
    ...(options.check === undefined ? {} : { check: options.check }),
  };
  const ids = [...new Set([registrationOf(source, party).id, ...namedRecords(bare), ...namedRecords(findings)])].sort();
  const receipts = await receiptsFor(source, ids);
  const claimed = new Map(ids.map((id, index) => [id, claimedAt(receipts[index])]));
  const keys = options.trialKeys ? trialKeys : context.partyKeys();
  const ledger = await ledgerOf(source);
  const body: InspectionReport = {
    ...{ schema: INSPECTION_REPORT_SCHEMA, ledger, party, signedAt: context.now(), ...bare },
    findings: findings.map((one) => ({ ...one, claimedAt: claimed.get(one.record) ?? '' })),
    ...{ notClaimed, receipts },
  };
  return signInspectionReport(body, await keys.signerOf(party));
}
