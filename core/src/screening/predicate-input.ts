import type { BookIndex, BookRecord } from './book';
import type { CompiledCheck, CompiledPredicate } from './compile';
import { Lacking } from './lacking';
import { limitOf } from './parameters';
import type { Holders, PredicateInput } from './predicates';
import type { UnitTraits } from './traits';

function argumentsOf(given: string | readonly string[] | undefined): readonly string[] {
  if (given === undefined) return [];
  return typeof given === 'string' ? [given] : given;
}

/** What a predicate looks at in one book. */
export function predicateInput(
  compiled: CompiledPredicate & CompiledCheck,
  records: readonly BookRecord[],
  { index, traits, holders }: { index: BookIndex; traits: UnitTraits; holders: Holders },
): PredicateInput {
  const { check, rule } = compiled;
  return {
    check: compiled,
    index,
    traits,
    records,
    holders,
    argument: (name) => argumentsOf(check.with[name])[0] ?? '',
    arguments: (name) => argumentsOf(check.with[name]),
    limit: (name, record) => {
      const limit = limitOf(rule, name, traits.of(record), record.subject.period)?.value;
      if (limit === undefined) throw new Lacking(`${name} has no value`);
      return limit;
    },
  };
}
