import type { z } from 'zod';
import { type Fault, jsonPointer, type Methodology } from '@carbon-ledger/core';
import { parseBlockName } from './read-daily';
import { withUnitTold } from './units';
import { cellFault, dailyBlockSchema, dailyColumns, plantYearSchema } from './schema';

/** A fault of spelling or presence, with what stands at its place. */
export interface ShapeFault extends Fault {
  /** The scalar at the place, as it is written; absent where there is none. */
  readonly got?: string;
  /** Name under which the file states it; of a daily row, its column. */
  readonly name: string;
  /** A value that is there and cannot be read as what the place asks for. */
  readonly isUnread: boolean;
}

type Path = readonly PropertyKey[];

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    return (value as Readonly<Record<PropertyKey, unknown>>)[name];
  }, root);
}

function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** One place of an issue: a member that nobody reads is told by itself, whatever else stands beside it. */
function placesOf(issue: z.core.$ZodIssue): { readonly path: Path; readonly message: string }[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'not a member that is read here' }));
}

function shapeFaultsOf(root: unknown, base: Path, issue: z.core.$ZodIssue): ShapeFault[] {
  return placesOf(issue).map(({ path: within, message }) => {
    const path = [...base, ...within];
    const value = valueAt(root, path);
    const got = scalarText(value);
    const fault = {
      name: String(path.at(-1) ?? ''),
      path: jsonPointer(path),
      code: 'BAD_FILE',
      message,
      isUnread: value !== undefined && value !== null,
    } as const;
    return got === undefined ? fault : { ...fault, got, details: { got } };
  });
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function rowFaults(row: unknown, columns: readonly unknown[], path: Path): ShapeFault[] {
  const cells = asList(row);
  return dailyColumns.flatMap((column): ShapeFault[] => {
    const index = columns.indexOf(column);
    const message = index < 0 ? undefined : cellFault(column, cells[index]);
    if (message === undefined) return [];
    const value = cells[index];
    const got = scalarText(value);
    const at = { name: column, path: jsonPointer([...path, index]), code: 'BAD_FILE', message } as const;
    const isUnread = value !== undefined && value !== null;
    return [got === undefined ? { ...at, isUnread } : { ...at, isUnread, got, details: { got } }];
  });
}

function cellFaults(block: unknown, path: Path): ShapeFault[] {
  if (!isRecord(block)) return [];
  const columns = asList(block['columns']);
  return asList(block['rows']).flatMap((row, index) => rowFaults(row, columns, [...path, 'rows', index]));
}

function namedBlockFaults(root: unknown, key: string, block: unknown): ShapeFault[] {
  const { error } = dailyBlockSchema.safeParse(block);
  return [...(error?.issues ?? []).flatMap((issue) => shapeFaultsOf(root, [key], issue)), ...cellFaults(block, [key])];
}

/** Faults of spelling and presence, daily blocks under names of their own included. */
export function shapeFaults(value: unknown): ShapeFault[] {
  const result = plantYearSchema.safeParse(value);
  const faults = (result.error?.issues ?? []).flatMap((issue) => shapeFaultsOf(value, [], issue));
  if (!isRecord(value)) return faults;
  const named = Object.entries(value).filter(([key]) => parseBlockName(key) !== undefined);
  const ofBlocks = named.flatMap(([key, block]) => namedBlockFaults(value, key, block));
  const ofList = asList(value['daily']).flatMap((block, index) => cellFaults(block, ['daily', index]));
  return [...faults, ...ofBlocks, ...ofList];
}

/** As faults of the catalogue; a number in another unit than the methodology's is told with its conversion. */
export function toFaults(shape: readonly ShapeFault[], methodology?: Methodology): Fault[] {
  return shape.map(({ path, code, message, details, got, name }) => {
    const fault = details === undefined ? { path, code, message } : { path, code, message, details };
    return methodology === undefined ? fault : withUnitTold(fault, got, name, methodology);
  });
}
