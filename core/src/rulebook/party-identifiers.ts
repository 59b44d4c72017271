import { withArticle, type Fault } from '../errors';
import type { PartyKind } from './authority';
import { contentFault } from './content';

/*
 * Names under which a party is known to the registries. Whatever reads them reads these: an account under any other name would be
 * bound to nobody, and only the first application for an offset would tell so.
 */
const accounts = ['allowanceAccountId', 'ccerAccountId'] as const;
const ofKinds: Partial<Record<PartyKind, readonly string[]>> = {
  enterprise: ['permitNo', ...accounts],
  'province-authority': accounts,
  'national-authority': accounts,
};

/** Names that a party of the kind may have; none of those who hold nothing. */
export function identifierNames(kind: PartyKind): readonly string[] {
  return ofKinds[kind] ?? [];
}

/** How many letters are changed, put in or left out between two words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [at, letter] of Array.from(a).entries()) {
    const next = [at + 1];
    for (const [index, other] of Array.from(b).entries()) {
      const kept = (row[index] ?? 0) + Number(letter !== other);
      next.push(Math.min(kept, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function nearestTo(name: string, known: readonly string[]): string | undefined {
  const far = (one: string): number => distance(name.toLowerCase(), one.toLowerCase());
  return [...known].sort((a, b) => far(a) - far(b))[0];
}

type Identifiers = Readonly<Record<string, string>> | undefined;

/**
 * Names that no rule reads, each with the nearest that one does.
 * @param standing as registered before: what stands there stays, or its party could never change its keys
 */
export function identifierFaults(kind: PartyKind, given: Identifiers, standing: Identifiers): Fault[] {
  const known = identifierNames(kind);
  const isThere = (name: string): boolean => known.includes(name) || Object.hasOwn(standing ?? {}, name);
  return Object.keys(given ?? {})
    .filter((name) => !isThere(name))
    .map((name) => {
      const nearest = nearestTo(name, known);
      const message =
        nearest === undefined
          ? `${withArticle(kind)} has no identifiers: nobody would read ${name}`
          : `${name} is no identifier of ${withArticle(kind)}: nearest is ${nearest}; there are ${known.join(', ')}`;
      return contentFault(`identifiers/${name}`, message, { known, ...(nearest === undefined ? {} : { nearest }) });
    });
}
