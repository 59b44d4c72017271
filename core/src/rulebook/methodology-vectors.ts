import { z } from 'zod';
import { isDay } from '../calendar';
import { isDecimalText } from '../decimal';
import type { Fault } from '../errors';
import type { MethodologyFolder, Vector } from '../methodology/kit';
import type { CitationRule } from './spec';

type VectorRecord = Vector['records'][string];
type Profile = MethodologyFolder['profile'][string];
type Field = Profile['content'][string];

/** What the rulebook knows of a table: roles in which its records may cite, and the schema of their public fields. */
export interface TableRules {
  readonly rules: (roles: readonly string[]) => readonly CitationRule[];
  readonly content: z.ZodType;
}

const fault = (path: string, message: string): Fault => ({ path, code: 'BAD_METHODOLOGY', message });

const truths: readonly string[] = ['true', 'false'];

/** What is wrong with the text of a fact of each kind; undefined for nothing. */
const faultOf: Readonly<Record<Field['kind'], (text: string, field: Field) => string | undefined>> = {
  text: () => undefined,
  choice: (text, { choices = {} }) =>
    Object.hasOwn(choices, text) ? undefined : `is none of ${Object.keys(choices).join(', ')}`,
  decimal: (text) => (isDecimalText(text) ? undefined : 'is not a decimal number'),
  boolean: (text) => (truths.includes(text) ? undefined : 'is neither true nor false'),
  day: (text) => (isDay(text) ? undefined : 'is not a day (2025-02-28)'),
};

function factFaults(
  source: VectorRecord,
  place: string,
  table: string,
  profile: Profile | undefined,
  known: TableRules,
): Fault[] {
  const own = known.content instanceof z.ZodObject ? Object.keys(known.content.shape) : [];
  return Object.entries(source.content).flatMap(([name, text]) => {
    const at = `${place}/content/${name}`;
    const field = profile && Object.hasOwn(profile.content, name) ? profile.content[name] : undefined;
    if (field === undefined) return own.includes(name) ? [] : [fault(at, `${table} has no fact ${name}`)];
    const wrong = faultOf[field.kind](text, field);
    return wrong === undefined ? [] : [fault(at, `${name}: ${JSON.stringify(text)} ${wrong}`)];
  });
}

function roleFaults(source: VectorRecord, place: string, table: string, known: TableRules): Fault[] {
  const asked = Object.keys(source.cites);
  const roles = known.rules(asked).map(({ role }) => role);
  return asked
    .filter((role) => !roles.includes(role))
    .map((role) => fault(`${place}/cites/${role}`, `${table} cites nothing in the role ${role}: ${roles.join(', ')}`));
}

/**
 * Names in a folder's vectors that the ledger would refuse: a role, a fact, a value that is none of its choices, a year. A vector
 * states of a plan or a month what its figures need, so facts may be left out.
 * @param of what the rulebook knows of a table; undefined for a kind that there is none of
 */
export function vectorFaults(
  { about, profile, vectors, example }: MethodologyFolder,
  of: (table: string) => TableRules | undefined,
): Fault[] {
  const ofRecord = (place: string, source: VectorRecord): Fault[] => {
    const table = `${source.kind}@${source.unit === 'PLANT' ? 'plant' : 'unit'}`;
    const known = of(table);
    if (known === undefined) return [fault(`${place}/kind`, `${source.kind} is no kind of record`)];
    const own = Object.hasOwn(profile, table) ? profile[table] : undefined;
    return [...factFaults(source, place, table, own, known), ...roleFaults(source, place, table, known)];
  };
  const ofVector = (file: string, { year, records }: Vector, index: number): Fault[] => {
    const place = `/${file}/${String(index)}`;
    const outside = about.years.includes(year)
      ? []
      : [fault(`${place}/year`, `${year} is none of ${about.years.join(', ')}`)];
    return [...outside, ...Object.entries(records).flatMap(([name, one]) => ofRecord(`${place}/records/${name}`, one))];
  };
  return [
    ...vectors.flatMap((vector, index) => ofVector('vectors', vector, index)),
    ...example.flatMap((vector, index) => ofVector('example', vector, index)),
  ];
}
