import type { Fault } from '../errors';
import type { Figure } from '../records';
import type { CitedRecords } from './context';

/** A salt of one repeated byte hides nothing: whoever guesses values tries it first. */
const guessable = /^([0-9a-f]{2})\1{15}$/;

function fault(index: number, name: string, code: Fault['code'], message: string): Fault {
  return { path: `/figures/${String(index)}/salt`, code, message, details: { figure: name } };
}

/**
 * A salt has 128 bits that nobody knows: not one byte again and again, not that of another figure of the record, nor of any
 * record at hand. Two figures with one salt tell whether their values are equal; a known salt gives the value away.
 */
export function saltFaults(
  { figures, id }: { readonly figures: readonly Figure[]; readonly id: string },
  context: CitedRecords,
): Fault[] {
  const seen = new Set<string>();
  return figures.flatMap(({ name, salt }, index): Fault[] => {
    if (guessable.test(salt)) return [fault(index, name, 'SALT_WEAK', `the salt of ${name} can be guessed`)];
    const isRepeated = seen.has(salt);
    seen.add(salt);
    if (isRepeated) return [fault(index, name, 'SALT_REUSED', `the salt of ${name} is that of another figure`)];
    const holder = context.saltHolder(salt);
    return holder === undefined || holder === id
      ? []
      : [fault(index, name, 'SALT_REUSED', `the salt of ${name} stands in ${holder} already`)];
  });
}
