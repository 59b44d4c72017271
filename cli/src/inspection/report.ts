import {
  canonicalize,
  digestBytes,
  LedgerError,
  signStatement,
  utf8Encode,
  verifyReceipt,
  verifyStatement,
  type AnchoredRecord,
  type ContentOf,
  type Fault,
  type PartyContent,
  type Signer,
} from '@carbon-ledger/core';
import { z } from 'zod';
import { inShape } from '../files/shape';
import type { FolderCheck } from './check';
import type { DrawnSample } from './sample';

/** What a report of an inspection does not say, in two languages: it stands in every report. */
export const notClaimed = [
  {
    id: 'truth',
    en: 'That what was anchored was true when it was anchored: the ledger shows no change since, not truth before.',
    zh: '不证明数据在存证之前真实：账本只能证明存证之后未被更改。',
  },
  {
    id: 'absence',
    en: 'That a file which was never anchored is false, or that one which is missing here does not exist elsewhere.',
    zh: '不认定未存证的文件为虚假，也不认定此处缺失的文件在别处不存在。',
  },
  {
    id: 'whole-file',
    en: 'Where a file was compared as a whole only, where in it the change is, and what it costs.',
    zh: '仅作整体比对的文件，不说明变更位置及其影响。',
  },
  {
    id: 'clock',
    en: 'When a finding was made on the spot: that time is the inspector’s own claim; the time of anchoring is the ledger’s.',
    zh: '现场发现的时间为检查人员自述；存证时间以账本为准。',
  },
] as const;

/** A finding with its two times: claimed by who signed it, and anchored. */
export interface ReportedFinding {
  readonly key: string;
  readonly record: string;
  readonly clause: string;
  readonly seen: string;
  readonly figures: ContentOf<'finding'>['figures'];
  readonly documents: ContentOf<'finding'>['documents'];
  /** `anchored.1`, `found.1`, `atStake_tCO2` as far as they are open. */
  readonly values: Readonly<Record<string, string>>;
  readonly claimedAt?: string;
  readonly anchoredAt?: string;
}

export interface ReportBody {
  readonly schema: 'carbon-ledger/inspection-report/v1';
  readonly ledger: string;
  readonly party: string;
  readonly signedAt: string;
  readonly plan?: { readonly key: string; readonly record: string; readonly basis: string };
  readonly sample?: DrawnSample;
  readonly plants: readonly string[];
  readonly years: readonly string[];
  readonly check?: FolderCheck;
  readonly findings: readonly ReportedFinding[];
  readonly notClaimed: typeof notClaimed;
  /** Receipts of every record that the report names. */
  readonly receipts: readonly unknown[];
}

const reportSchema = z.strictObject({
  body: z.looseObject({
    schema: z.literal('carbon-ledger/inspection-report/v1'),
    ledger: z.string(),
    party: z.string(),
    signedAt: z.string(),
    receipts: z.array(z.unknown()),
  }),
  keyId: z.string(),
  signature: z.string(),
});

/** The signer's registration travels among the receipts, so that the report needs nothing else. */
export async function signedReport(body: ReportBody, signer: Signer): Promise<string> {
  const { ledger, party, signedAt } = body;
  const head = { kind: 'inspection-report', ledger, party, signedAt } as const;
  const { keyId, signature } = await signStatement(head, body, signer);
  return canonicalize({ body, keyId, signature });
}

export function digestOfReport(text: string): string {
  return digestBytes(utf8Encode(text)).sha256;
}

/** Every record id that stands in a report. */
function namedRecords(value: unknown): string[] {
  if (typeof value === 'string') return /^rec:[0-9a-f]{64}$/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(namedRecords);
}

interface ReceiptCheck {
  readonly ids: ReadonlySet<string>;
  readonly faults: readonly Fault[];
  readonly pending: boolean;
  readonly records: readonly AnchoredRecord['record'][];
}

function checkReceipts(receipts: readonly unknown[], policy: string): ReceiptCheck {
  const ids = new Set<string>();
  const faults: Fault[] = [];
  let pending = false;
  for (const [index, receipt] of receipts.entries()) {
    const { result, code, message, record } = verifyReceipt({ receipt, policy });
    pending ||= result === 'PENDING';
    if (result === 'FAIL')
      faults.push({
        path: `/body/receipts/${String(index)}`,
        code: 'BAD_FILE',
        message: `${code ?? ''} ${message ?? ''}`,
      });
    else if (record !== undefined) ids.add(record.id);
  }
  const records = receipts.map((receipt) => (receipt as { record: AnchoredRecord['record'] }).record);
  return { ids, faults, pending, records };
}

export interface ReportVerdict {
  readonly result: 'PASS' | 'PENDING';
  readonly party: string;
  readonly signedAt: string;
  readonly records: number;
  readonly digest: string;
}

/**
 * Checks a report offline: who signed it, and that every record which it names was anchored.
 * @throws LedgerError BAD_FILE with every fault, SIGNATURE_INVALID
 */
export function verifyReport(value: unknown, policy: string): ReportVerdict {
  const report = inShape(reportSchema, value, 'it is no report of an inspection');
  const { body, keyId, signature } = report;
  const { receipts, ledger, party, signedAt, ...rest } = body;
  const { ids, faults, pending, records } = checkReceipts(receipts, policy);
  const named = [...new Set(namedRecords(rest))];
  const unproved = named
    .filter((id) => !ids.has(id))
    .map((id): Fault => ({ path: id, code: 'BAD_FILE', message: 'the report names it and has no receipt of it' }));
  const all = [...faults, ...unproved];
  if (all.length > 0) throw new LedgerError('BAD_FILE', 'the report does not hold', { faults: all });
  const registered = records.find(({ type, subject }) => type === 'party' && subject.uscc === party);
  const key = (registered?.content as PartyContent | undefined)?.keys.find(({ id }) => id === keyId);
  if (key === undefined) throw new LedgerError('SIGNATURE_INVALID', `${keyId} is no key of ${party}`);
  verifyStatement({ kind: 'inspection-report', ledger, party, signedAt }, body, signature, key);
  const digest = digestOfReport(canonicalize(report));
  return { result: pending ? 'PENDING' : 'PASS', party, signedAt, records: named.length, digest };
}
