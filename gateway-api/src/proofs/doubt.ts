import { doubtsOf, markWords, marksOf, reasonsOf, type Mark, type MarkFacts } from '@carbon-ledger/core';
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
  if (mark.mark === 'input-withdrawn') return [`it ${markWords(mark).en}`, reasons].filter(Boolean).join(': ');
  return `it was signed with the key ${keyId}, which was in other hands since ${since}`;
}

/** The record that tells of a mark: of an input what ended it, where that is known. */
async function telling({ reader }: DoubtSources, entry: AnchoredEntry, mark: Mark): Promise<AnchoredEntry> {
  const head = await reader.head(toldBy(entry, mark));
  const told = (head && (await reader.record(head.record))) ?? entry;
  if (mark.mark !== 'input-withdrawn' || told.changedBy === undefined) return told;
  return (await reader.record(told.changedBy)) ?? told;
}

/**
 * Anybody may have signed with a key that was in other hands: the word of whoever holds the key counts for nothing since then. What
 * an inspection found stands until it is closed, and what rests on something that was withdrawn says nothing until it is filed again.
 */
export function markedDoubt(sources: DoubtSources): DoubtOf {
  return async (entry) => {
    const marks = await marksOf(entry, sources.marking);
    const doubts = doubtsOf(entry, marks).map(({ why }) => why as string);
    const found = marks.find(({ mark }) => doubts.includes(mark));
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
