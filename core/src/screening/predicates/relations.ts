import { addressesOf, readInput } from '../read';
import { Lacking } from '../lacking';
import { inputOf } from '../env';
import type { BookRecord } from '../book';
import type { Input } from '../notation';
import { Decimal } from '../../decimal';
import type { Predicate, PredicateHit, PredicateInput } from './predicate';

type RecordInput = Exclude<Input, { from: 'series' }>;

/** A value as text, or undefined where there is none. */
function valueAt({ index, traits }: PredicateInput, record: BookRecord, name: string): string | undefined {
  const input = inputOf(name);
  if (input.from === 'series') return undefined;
  try {
    const { value } = readInput({ index, traits, record }, input satisfies RecordInput);
    return value instanceof Decimal ? value.toFixed() : String(value);
  } catch (error) {
    if (error instanceof Lacking) return undefined;
    throw error;
  }
}

function addresses(input: PredicateInput, record: BookRecord, names: readonly string[]): string[] {
  const place = { index: input.index, traits: input.traits, record };
  const found = [...names.map(inputOf), ...input.check.touches].flatMap((one) => addressesOf(place, one));
  return found.length === 0 ? [`${record.key}#record`] : [...new Set(found)];
}

/** @throws Lacking where one of the values is not there */
function everyValue(input: PredicateInput, record: BookRecord, names: readonly string[]): string[] {
  return names.map((name) => {
    const value = valueAt(input, record, name);
    if (value === undefined) throw new Lacking(`no ${name}`);
    return value;
  });
}

function relation(isBroken: (values: readonly string[]) => boolean, limit: string): Predicate {
  const find = (input: PredicateInput): PredicateHit[] =>
    input.records.flatMap((record) => {
      const names = input.arguments('values');
      const values = everyValue(input, record, names);
      if (!isBroken(values)) return [];
      const told = input.check.check.note ?? limit;
      return [{ at: record.key, touches: addresses(input, record, names), got: values.join(' / '), limit: told }];
    });
  return { takes: ['values'], mayTake: [], find };
}

/** All values are one. */
export const same = relation((values) => new Set(values).size > 1, 'the same');
/** No two values are one. */
export const different = relation((values) => new Set(values).size < values.length, 'different');

function presence(isWanted: boolean, limit: string): Predicate {
  const find = (input: PredicateInput): PredicateHit[] =>
    input.records.flatMap((record) => {
      const names = input.arguments('values');
      const wrong = names.filter((name) => (valueAt(input, record, name) !== undefined) !== isWanted);
      if (wrong.length === 0) return [];
      const told = input.check.check.note ?? limit;
      return [{ at: record.key, touches: addresses(input, record, names), got: wrong.join(', '), limit: told }];
    });
  return { takes: ['values'], mayTake: [], find };
}

/** All are there. */
export const present = presence(true, 'must be there');
/** None is there. */
export const absent = presence(false, 'must not be there');

/** Documents of every role. A file that is not filed yet has none that could be looked at. */
function documentHits(input: PredicateInput): PredicateHit[] {
  return input.records.flatMap((record) => {
    if (record.id === undefined) throw new Lacking('documents are known once they are filed');
    const roles = record.documents.map(({ role }) => role);
    const missing = input.arguments('roles').filter((role) => !roles.includes(role));
    if (missing.length === 0) return [];
    return [
      { at: record.key, touches: [`${record.key}#documents`], got: `no ${missing.join(', ')}`, limit: 'complete' },
    ];
  });
}

export const documents: Predicate = { takes: ['roles'], mayTake: [], find: documentHits };

/** The value has been the same for so many years running. */
function yearHits(input: PredicateInput): PredicateHit[] {
  const [name = ''] = input.arguments('values');
  return input.records.flatMap((record): PredicateHit[] => {
    const value = valueAt(input, record, name);
    const years = input.limit('years', record).toNumber();
    const earlier = earlierOf(input, record, years);
    if (value === undefined || earlier.length < years) return [];
    if (!earlier.every((one) => valueAt(input, one, name) === value)) return [];
    return [
      {
        at: record.key,
        touches: addresses(input, record, [name]),
        got: value,
        limit: `≤ ${String(years)} years running`,
      },
    ];
  });
}

function earlierOf({ index }: PredicateInput, record: BookRecord, years: number): BookRecord[] {
  const found: BookRecord[] = [];
  for (let at = index.shifted(record, 'last-year'); at && found.length < years; at = index.shifted(at, 'last-year'))
    found.push(at);
  return found;
}

export const keptYears: Predicate = { takes: ['values'], mayTake: [], find: yearHits };
