import { jsonPointer } from '../validation';
import type { DailyBlock, DailyRow } from './model';

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

function dailyRow(value: unknown, columns: readonly unknown[], path: readonly PropertyKey[]): DailyRow[] {
  if (!Array.isArray(value)) return [];
  const cell = (name: string): string => text(value[columns.indexOf(name)]);
  const row = { fc_t: cell('fc_t'), ncv_GJ_t: cell('ncv_GJ_t'), mar_pct: cell('mar_pct') };
  return [{ pointer: jsonPointer(path), day: Number(cell('day')), ...row }];
}

function dailyBlock(block: NamedBlock): DailyBlock {
  const columns: readonly unknown[] = Array.isArray(block.value['columns']) ? block.value['columns'] : [];
  const rows: readonly unknown[] = Array.isArray(block.value['rows']) ? block.value['rows'] : [];
  return {
    pointer: jsonPointer(block.path),
    unit: block.unit,
    month: block.month,
    rows: rows.flatMap((row, index) => dailyRow(row, columns, [...block.path, 'rows', index])),
  };
}

/** Daily blocks under a name of their own (`dailyU1Jan2024`) and in the list `daily: [{unit, month, columns, rows}]`. */
export function readDailyBlocks(file: Readonly<Record<string, unknown>>): DailyBlock[] {
  return [...blocksByName(file), ...blocksOfList(file['daily'])].map(dailyBlock);
}
