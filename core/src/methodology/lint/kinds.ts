import { recordTypeNames } from '../../records/record';
import type { LintSubject } from './subject';

const kinds: ReadonlySet<string> = new Set(recordTypeNames);
const tableShape = /^([a-z][a-z-]*)(?:\.[A-Za-z0-9_-]{1,40})?@(?:unit|plant)$/;

/** What is wrong with the name of a table; undefined for nothing. */
function tableFault(table: string): string | undefined {
  const kind = tableShape.exec(table)?.[1];
  if (kind === undefined) return `${JSON.stringify(table)} is not KIND@unit or KIND@plant`;
  return kinds.has(kind) ? undefined : `${kind} is no kind of record, so nothing would ever be computed by it`;
}

function checkTable(subject: LintSubject, table: string, place: string): void {
  const fault = tableFault(table);
  if (fault !== undefined) subject.fault(place, fault);
}

function checkCitations(subject: LintSubject, table: string): void {
  for (const [role, { of, min, max }] of Object.entries(subject.profile[table]?.cites ?? {})) {
    const place = `/profile/${table}/cites/${role}`;
    checkTable(subject, of, place);
    if (max < 1 || min > max) subject.fault(place, `at least ${String(min)} and at most ${String(max)} is never so`);
  }
}

/** Two figures of one name would be one that nobody can tell from the other. */
function checkFamilies(subject: LintSubject, table: string): void {
  const specs = subject.specs(table);
  for (const { name: family } of specs.filter(({ name }) => name.endsWith('.*')))
    for (const { name } of specs)
      if (name !== family && name.startsWith(family.slice(0, -1)))
        subject.fault(`/methodology/figures/${table}/${name}`, `${name} is a member of the family ${family} as well`);
}

/** Kinds of records that there are, what they may cite, and figures that belong to two families. */
export function checkKinds(subject: LintSubject): void {
  for (const table of Object.keys(subject.document.figures)) {
    checkTable(subject, table, `/methodology/figures/${table}`);
    checkFamilies(subject, table);
  }
  for (const table of Object.keys(subject.profile)) {
    checkTable(subject, table, `/profile/${table}`);
    checkCitations(subject, table);
  }
}
