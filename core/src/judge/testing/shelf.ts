import { bucketOf } from '../../identifiers';
import type { CitationRule } from '../../rulebook';
import { recordOf, told, type RecordWords } from '../../rulebook/testing/bench';
import { businessKey, recordId, type Citation, type LedgerRecord, type RecordType } from '../../records';
import { emptyView, OverlayView, type Head } from '../../state';
import { judgeCitations, type JudgedCitations } from '../citations';
import { CitedRecords } from '../context';
import { headEntry } from '../heads';

/** Records that stand on a ledger, with what comes along of them in a transaction. */
export class Shelf {
  readonly view = new OverlayView(emptyView);
  readonly records: LedgerRecord[] = [];

  async put(type: RecordType, words: RecordWords = {}, head: Partial<Head> = {}): Promise<LedgerRecord> {
    const record = recordOf(type, words);
    await this.stand(record, head);
    this.records.push(record);
    return record;
  }

  async stand(record: LedgerRecord, head: Partial<Head>): Promise<void> {
    const own = { v: record.version, r: recordId(record).slice(4), ...head };
    await this.view.setHead(bucketOf(record.subject), headEntry(record.subject, record.kind), own);
  }

  judge(record: LedgerRecord, rules: readonly CitationRule[]): Promise<JudgedCitations> {
    return judgeCitations(record, rules, this.view, new CitedRecords({ records: this.records, figures: {} }));
  }

  async told(record: LedgerRecord, rules: readonly CitationRule[]): Promise<string[]> {
    return (await this.judge(record, rules)).faults.map(told);
  }
}

export const cite = (role: string, record: LedgerRecord): Citation => ({
  role,
  record: recordId(record),
  key: businessKey(record),
});
export const citing = (cites: readonly Citation[], words: RecordWords = {}): LedgerRecord => ({
  ...recordOf('annual-report', words),
  cites: [...cites],
});
export const rule = (change: Partial<CitationRule> = {}): CitationRule => ({
  role: 'plan',
  type: 'quality-control-plan',
  min: 1,
  max: 1,
  ...change,
});
