import { LedgerError, type Fault } from '../errors';
import type { AnchoredRecord } from '../provenance';
import { verifyReceipt } from '../receipt';
import { digestOfInspectionReport, namedRecords, parseInspectionReport } from './report';
import { assertStated } from './statement';

interface ReceiptCheck {
  readonly ids: ReadonlySet<string>;
  readonly faults: readonly Fault[];
  readonly isPending: boolean;
  readonly records: readonly AnchoredRecord['record'][];
}

function checkReceipts(receipts: readonly unknown[], policy: string): ReceiptCheck {
  const ids = new Set<string>();
  const faults: Fault[] = [];
  let isPending = false;
  for (const [index, receipt] of receipts.entries()) {
    const verdict = verifyReceipt({ receipt, policy });
    isPending ||= verdict.result === 'PENDING';
    if (verdict.result === 'FAIL')
      faults.push({
        path: `/body/receipts/${String(index)}`,
        code: 'BAD_FILE',
        message: `${verdict.code ?? ''} ${verdict.message ?? ''}`,
      });
    else if (verdict.record !== undefined) ids.add(verdict.record.id);
  }
  // They were read as receipts above, or are faults.
  const records = faults.length > 0 ? [] : receipts.map((one) => (one as { record: AnchoredRecord['record'] }).record);
  return { ids, faults, isPending, records };
}

export interface InspectionReportVerdict {
  readonly result: 'PASS' | 'PENDING';
  readonly party: string;
  readonly signedAt: string;
  /** Records that the report names, each proved by its receipt. */
  readonly records: number;
  readonly digest: string;
}

/**
 * Checks a report offline: who signed it, and that every record which it names was anchored.
 * @param policy text of the pinned policy
 * @throws LedgerError BAD_FILE with every fault, SIGNATURE_INVALID, KEY_NOT_VALID, PARTY_SUSPENDED, PARTY_ENDED
 */
export function verifyInspectionReport(value: unknown, policy: string): InspectionReportVerdict {
  const report = parseInspectionReport(value);
  const { body, keyId, signature } = report;
  const { receipts, ledger, party, signedAt, ...rest } = body;
  const { ids, faults, isPending, records } = checkReceipts(receipts, policy);
  const named = [...new Set(namedRecords(rest))];
  const unproved = named
    .filter((id) => !ids.has(id))
    .map((id): Fault => ({ path: id, code: 'BAD_FILE', message: 'the report names it and has no receipt of it' }));
  const all = [...faults, ...unproved];
  if (all.length > 0) throw new LedgerError('BAD_FILE', 'the report does not hold', { faults: all });
  assertStated({ kind: 'inspection-report', ledger, party, signedAt }, body, { keyId, signature }, records);
  const digest = digestOfInspectionReport(report);
  return { result: isPending ? 'PENDING' : 'PASS', party, signedAt, records: named.length, digest };
}
