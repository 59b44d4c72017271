import { marksOf, type MarkFacts } from '@carbon-ledger/core';
import type { VerificationAnswer } from '@carbon-ledger/client-sdk';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { RecordReader } from '../projection/record-reader';

type Cause = NonNullable<VerificationAnswer['questioned']>;

/** What makes a record doubtful that stands; undefined where nothing does. */
export type DoubtOf = (entry: AnchoredEntry) => Promise<Cause | undefined>;

export interface DoubtSources {
  readonly reader: Pick<RecordReader, 'head' | 'record'>;
  readonly marking: MarkFacts;
}

/** Anybody may have signed with a key that was in other hands: the word of whoever holds the key counts for nothing since then. */
export function keyDoubt({ reader, marking }: DoubtSources): DoubtOf {
  return async (entry) => {
    const marks = await marksOf(entry, marking);
    const found = marks.find(({ mark }) => mark === 'key-compromised');
    if (found === undefined) return undefined;
    const head = await reader.head(`${entry.record.issuer}/-/-/party`);
    const registration = head && (await reader.record(head.record));
    if (registration === undefined) return undefined;
    const { id, record, anchoredAt } = registration;
    const why = `it was signed with the key ${found.keyId ?? ''}, which was in other hands since ${found.since ?? ''}`;
    return { record: id, type: record.type, party: record.issuer, at: anchoredAt, why };
  };
}
