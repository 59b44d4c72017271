import { type Fault, jsonPointer } from '@carbon-ledger/core';

/** A scalar of the file as text: numbers as they are printed, booleans as `true` and `false`, null where it says null. */
export type FieldText = string | null;

/** One JSON object of the file: its scalars by name, and where it stands. Absent fields are absent. */
export interface Section {
  /** JSON pointer (RFC 6901) of the object. */
  readonly pointer: string;
  readonly fields: ReadonlyMap<string, FieldText>;
}

/** One unit and month: what the enterprise states, and the laboratory's report, if there is one. */
export interface UnitMonth {
  readonly month: string;
  readonly evidence: Section;
  readonly lab: Section | null;
}

export interface UnitYear {
  readonly id: string;
  readonly about: Section;
  readonly months: readonly UnitMonth[];
  /** Places of months that belong nowhere: they name none, or one that stands there already. */
  readonly unplaced: readonly string[];
  readonly annual: Section;
  readonly allowance: Section;
}

export const dailyFigures = ['fc_t', 'ncv_GJ_t', 'mar_pct'] as const;
export type DailyFigure = (typeof dailyFigures)[number];

/** One value of a day and where it stands. */
export interface DailyCell {
  readonly pointer: string;
  /** Undefined where there is none that can be read. */
  readonly text: string | undefined;
}

/** 日数据: one row per day with the coal fired (t), its NCVar (GJ/t) and Mar (%). */
export interface DailyRow {
  readonly pointer: string;
  readonly day: number;
  readonly cells: Readonly<Record<DailyFigure, DailyCell>>;
}

export interface DailyBlock {
  readonly pointer: string;
  readonly unit: string;
  readonly month: string;
  /** Rows that have a day of their own. */
  readonly rows: readonly DailyRow[];
  /** Places of rows that belong to no day: theirs cannot be read, or stands there already. */
  readonly unplaced: readonly string[];
}

export interface StockMonth {
  readonly month: string;
  readonly balance: Section;
}

/** A value that stands in the file and cannot be read as what its place asks for. It is in none of the sections. */
export interface UnreadValue {
  /** As it is written. */
  readonly got: string;
  /** Why not: `not a day (YYYY-MM-DD)`. */
  readonly why: string;
}

/** A plant's report year as its file states it. Nothing in it has been judged. */
export interface PlantYear {
  /** By JSON pointer. */
  readonly unread: ReadonlyMap<string, UnreadValue>;
  /** Faults of spelling of values that are there, and months and units that stand there twice: they cannot be compared. */
  readonly unreadable: readonly Fault[];
  readonly year: string;
  readonly root: Section;
  readonly enterprise: Section;
  readonly lab: Section;
  readonly verifier: Section;
  /** 报告编制机构; empty where the enterprise prepares its report itself. */
  readonly preparer: Section;
  readonly parameters: Section;
  readonly units: readonly UnitYear[];
  readonly daily: readonly DailyBlock[];
  readonly stock: readonly StockMonth[];
  /** As of {@link UnitYear}. */
  readonly unplacedStock: readonly string[];
  readonly compliance: Section;
  /** With what stands in objects of each under dotted names: `frozen.serialFrom`. */
  readonly lots: readonly Section[];
  /** What the registry put on the account, and what left it. */
  readonly credits: readonly Section[];
  readonly transfers: readonly Section[];
  readonly surrendered: Surrendered | null;
}

/** Allowances that were surrendered, with the day. */
export interface Surrendered {
  readonly about: Section;
  readonly rows: readonly Section[];
}

/** The text of a field, or undefined where the file has none or null. */
export function field(section: Section | null | undefined, name: string): string | undefined {
  return section?.fields.get(name) ?? undefined;
}

/** Sections whose dotted names are of objects inside: `bench2024.I` of parameters, `frozen.qty` of a lot. */
const nested = /^\/(?:parameters|compliance\/ccerLots\/[0-9]+)$/;

/** Where a field stands. */
export function fieldPointer(section: Section, name: string): string {
  const names = nested.test(section.pointer) ? name.split('.') : [name];
  return section.pointer + jsonPointer(names);
}

/** The daily rows of a unit's month, if the file has them. */
export function dailyOf(file: PlantYear, unit: string, month: string): DailyBlock | undefined {
  return file.daily.find((block) => block.unit === unit && block.month === month);
}
