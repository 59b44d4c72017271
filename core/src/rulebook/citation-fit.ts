import type { CitationRule } from './spec';

/**
 * Whether a role looks at records of a unit: one with a belt at the units that the plan at hand declares on one belt with the
 * record's own, and at its own where the role says so; any other at all.
 * @param own unit of the record that cites
 * @param plan content of its unit's quality control plan, where there is one
 */
export function isOnBelt(
  { belt }: CitationRule,
  own: string,
  unit: string,
  plan: Readonly<Record<string, unknown>> = {},
): boolean {
  if (belt === undefined) return true;
  const declared = plan['sharedBelt'];
  const others: readonly unknown[] = Array.isArray(declared) ? declared : [];
  return (belt === 'all' && unit === own) || others.includes(unit);
}

/** Whether a content says what a role asks for, word for word. */
export function saysSo(content: Readonly<Record<string, unknown>>, says: NonNullable<CitationRule['says']>): boolean {
  return Object.entries(says).every(([name, value]) => content[name] === value);
}
