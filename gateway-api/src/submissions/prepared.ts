import {
  canonicalize,
  digestingSubmission,
  formatRecordId,
  parsingSubmission,
  runToEnd,
  submissionText,
  type DigestedSubmission,
  type Figure,
  type Steps,
} from '@carbon-ledger/core';

/**
 * A submission with everything that is derived from it, once: canonical texts, leaf hashes, id. Requests, transaction
 * values and stored records are joined from these texts, so that nothing is encoded twice.
 */
export interface PreparedSubmission extends DigestedSubmission {
  /** Characters of the records' canonical JSON. */
  readonly length: number;
  readonly recordIds: readonly string[];
  /** Canonical JSON of the private figures by record id. */
  readonly figureTexts: ReadonlyMap<string, string>;
}

export type FiguresOf = Readonly<Record<string, readonly Figure[]>>;

/** @throws LedgerError BAD_SUBMISSION, BAD_RECORD, TOO_LARGE with every fault and its place */
export function prepareSubmission(value: unknown, figures: FiguresOf): PreparedSubmission {
  return runToEnd(preparingSubmission(value, figures));
}

/** {@link prepareSubmission} in steps of a record each. */
export function* preparingSubmission(value: unknown, figures: FiguresOf): Steps<PreparedSubmission> {
  const digested = yield* digestingSubmission(yield* parsingSubmission(value));
  const recordIds = digested.leafHashes.map(formatRecordId);
  return {
    ...digested,
    length: digested.recordTexts.reduce((sum, text) => sum + text.length, 0),
    recordIds,
    figureTexts: yield* writingFigures(recordIds, figures),
  };
}

function* writingFigures(recordIds: readonly string[], figures: FiguresOf): Steps<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const id of recordIds) {
    const own = Object.hasOwn(figures, id) ? figures[id] : undefined;
    if (own === undefined || own.length === 0) continue;
    texts.set(id, canonicalize(own));
    yield;
  }
  return texts;
}

/** Canonical JSON object from members that are canonical already. */
export function joinObject(members: ReadonlyMap<string, string>): string {
  const names = [...members.keys()].sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${members.get(name) ?? 'null'}`).join(',')}}`;
}

/** The last member of a request, and the only one of the value under which a transaction's submissions stand in the world state. */
export function submissionsMember(submissions: readonly PreparedSubmission[]): string {
  return `"submissions":[${submissions.map(submissionText).join(',')}]}`;
}
