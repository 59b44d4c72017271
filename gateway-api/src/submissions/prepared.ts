import {
  canonicalize,
  digestOf,
  formatRecordId,
  formatSubmissionId,
  leafHash,
  parseSubmission,
  type DigestedSubmission,
  type Figure,
  type SignedSubmission,
} from '@carbon-ledger/core';

/**
 * A submission with everything that is derived from it, once: canonical texts, leaf hashes, id. Requests, transaction
 * values and stored records are joined from these texts, so that nothing is encoded twice.
 */
export interface PreparedSubmission extends DigestedSubmission {
  /** Canonical JSON of the whole submission. */
  readonly text: string;
  /** Canonical JSON of each record. */
  readonly recordTexts: readonly string[];
  readonly recordIds: readonly string[];
  /** Canonical JSON of the private figures by record id. */
  readonly figureTexts: ReadonlyMap<string, string>;
}

export type FiguresOf = Readonly<Record<string, readonly Figure[]>>;

/** @throws LedgerError BAD_SUBMISSION, BAD_RECORD with every fault and its place */
export function prepareSubmission(value: unknown, figures: FiguresOf): PreparedSubmission {
  return derive(parseSubmission(value), figures);
}

function derive(submission: SignedSubmission, figures: FiguresOf): PreparedSubmission {
  const recordTexts = submission.records.map((record) => canonicalize(record));
  const leafHashes = recordTexts.map((text) => leafHash(Buffer.from(text)));
  const digest = digestOf(submission, leafHashes);
  const recordIds = leafHashes.map(formatRecordId);
  return {
    submission,
    leafHashes,
    digest,
    id: formatSubmissionId(digest),
    text: submissionText(submission, recordTexts),
    recordTexts,
    recordIds,
    figureTexts: figureTexts(recordIds, figures),
  };
}

/** Canonical JSON joined from its parts: members in the order of RFC 8785, every value but the records short. */
function submissionText(submission: SignedSubmission, recordTexts: readonly string[]): string {
  const { keyId, ledger, party, schema, signature, signedAt, suite } = submission;
  const head = canonicalize({ keyId, ledger, party }).slice(0, -1);
  const tail = canonicalize({ schema, signature, signedAt, suite }).slice(1);
  return `${head},"records":[${recordTexts.join(',')}],${tail}`;
}

function figureTexts(recordIds: readonly string[], figures: FiguresOf): Map<string, string> {
  const texts = new Map<string, string>();
  for (const id of recordIds) {
    const own = Object.hasOwn(figures, id) ? figures[id] : undefined;
    if (own !== undefined && own.length > 0) texts.set(id, canonicalize(own));
  }
  return texts;
}

/** Canonical JSON object from members that are canonical already. */
export function joinObject(members: ReadonlyMap<string, string>): string {
  const names = [...members.keys()].sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${members.get(name) ?? 'null'}`).join(',')}}`;
}

/** Value under which a transaction's submissions stand in the world state. */
export function transactionValue(submissions: readonly PreparedSubmission[]): string {
  return `{"submissions":[${submissions.map(({ text }) => text).join(',')}]}`;
}
