import { typeOfKind } from '../../identifiers';
import type { BookIndex } from '../book';
import type { Predicate, PredicateHit, PredicateInput } from './predicate';

/** Keys that records of some types cite, in whatever role. */
function citedKeys({ book }: BookIndex, types: readonly string[]): Set<string> {
  const citing = book.records.filter(({ kind }) => types.includes(typeOfKind(kind)));
  return new Set(citing.flatMap(({ cites }) => Object.values(cites).flat()));
}

/** A record that waits for another to cite it: a nonconformity for its response. */
function unansweredHits(input: PredicateInput): PredicateHit[] {
  const types = input.arguments('by');
  const keys = citedKeys(input.index, types);
  const limit = input.check.check.note ?? `cited by ${types.join(' or ')}`;
  return input.records
    .filter(({ key }) => !keys.has(key))
    .map(({ key }) => ({ at: key, touches: [`${key}#record`], got: `no ${types.join(' or ')}`, limit }));
}

export const citedBy: Predicate = { takes: ['by'], mayTake: [], find: unansweredHits };
