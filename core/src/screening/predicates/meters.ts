import { Decimal, isDecimalText } from '../../decimal';
import { addressOf, type BookRecord } from '../book';
import { Lacking } from '../lacking';
import type { Predicate, PredicateHit, PredicateInput } from './predicate';

interface MeteredMonth {
  readonly evidence: BookRecord;
  readonly batches: readonly BookRecord[];
}

/** Batches of the month's meters, by the evidence of their unit: what several meters read belongs together. */
function monthsOf({ index, records }: PredicateInput): MeteredMonth[] {
  const months = new Map<string, { evidence: BookRecord; batches: BookRecord[] }>();
  for (const batch of records) {
    const evidence = index.related(batch, 'monthly-evidence');
    if (evidence === undefined) throw new Lacking('no monthly-evidence of the month');
    const month = months.get(evidence.key) ?? { evidence, batches: [] };
    month.batches.push(batch);
    months.set(evidence.key, month);
  }
  return [...months.values()];
}

/** @throws Lacking where it is not there, or not open to who screens */
function figureOf({ figures, type }: BookRecord, name: string): Decimal {
  const text = figures.get(name);
  if (text === undefined || !isDecimalText(text)) throw new Lacking(`no figure ${name} of ${type}`);
  return new Decimal(text);
}

/** What may lie between the two, in percent of what is stated; nothing where the rule says nothing of it. */
function isWithin(input: PredicateInput, evidence: BookRecord, [read, stated]: readonly [Decimal, Decimal]): boolean {
  const [name] = input.arguments('within');
  const share = name === undefined ? new Decimal(0) : input.limit(name, evidence);
  return read.minus(stated).abs().times(100).lte(stated.abs().times(share));
}

/** The month's figure against what its meters read together. @throws Lacking */
function meterHits(input: PredicateInput): PredicateHit[] {
  const name = input.argument('figure');
  return monthsOf(input).flatMap(({ evidence, batches }): PredicateHit[] => {
    const stated = figureOf(evidence, name);
    const read = batches.reduce((sum, batch) => sum.plus(figureOf(batch, 'sum')), new Decimal(0));
    if (isWithin(input, evidence, [read, stated])) return [];
    const touches = [addressOf(evidence.key, name), ...batches.map(({ key }) => addressOf(key, 'sum'))];
    const limit = `what its meters read: ${read.toFixed()}`;
    return [{ at: evidence.key, touches, got: stated.toFixed(), limit }];
  });
}

export const metered: Predicate = { takes: ['figure'], mayTake: ['within'], find: meterHits };
