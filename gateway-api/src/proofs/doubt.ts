import { doubtsOf, marksOf, type Mark, type MarkFacts } from '@carbon-ledger/core';
import type { VerificationAnswer } from '@carbon-ledger/client-sdk';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { RecordReader } from '../projection/record-reader';
import { reasonsOf } from './reasons';

type Cause = NonNullable<VerificationAnswer['questioned']>;

/** What makes a record doubtful that stands, beside the state that a review led it to; undefined where nothing does. */
export type DoubtOf = (entry: AnchoredEntry) => Promise<Cause | undefined>;

export interface DoubtSources {
  readonly reader: Pick<RecordReader, 'head' | 'record'>;
  readonly marking: MarkFacts;
}

/** What a mark that casts a doubt is told by: the registration that reports the key, or the finding. */
function toldBy(entry: AnchoredEntry, { mark, by = '' }: Mark): string {
  return mark === 'under-finding' ? by : `${entry.record.issuer}/-/-/party`;
}

function whyOf({ mark, by = '', keyId = '', since = '' }: Mark, reasons: string): string {
  if (mark === 'under-finding') return `the finding ${by} is not closed: ${reasons}`;
  return `it was signed with the key ${keyId}, which was in other hands since ${since}`;
}

/**
 * Anybody may have signed with a key that was in other hands: the word of whoever holds the key counts for nothing since then. What
 * an inspection found stands until it is closed.
 */
export function markedDoubt({ reader, marking }: DoubtSources): DoubtOf {
  return async (entry) => {
    const marks = await marksOf(entry, marking);
    const doubts = doubtsOf(entry, marks).map(({ why }) => why as string);
    const found = marks.find(({ mark }) => doubts.includes(mark));
    if (found === undefined) return undefined;
    const head = await reader.head(toldBy(entry, found));
    const told = head && (await reader.record(head.record));
    if (told === undefined) return undefined;
    const { id, record, anchoredAt } = told;
    const why = whyOf(found, reasonsOf(record.content));
    return { record: id, type: record.type, party: record.issuer, at: anchoredAt, why };
  };
}
