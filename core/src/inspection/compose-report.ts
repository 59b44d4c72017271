import { LedgerError } from '../errors';
import type { AnchoredRecord } from '../provenance';
import { businessKey, type LedgerRecord } from '../records';
import type { ContentOf } from '../rulebook';
import { redrawn } from './draw';
import type { FolderCheck } from './folder-check';
import {
  INSPECTION_REPORT_SCHEMA,
  namedRecords,
  notClaimed,
  type InspectionReport,
  type ReportedFinding,
} from './report';

type Inspection = ContentOf<'inspection'>;

/** What a report of an inspection is made of: what was read of the plants, and what was compared. */
export interface ReportMaterial {
  readonly ledger: string;
  /** Who signs it, and when by its own clock (RFC 3339, whole seconds). */
  readonly party: string;
  readonly signedAt: string;
  readonly records: readonly AnchoredRecord[];
  readonly extent: { readonly plants: readonly string[]; readonly years: readonly string[] };
  /** Business key of the inspection. */
  readonly plan?: string | undefined;
  readonly check?: FolderCheck | undefined;
  /** Receipts of records, in their order. */
  readonly receipts: (ids: readonly string[]) => Promise<readonly unknown[]>;
}

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

function claimedAt(receipt: unknown): string {
  return (receipt as { submission: { signedAt: string } }).submission.signedAt;
}

function planOf({ records, plan }: ReportMaterial): AnchoredRecord | undefined {
  if (plan === undefined) return undefined;
  const versions = records.filter(({ record }) => businessKey(record) === plan);
  const found = versions.reduce<AnchoredRecord | undefined>(
    (newest, one) => (newest === undefined || one.record.version > newest.record.version ? one : newest),
    undefined,
  );
  if (found !== undefined) return found;
  throw new LedgerError('NOT_FOUND', `${plan} is not among what was read: make the pack for this plan`);
}

/** What a report says of its plan: the sample only where it was opened. */
function planPart(plan: AnchoredRecord | undefined): Pick<InspectionReport, 'plan' | 'sample'> {
  if (plan === undefined) return {};
  const { stage, basis } = plan.record.content as Inspection;
  const told = { key: businessKey(plan.record), record: plan.id, basis };
  return { plan: told, ...(stage === 'open' ? { sample: redrawn(plan, undefined) } : {}) };
}

function registrationOf({ records, party }: ReportMaterial): AnchoredRecord {
  const found = records.find(
    ({ record, status }) => record.type === 'party' && record.subject.uscc === party && status === 'current',
  );
  if (found !== undefined) return found;
  throw new LedgerError('PARTY_UNKNOWN', `${party} is not among what was read`);
}

/**
 * Plan, sample, what was looked at, findings, what is not claimed, with the receipts of all that it names: ready to be signed.
 * @throws LedgerError NOT_FOUND, PARTY_UNKNOWN, SAMPLE_DIFFERS
 */
export async function composeInspectionReport(material: ReportMaterial): Promise<InspectionReport> {
  const { ledger, party, signedAt, records, extent, check } = material;
  const current = records.filter(({ status }) => status === 'current');
  const findings = current.filter(({ record }) => isFindingOf(material.plan, record)).map(findingOf);
  const bare = {
    ...planPart(planOf(material)),
    ...{ plants: extent.plants, years: extent.years },
    ...(check === undefined ? {} : { check }),
  };
  const ids = [...new Set([registrationOf(material).id, ...namedRecords(bare), ...namedRecords(findings)])].sort();
  const receipts = await material.receipts(ids);
  const claimed = new Map(ids.map((id, index) => [id, claimedAt(receipts[index])]));
  return {
    ...{ schema: INSPECTION_REPORT_SCHEMA, ledger, party, signedAt, ...bare },
    findings: findings.map((one) => ({ ...one, claimedAt: claimed.get(one.record) ?? '' })),
    ...{ notClaimed, receipts },
  };
}
