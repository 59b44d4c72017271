import { bucketOf, parseBusinessKey, parseSerialRange } from '../identifiers';
import { businessKey, correctedKey, partyContentSchema, recordTypes, type LedgerRecord } from '../records';
import { headEntry } from './citations';
import type { OverlayView } from './overlay';

async function markCorrected(record: LedgerRecord, view: OverlayView): Promise<void> {
  const corrected = correctedKey(record);
  if (corrected === undefined) return;
  const key = parseBusinessKey(corrected);
  const entry = headEntry(key, key.kind);
  const head = await view.head(bucketOf(key), entry);
  if (head) view.setHead(bucketOf(key), entry, { ...head, s: record.type === 'revocation' ? 'w' : 'o' });
}

function addSerials(record: LedgerRecord, view: OverlayView): void {
  const effect = recordTypes[record.type].serials?.(record.content);
  if (!effect) return;
  const range = parseSerialRange(effect.serialFrom, effect.serialTo);
  const span = { from: range.from.toString(), to: range.to.toString(), key: businessKey(record) };
  view.addSpan(effect.space, effect.project, range.block, span);
}

/** Lays the effects of an accepted record over the view. */
export async function applyRecord(record: LedgerRecord, id: string, view: OverlayView): Promise<void> {
  view.setHead(bucketOf(record.subject), headEntry(record.subject, record.kind), { r: id.slice(4), v: record.version });
  if (record.type === 'party') {
    view.setParty(record.subject.uscc, {
      record: id,
      version: record.version,
      content: partyContentSchema.parse(record.content),
    });
  }
  addSerials(record, view);
  await markCorrected(record, view);
}
