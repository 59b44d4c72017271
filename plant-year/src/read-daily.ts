import { isDecimalText, jsonPointer } from '@carbon-ledger/core';
import type { DailyBlock, DailyCell, DailyFigure, DailyRow } from './model';

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `dailyU1Jan2024`: the name that the sample gives a block says its unit and month. */
const blockName = /^daily([A-Za-z0-9_-]{1,40})(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)([0-9]{4})$/;

interface NamedBlock {
  readonly path: readonly PropertyKey[];
  readonly unit: string;
  readonly month: string;
  readonly value: Readonly<Record<string, unknown>>;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Unit and month of a block's name, or undefined for a key that names no daily block. */
export function parseBlockName(key: string): { unit: string; month: string } | undefined {
  const [, unit, name = '', year] = blockName.exec(key) ?? [];
  if (unit === undefined || year === undefined) return undefined;
  return { unit, month: `${year}-${String(monthNames.indexOf(name) + 1).padStart(2, '0')}` };
}

function blocksByName(file: Readonly<Record<string, unknown>>): NamedBlock[] {
  return Object.entries(file).flatMap(([key, value]) => {
    const name = parseBlockName(key);
    return name && isRecord(value) ? [{ path: [key], ...name, value }] : [];
  });
}

function blocksOfList(list: unknown): NamedBlock[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) =>
    isRecord(value) ? [{ path: ['daily', index], unit: text(value['unit']), month: text(value['month']), value }] : [],
  );
}

const dayPattern = /^(?:[1-9]|[12][0-9]|3[01])$/;

/** A row whose day cannot be read has NaN for it, which is no day. */
function dailyRow(row: readonly unknown[], columns: readonly unknown[], path: readonly PropertyKey[]): DailyRow {
  const cell = (name: DailyFigure): DailyCell => {
    const index = columns.indexOf(name);
    const value = text(row[index]);
    return { pointer: jsonPointer([...path, index]), text: isDecimalText(value) ? value : undefined };
  };
  const cells = { fc_t: cell('fc_t'), ncv_GJ_t: cell('ncv_GJ_t'), mar_pct: cell('mar_pct') };
  const day = text(row[columns.indexOf('day')]);
  return { pointer: jsonPointer(path), day: dayPattern.test(day) ? Number(day) : NaN, cells };
}

function dailyBlock(block: NamedBlock): DailyBlock {
  const columns: readonly unknown[] = Array.isArray(block.value['columns']) ? block.value['columns'] : [];
  const listed: readonly unknown[] = Array.isArray(block.value['rows']) ? block.value['rows'] : [];
  const rows = listed.map((row, index) =>
    dailyRow(Array.isArray(row) ? row : [], columns, [...block.path, 'rows', index]),
  );
  const days = rows.map(({ day }) => day);
  const isPlaced = ({ day }: DailyRow, index: number): boolean => days.indexOf(day) === index;
  return {
    pointer: jsonPointer(block.path),
    unit: block.unit,
    month: block.month,
    rows: rows.filter(isPlaced),
    unplaced: rows.filter((row, index) => !isPlaced(row, index)).map(({ pointer }) => pointer),
  };
}

/** Daily blocks under a name of their own (`dailyU1Jan2024`) and in the list `daily: [{unit, month, columns, rows}]`. */
export function readDailyBlocks(file: Readonly<Record<string, unknown>>): DailyBlock[] {
  return [...blocksByName(file), ...blocksOfList(file['daily'])].map(dailyBlock);
}
