import { LedgerError } from '../errors';
import { jsonPointer } from '../validation';
import { readDailyBlocks } from './read-daily';
import type { FieldText, PlantYear, Section, StockMonth, UnitMonth, UnitYear } from './model';

const monthPattern = /^[0-9]{4}-(?:0[1-9]|1[0-2])$/;

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function fieldText(value: unknown): FieldText | undefined {
  if (typeof value === 'string' || value === null) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}

/** Scalars under dotted names: `bench2024: {I: "0.7910"}` becomes `bench2024.I`. */
function collect(value: JsonObject, prefix: string, fields: Map<string, FieldText>): void {
  for (const [name, part] of Object.entries(value)) {
    const text = fieldText(part);
    if (text !== undefined) fields.set(prefix + name, text);
  }
}

function section(value: unknown, ...path: PropertyKey[]): Section {
  const fields = new Map<string, FieldText>();
  collect(asObject(value), '', fields);
  return { pointer: jsonPointer(path), fields };
}

function parameters(value: unknown): Section {
  const table = section(value, 'parameters');
  const fields = new Map(table.fields);
  for (const [name, part] of Object.entries(asObject(value))) if (isObject(part)) collect(part, `${name}.`, fields);
  return { pointer: table.pointer, fields };
}

function unitMonth(value: unknown, unitIndex: number, index: number): UnitMonth {
  const month = asObject(value);
  const path = ['units', unitIndex, 'months', index];
  return {
    month: fieldText(month['month']) ?? '',
    evidence: section(month, ...path),
    lab: isObject(month['lab']) ? section(month['lab'], ...path, 'lab') : null,
  };
}

/** What names no month has no place in a year: for the comparison it is a month that is missing. */
function hasMonth({ month }: { readonly month: string }): boolean {
  return monthPattern.test(month);
}

function unitYear(value: unknown, index: number): UnitYear {
  const unit = asObject(value);
  return {
    id: fieldText(unit['unitId']) ?? '',
    about: section(unit, 'units', index),
    months: asList(unit['months'])
      .map((month, at) => unitMonth(month, index, at))
      .filter(hasMonth),
    annual: section(unit['annual'], 'units', index, 'annual'),
    allowance: section(unit['allowance'], 'units', index, 'allowance'),
  };
}

function stockMonth(value: unknown, index: number): StockMonth {
  const balance = section(value, 'plantStockBalance', index);
  return { month: balance.fields.get('month') ?? '', balance };
}

function assertRecognisable(file: JsonObject): void {
  const units = asList(file['units']);
  const recognised =
    fieldText(file['reportYear']) !== undefined &&
    typeof asObject(file['enterprise'])['uscc'] === 'string' &&
    units.length > 0 &&
    units.every((unit) => isObject(unit) && typeof unit['unitId'] === 'string' && Array.isArray(unit['months']));
  if (recognised) return;
  const message = 'not a plant-year file: it needs reportYear, enterprise.uscc and units with unitId and months';
  throw new LedgerError('BAD_FILE', message, { faults: [{ path: '', code: 'BAD_FILE', message }] });
}

/**
 * Reads a plant-year file without judging it: what is missing stays missing, so that a file that was tampered with can
 * still be compared with the ledger, field by field.
 * @throws LedgerError BAD_FILE only when the value is not recognisable as a plant-year at all
 */
export function readPlantYearLeniently(value: unknown): PlantYear {
  const file = asObject(value);
  assertRecognisable(file);
  const compliance = asObject(file['compliance']);
  return {
    year: fieldText(file['reportYear']) ?? '',
    root: section(file),
    enterprise: section(file['enterprise'], 'enterprise'),
    lab: section(file['lab'], 'lab'),
    verifier: section(file['verifier'], 'verifier'),
    preparer: section(file['reportPreparer'], 'reportPreparer'),
    parameters: parameters(file['parameters']),
    units: asList(file['units']).map(unitYear),
    daily: readDailyBlocks(file).filter(hasMonth),
    stock: asList(file['plantStockBalance']).map(stockMonth).filter(hasMonth),
    compliance: section(compliance, 'compliance'),
    lots: asList(compliance['ccerLots']).map((lot, index) => section(lot, 'compliance', 'ccerLots', index)),
  };
}
