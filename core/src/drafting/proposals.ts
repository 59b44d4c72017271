import { formatBusinessKey, parseBusinessKey, type BusinessKey, type Subject } from '../identifiers';
import { formFieldsOf, isRecordType, numberOf, type RecordTypeSpec, type Rulebook } from '../rulebook';
import type { ActedOn } from './acting';
import type { DraftSource } from './source';

/** Lists of which nothing is said have nothing in them: an acceptance has no reasons. */
export function emptyLists(content: RecordTypeSpec['content']): Record<string, unknown> {
  const lists = formFieldsOf(content).filter(({ kind, isOptional }) => kind === 'list' && !isOptional);
  return Object.fromEntries(lists.map(({ name }) => [name, []]));
}

/**
 * Numbers that are proposed for records of one kind and period, before a filer must say one itself: the first ones, and those
 * that no enterprise can use up for its authorities (`screening-result`).
 */
const proposed = [1, 1000].flatMap((first) => Array.from({ length: 200 }, (_, at) => first + at));

/** The number of what is about the same subject. A finding is one of many of its inspection, which is about no plant: it counts for itself. */
function answeredNumber({ kind, uscc, unit }: BusinessKey, subject: Subject): string | undefined {
  return uscc === subject.uscc && unit === subject.unit ? numberOf(kind) : undefined;
}

/**
 * The kind of a record that carries a number: that of what it acts on, where this has one (a decision on `objection.2`),
 * else the first that is free.
 */
export async function numbered(
  kind: string,
  { subject, on }: { readonly subject: Subject; readonly on: ActedOn | undefined },
  { types }: Rulebook,
  source: DraftSource,
): Promise<string> {
  if (!isRecordType(kind) || types[kind].number !== true) return kind;
  const its = on && answeredNumber(parseBusinessKey(on.current.key), subject);
  if (its !== undefined) return `${kind}.${its}`;
  for (const number of proposed) {
    const free = `${kind}.${String(number)}`;
    if ((await source.head(formatBusinessKey(subject, free))) === undefined) return free;
  }
  return kind;
}

/** `verified2023_tCO2`: what was verified of a year. */
const verifiedOf = /^verified([0-9]{4})_tCO2$/;

/** What a conclusion that stands says was verified. */
async function verifiedIn(subject: Subject, source: DraftSource): Promise<string | undefined> {
  const head = await source.head(formatBusinessKey(subject, 'verification-conclusion'));
  const conclusion = head?.state === 'CURRENT' ? await source.built(head.record) : undefined;
  return conclusion?.record.totals['verifiedEmission_tCO2']?.value;
}

/** Stated figures that the ledger knows: what was verified of an earlier year, where its conclusion stands. */
export async function knownFigures(
  { uscc, unit }: Subject,
  asked: readonly { readonly name: string; readonly isStated: boolean }[],
  given: Readonly<Record<string, string>>,
  source: DraftSource,
): Promise<Record<string, string>> {
  const known: Record<string, string> = {};
  for (const { name } of asked.filter((one) => one.isStated && !Object.hasOwn(given, one.name))) {
    const period = verifiedOf.exec(name)?.[1];
    const verified = period === undefined ? undefined : await verifiedIn({ uscc, unit, period }, source);
    if (verified !== undefined) known[name] = verified;
  }
  return known;
}
