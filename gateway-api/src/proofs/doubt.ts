import { doubtsOf, isQuestioned, markWords, marksOf, reasonsOf, type Mark, type MarkFacts } from '@carbon-ledger/core';
import type { VerificationAnswer } from '@carbon-ledger/client-sdk';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { RecordReader } from '../projection/record-reader';

type Cause = NonNullable<VerificationAnswer['questioned']>;

/** What makes a record doubtful that stands, beside the state that a review led it to; undefined where nothing does. */
export type DoubtOf = (entry: AnchoredEntry) => Promise<Cause | undefined>;

export interface DoubtSources {
  readonly reader: Pick<RecordReader, 'head' | 'record'>;
  readonly marking: MarkFacts;
}

/** What a mark that casts a doubt is told by: the registration that reports the key, the finding, the input. */
function toldBy(entry: AnchoredEntry, { mark, by = '' }: Mark): string {
  return mark === 'key-compromised' ? `${entry.record.issuer}/-/-/party` : by;
}

function whyOf(mark: Mark, reasons: string): string {
  const { by = '', keyId = '', since = '' } = mark;
  if (mark.mark === 'under-finding') return `the finding ${by} is not closed: ${reasons}`;
  if (restsOnInput(mark)) return [`it ${markWords(mark).en}`, reasons].filter(Boolean).join(': ');
  return `it was signed with the key ${keyId}, which was in other hands since ${since}`;
}

/** The record that tells of a mark: of an input what ended it, or casts the doubt on it, where that is known. */
async function telling(sources: DoubtSources, entry: AnchoredEntry, mark: Mark): Promise<AnchoredEntry> {
  const { reader, marking } = sources;
  const head = await reader.head(toldBy(entry, mark));
  const told = (head && (await reader.record(head.record))) ?? entry;
  if (mark.mark === 'input-doubted' && !isQuestioned(told.record.kind, told.state)) {
    const own = await doubtingMark(told, marking);
    return own === undefined || own.mark === mark.mark ? told : telling(sources, told, own);
  }
  return restsOnInput(mark) ? ((await leadingTo(reader, told)) ?? told) : told;
}

/** What led a record where it is; of one that was explained, what it was asked to explain. */
export async function leadingTo(
  reader: Pick<RecordReader, 'record'>,
  { changedBy }: AnchoredEntry,
): Promise<AnchoredEntry | undefined> {
  const by = changedBy === undefined ? undefined : await reader.record(changedBy);
  const about = by?.record.type === 'explanation' ? by.record.cites.find(({ role }) => role === 'about') : undefined;
  return about === undefined ? by : ((await reader.record(about.record)) ?? by);
}

function restsOnInput({ mark }: Mark): boolean {
  return mark === 'input-withdrawn' || mark === 'input-doubted';
}

/** The first mark of a record that casts a doubt on it. */
async function doubtingMark(entry: AnchoredEntry, marking: MarkFacts): Promise<Mark | undefined> {
  const marks = await marksOf(entry, marking);
  const doubts = doubtsOf(entry, marks).map(({ why }) => why as string);
  return marks.find(({ mark }) => doubts.includes(mark));
}

/**
 * Anybody may have signed with a key that was in other hands: the word of whoever holds the key counts for nothing since then. What
 * an inspection found stands until it is closed, and what rests on something that was withdrawn says nothing until it is filed again, and no more than an input that is in
 * doubt.
 */
export function markedDoubt(sources: DoubtSources): DoubtOf {
  return async (entry) => {
    const found = await doubtingMark(entry, sources.marking);
    if (found === undefined) return undefined;
    const { id, record, anchoredAt } = await telling(sources, entry, found);
    return {
      record: id,
      type: record.type,
      party: record.issuer,
      at: anchoredAt,
      why: whyOf(found, reasonsOf(record.content)),
    };
  };
}
