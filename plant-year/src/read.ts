import { type Fault, jsonPointer, LedgerError } from '@carbon-ledger/core';
import { readDailyBlocks } from './read-daily';
import { fieldPointer } from './model';
import type { FieldText, PlantYear, Section, StockMonth, Surrendered, UnitMonth, UnitYear, UnreadValue } from './model';
import { repetitionFaults } from './repetitions';
import { shapeFaults, toFaults, type ShapeFault } from './shape';

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

/** With the scalars of the objects inside, under dotted names. */
function nestedSection(value: unknown, ...path: PropertyKey[]): Section {
  const own = section(value, ...path);
  const fields = new Map(own.fields);
  for (const [name, part] of Object.entries(asObject(value))) if (isObject(part)) collect(part, `${name}.`, fields);
  return { pointer: own.pointer, fields };
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

/** Months that have a place in a year: the first of each; and the places of the others. */
function placed<Month extends { readonly month: string }>(
  months: readonly Month[],
  pointerOf: (month: Month) => string,
): { months: Month[]; unplaced: string[] } {
  const names = months.map(({ month }) => month);
  const isPlaced = ({ month }: Month, index: number): boolean =>
    monthPattern.test(month) && names.indexOf(month) === index;
  return {
    months: months.filter(isPlaced),
    unplaced: months.filter((month, index) => !isPlaced(month, index)).map(pointerOf),
  };
}

function unitYear(value: unknown, index: number): UnitYear {
  const unit = asObject(value);
  const listed = asList(unit['months']).map((month, at) => unitMonth(month, index, at));
  const { months, unplaced } = placed(listed, ({ evidence }) => evidence.pointer);
  return {
    id: fieldText(unit['unitId']) ?? '',
    about: section(unit, 'units', index),
    months,
    unplaced,
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

/** A section without the values that cannot be read: they are missing, not something else. */
function withoutUnread(part: Section, unread: ReadonlyMap<string, UnreadValue>): Section {
  const fields = [...part.fields].filter(([name]) => !unread.has(fieldPointer(part, name)));
  return { pointer: part.pointer, fields: new Map(fields) };
}

function unreadValues(shape: readonly ShapeFault[]): Map<string, UnreadValue> {
  const values = shape.filter(({ isUnread }) => isUnread);
  return new Map(values.map(({ path, got = '', message }) => [path, { got, why: message }]));
}

function surrenderedOf(value: unknown): Surrendered | null {
  if (!isObject(value)) return null;
  const path = ['compliance', 'surrendered'] as const;
  const rows = asList(value['allowances']).map((row, at) => section(row, ...path, 'allowances', at));
  return { about: section(value, ...path), rows };
}

type Bare = Omit<PlantYear, 'unread' | 'unreadable'>;

function readBare(file: JsonObject): Bare {
  const compliance = asObject(file['compliance']);
  const stock = placed(asList(file['plantStockBalance']).map(stockMonth), ({ balance }) => balance.pointer);
  return {
    year: fieldText(file['reportYear']) ?? '',
    root: section(file),
    enterprise: section(file['enterprise'], 'enterprise'),
    lab: section(file['lab'], 'lab'),
    verifier: section(file['verifier'], 'verifier'),
    preparer: section(file['reportPreparer'], 'reportPreparer'),
    parameters: nestedSection(file['parameters'], 'parameters'),
    units: asList(file['units']).map(unitYear),
    daily: readDailyBlocks(file).filter(({ month }) => monthPattern.test(month)),
    stock: stock.months,
    unplacedStock: stock.unplaced,
    compliance: section(compliance, 'compliance'),
    credits: asList(compliance['credits']).map((credit, at) => section(credit, 'compliance', 'credits', at)),
    transfers: asList(compliance['transfers']).map((one, at) => section(one, 'compliance', 'transfers', at)),
    surrendered: surrenderedOf(compliance['surrendered']),
    lots: asList(compliance['ccerLots']).map((lot, index) => nestedSection(lot, 'compliance', 'ccerLots', index)),
  };
}

/** All sections of a file changed in one way. */
function mapSections(file: Bare, change: (part: Section) => Section): Bare {
  const month = (part: UnitMonth): UnitMonth => ({
    ...part,
    evidence: change(part.evidence),
    lab: part.lab && change(part.lab),
  });
  return {
    ...file,
    root: change(file.root),
    enterprise: change(file.enterprise),
    lab: change(file.lab),
    verifier: change(file.verifier),
    preparer: change(file.preparer),
    parameters: change(file.parameters),
    units: file.units.map((unit) => ({
      ...unit,
      about: change(unit.about),
      months: unit.months.map(month),
      annual: change(unit.annual),
      allowance: change(unit.allowance),
    })),
    stock: file.stock.map((part) => ({ ...part, balance: change(part.balance) })),
    compliance: change(file.compliance),
    lots: file.lots.map(change),
    credits: file.credits.map(change),
    transfers: file.transfers.map(change),
    surrendered: file.surrendered && {
      about: change(file.surrendered.about),
      rows: file.surrendered.rows.map(change),
    },
  };
}

/** As {@link readPlantYearLeniently}, with the faults of shape that were found already. */
export function readPlantYear(value: unknown, shape: readonly ShapeFault[]): PlantYear {
  const file = asObject(value);
  assertRecognisable(file);
  const bare = readBare(file);
  const unread = unreadValues(shape);
  const repeated = repetitionFaults(
    bare,
    shape.map(({ path }) => path),
  );
  const unreadable: Fault[] = [...toFaults(shape.filter(({ isUnread }) => isUnread)), ...repeated];
  return { ...mapSections(bare, (part) => withoutUnread(part, unread)), unread, unreadable };
}

/**
 * Reads a plant-year file without judging it: what is missing stays missing, so that a file that was tampered with can
 * still be compared with the ledger, field by field. What is there and cannot be read is missing too, and told in `unread`.
 * @throws LedgerError BAD_FILE only when the value is not recognisable as a plant-year at all
 */
export function readPlantYearLeniently(value: unknown): PlantYear {
  return readPlantYear(value, shapeFaults(value));
}
