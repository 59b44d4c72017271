import { businessKey, LedgerError, parseCanonical, type DigestedSubmission } from '@carbon-ledger/core';
import { asBuffer, hex, sha256 } from '../blocks/bytes';
import type { Counts } from '../finding';
import type { AnchoringFacts } from './job';

const LIMITS = { maxBytes: 128 * 1024 * 1024 };

/** Private figures by record id. */
export type FiguresById = Readonly<Record<string, unknown>>;

/** What a transaction's value holds; it must be in canonical form, so nothing else can stand in it. */
export function membersOf(
  value: Uint8Array,
  others: readonly 'earlier'[] = [],
): { readonly submissions: readonly unknown[]; readonly earlier?: unknown } {
  const { submissions, ...rest } = parseCanonical(value, LIMITS) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(submissions) || Object.keys(rest).join() !== others.join())
    throw new LedgerError('BAD_SUBMISSION', 'it holds something else than submissions');
  return { submissions, ...rest };
}

export function countsOf(digested: readonly DigestedSubmission[], figures: FiguresById | undefined): Partial<Counts> {
  const records = digested.flatMap(({ submission }) => submission.records);
  const bare = records.filter(({ figuresRoot }) => figuresRoot !== null && figures === undefined);
  const counted = Object.values(figures ?? {}).reduce<number>((sum, own) => sum + (own as unknown[]).length, 0);
  const counts = { submissions: digested.length, records: records.length, recordsWithoutFigures: bare.length };
  return { ...counts, figures: counted };
}

/** Whether figures of every record of a transaction and of every one that it cites are at hand. */
export function hasAllFigures({ privateHash, privateValue, records, figures }: AnchoringFacts): boolean {
  const cited = records.map((text) => JSON.parse(asBuffer(text).toString('utf8')) as { figuresRoot: string | null });
  const withRoots = cited.filter(({ figuresRoot }) => figuresRoot !== null).length;
  const isOwnAtHand =
    privateHash === undefined || (privateValue !== undefined && sha256(privateValue).equals(privateHash));
  return isOwnAtHand && new Set(figures.map(([id]) => id)).size >= withRoots;
}

/** Ids and business keys of the records of these submissions. */
export function ownNames(digested: readonly DigestedSubmission[]): Set<unknown> {
  const ids = digested.flatMap(({ leafHashes }) => leafHashes.map((hash) => `rec:${hex(hash)}`));
  const keys = digested.flatMap(({ submission }) => submission.records.map(businessKey));
  return new Set([...ids, ...keys]);
}
