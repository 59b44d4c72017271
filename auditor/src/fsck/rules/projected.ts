import {
  canonicalize,
  formatRecordId,
  type DigestedSubmission,
  type EarlierMark,
  type Figure,
} from '@carbon-ledger/core';
import {
  type BatchOperation,
  earlierAnchor,
  type EarlierAnchor,
  figureWrites,
  keys,
  placeText,
  recordWrites,
} from '../../stored';
import type { EntryDigest } from '../stores/entry-digest';

/** Tables that change when later records come; they are held to the replay, not to sums. */
const CHANGING = new Set(['h', 'x', 'p']);

/** A transaction as the projection places it. */
export interface ProjectedPlace {
  readonly txId: string;
  readonly block: number;
  /** RFC 3339 in whole seconds. */
  readonly time: string;
  /** Log index of its first record. */
  readonly first: number;
}

function submissionEntry(
  { id, submission }: DigestedSubmission,
  place: ProjectedPlace,
  first: number,
  earlier: EarlierAnchor | undefined,
): string {
  const { party, keyId, suite, signedAt, signature, records } = submission;
  return JSON.stringify({
    id,
    party,
    keyId,
    suite,
    signedAt,
    signature,
    txId: place.txId,
    blockNumber: String(place.block),
    anchoredAt: place.time,
    first,
    count: records.length,
    ...(earlier === undefined ? {} : { earlier }),
  });
}

function operationsOf(
  digested: DigestedSubmission,
  index: number,
  place: ProjectedPlace,
  logIndex: number,
  earlier: EarlierAnchor | undefined,
): BatchOperation[] {
  const record = digested.submission.records[index];
  if (record === undefined) return [];
  const id = formatRecordId(digested.leafHashes[index] ?? new Uint8Array(0));
  const { txId, block, time } = place;
  const stored = { i: logIndex, t: txId, b: String(block), a: time, s: digested.id, p: index };
  return recordWrites(
    id,
    record,
    digested.recordTexts[index] ?? '',
    earlier === undefined ? stored : { ...stored, e: earlier },
  );
}

/** What a transaction anchored. */
export interface Projected {
  readonly submissions: readonly DigestedSubmission[];
  /** By record id. */
  readonly figures: Readonly<Record<string, unknown>>;
  /** Where each submission was anchored first; empty for what was anchored here first. */
  readonly marks: readonly EarlierMark[];
}

/** Adds everything that the projection must hold for ever of one transaction. */
export function addProjected(
  digest: EntryDigest,
  { submissions, figures, marks }: Projected,
  place: ProjectedPlace,
): void {
  let next = place.first;
  for (const [at, digested] of submissions.entries()) {
    const mark = marks[at];
    const earlier = mark && earlierAnchor(digested.submission.ledger, mark);
    digest.add(keys.submission(digested.id), submissionEntry(digested, place, next, earlier));
    for (const [index, leaf] of digested.leafHashes.entries()) {
      const id = formatRecordId(leaf);
      const own = figures[id] as readonly Figure[] | undefined;
      const operations = [
        ...operationsOf(digested, index, place, next, earlier),
        ...figureWrites(id, own === undefined || own.length === 0 ? undefined : canonicalize(own)),
      ];
      const distinct = new Map(operations.map(({ key, value }) => [key, value]));
      for (const [key, value] of distinct) if (!CHANGING.has(key.slice(0, 1))) digest.add(key, value);
      next += 1;
    }
  }
  const records = submissions.flatMap(({ submission }) => submission.records);
  if (records.some(({ figuresRoot }) => figuresRoot !== null))
    digest.add(keys.transaction(place.txId), placeText(place.first, records.length));
}
