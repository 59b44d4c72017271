import type { Fault } from '@carbon-ledger/core';
import { fileFault } from './repetitions';

/** A document that is to be anchored with a record of a plant-year. */
export interface Attachment {
  /** Business key of the record. */
  readonly key: string;
  /** Name under which a fault is told. */
  readonly name: string;
  readonly sha256: string;
  /** Text of a table (CSV, workbook); null for one into which nobody can look, absent for another kind of document. */
  readonly text?: string | null | undefined;
}

/** The units of a file, of whatever sector. */
interface HasUnits {
  readonly units: readonly { readonly id: string }[];
}

/** Keys that name no record of the file are told when the records are planned. */
function placeOf(key: string): { readonly unit: string; readonly period: string; readonly kind: string } {
  const [, unit = '', period = '', kind = ''] = key.split('/');
  return { unit, period, kind };
}

function isOfUnitMonth({ unit, period }: ReturnType<typeof placeOf>): boolean {
  return unit !== 'PLANT' && unit !== '-' && period.length === 7;
}

/** A document of one unit's month, as a laboratory's report, is that of no other. */
function repeatedFaults(attachments: readonly Attachment[]): Fault[] {
  const firsts = new Map<string, Attachment>();
  return attachments.flatMap((attachment): Fault[] => {
    const key = placeOf(attachment.key);
    if (!isOfUnitMonth(key)) return [];
    const identity = `${key.kind} ${attachment.sha256}`;
    const first = firsts.get(identity);
    firsts.set(identity, first ?? attachment);
    if (first === undefined || first.key === attachment.key) return [];
    const message = `${attachment.name} is also the ${key.kind} of ${first.key}: one document, one unit, one month`;
    return [fileFault(attachment.key, message, { also: first.key, sha256: attachment.sha256 })];
  });
}

/** Months that a text names, as `YYYY-MM`: `2024-01-05`, `2024/1/5`, `2024年1月`. */
function monthsIn(text: string): Set<string> {
  const found = text.matchAll(/(?<![0-9])(20[0-9]{2})(?:-|\/|\.|年\s*)(1[0-2]|0?[1-9])(?![0-9])/g);
  return new Set([...found].map(([, year = '', month = '']) => `${year}-${month.padStart(2, '0')}`));
}

/** Units of the plant that a text names. An id without a letter may be any number of the table: it names nothing. */
function unitsIn(text: string, file: HasUnits): string[] {
  const ids = file.units.map(({ id }) => id).filter((id) => /[A-Za-z]/.test(id));
  return ids.filter((id) => new RegExp(`(?<![A-Za-z0-9_-])${id}(?![A-Za-z0-9_])`).test(text));
}

/** R-D22: a table of another unit or month. One that names neither says nothing. */
function foreignFaults(file: HasUnits, attachments: readonly Attachment[]): Fault[] {
  return attachments.flatMap(({ key, name, text }): Fault[] => {
    if (text === undefined || text === null) return [];
    const { unit, period } = placeOf(key);
    const [units, months] = [unitsIn(text, file), monthsIn(text)];
    const isOtherUnit = units.length > 0 && file.units.some(({ id }) => id === unit) && !units.includes(unit);
    const isOtherMonth = period.length === 7 && months.size > 0 && !months.has(period);
    return [
      ...(isOtherUnit ? [fileFault(key, `R-D22: ${name} is about ${units.join(', ')}, not ${unit}`)] : []),
      ...(isOtherMonth ? [fileFault(key, `R-D22: ${name} is about ${[...months].join(', ')}, not ${period}`)] : []),
    ];
  });
}

/**
 * Documents that cannot belong to the records that they are attached to: one report for several units or months, a table of
 * another unit or month. `path` of a fault is the business key.
 */
export function attachmentFaults(file: HasUnits, attachments: readonly Attachment[]): Fault[] {
  return [...repeatedFaults(attachments), ...foreignFaults(file, attachments)];
}
