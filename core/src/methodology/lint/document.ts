import type { z } from 'zod';
import { methodologyOf, parametersOf } from '../kit/folder';
import { methodologySchema, parameterTableSchema, type FigureSpec } from '../spec';
import type { LintSubject } from './subject';

/** `figures/TABLE/3/decimals` of the document stands at `figures/TABLE/NAME/decimals` of the file. */
function placeOf(subject: LintSubject, [member, table, at, ...rest]: readonly PropertyKey[]): string {
  if (member === 'profile') return ['/profile', table, at, ...rest].filter((part) => part !== undefined).join('/');
  const specs: readonly FigureSpec[] = subject.specs(String(table));
  const name = member === 'figures' && typeof at === 'number' ? (specs[at]?.name ?? at) : at;
  // Cases are a list in the document and named in the file: the figure's place is near enough.
  const inner = rest[0] === 'cases' ? [] : rest;
  return ['/methodology', member, table, name, ...inner].filter((part) => part !== undefined).join('/');
}

function tell(
  subject: LintSubject,
  issues: readonly z.core.$ZodIssue[],
  place: (path: readonly PropertyKey[]) => string,
): void {
  const told = new Set(subject.faults.map(({ path }) => path));
  for (const { path, message } of issues) {
    const at = place(path);
    if (!told.has(at)) subject.fault(at, `the ledger would not take this: ${message}`);
    told.add(at);
  }
}

/** The ledger looks for a sector's tables under its name in capitals, alone or with a part behind it: under another nobody would find them. */
export function checkSectorUnit(subject: LintSubject): void {
  const { sector, unit } = subject.folder.about;
  const own = sector.toUpperCase();
  if (unit !== own && !unit.startsWith(`${own}-`))
    subject.fault(
      '/methodology/unit',
      `the ledger finds the tables of ${sector} under ${own}, or ${own}-… for a part of it`,
    );
}

/** Whether the documents of every year are such as the ledger takes. What was told already is not told again. */
export function checkDocument(subject: LintSubject): void {
  for (const year of subject.folder.about.years) {
    const rules = methodologySchema.safeParse(methodologyOf(subject.folder, year));
    tell(subject, rules.error?.issues ?? [], (path) => placeOf(subject, path));
    const table = parameterTableSchema.safeParse(parametersOf(subject.folder, year));
    tell(subject, table.error?.issues ?? [], (path) => `/parameters/${path.slice(0, 2).map(String).join('/')}`);
  }
}
