import { formFields, labelOfSample, type RecordType } from '@carbon-ledger/core';
import { placeName } from '../model';
import { sheetFault, type SheetFault } from '../tables/fault';
import type { ReadRow } from '../tables/read';
import type { ColumnSpec, TableSpec } from '../tables/spec';
import { inspectionDrafts } from './inspection-drafts';
import type { FormReading } from './read-form';
import type { TemplateSpec } from './spec';

/** What a row of a form says, ready to be made into a record: the filer, citations and documents are still to come. */
export interface FormDraft {
  readonly type: RecordType;
  /** Of its kind, where what the row says decides it: `15` of a sample of the 15th. */
  readonly label?: string;
  /** The party that the record is about, where the form says; else whoever files it. */
  readonly uscc?: string;
  readonly unit: string;
  readonly period: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly figures: Readonly<Record<string, string>>;
  /** Cell of each figure and field, `月度汇总!C5`. */
  readonly cells: Readonly<Record<string, string>>;
  readonly row: number;
  readonly sheet: string;
}

export interface FormDrafts {
  readonly drafts: readonly FormDraft[];
  readonly faults: readonly SheetFault[];
}

/** Columns that say what a record is about. */
const subjectColumns = new Set(['uscc', 'unit', 'month', 'year', 'name', 'contact', 'telephone', 'mail']);

function contentValue(column: ColumnSpec, value: string): unknown {
  return column.rule.kind === 'yes-no' ? value === 'true' : value;
}

const isFigure = (column: ColumnSpec, figures: ReadonlySet<string>): boolean => figures.has(column.id);

/** Splits a row into content and figures, each with its cell. */
function split(
  table: TableSpec,
  row: ReadRow,
  sheet: string,
  figures: ReadonlySet<string>,
): Pick<FormDraft, 'content' | 'figures' | 'cells'> {
  const content: Record<string, unknown> = {};
  const values: Record<string, string> = {};
  const cells: Record<string, string> = {};
  for (const column of table.columns) {
    const value = row.values[column.id];
    if (value === undefined || subjectColumns.has(column.id)) continue;
    cells[column.id] = placeName(sheet, row.cells[column.id] ?? '');
    if (isFigure(column, figures)) values[column.id] = value;
    else content[column.id] = contentValue(column, value);
  }
  return { content, figures: values, cells };
}

/** Names of the columns that are figures: those that have a unit and are no field of the record type. */
function figureNames(table: TableSpec, fields: ReadonlySet<string>): Set<string> {
  return new Set(table.columns.filter(({ id, unit }) => unit !== undefined && !fields.has(id)).map(({ id }) => id));
}

interface Making {
  readonly template: TemplateSpec;
  readonly reading: FormReading;
  readonly fields: ReadonlySet<string>;
}

function rowsOf(
  { template, reading, fields }: Making,
  id: string,
): { table: TableSpec; row: ReadRow; sheet: string; figures: Set<string> }[] {
  const table = template.tables.find((one) => one.id === id);
  if (!table) return [];
  const figures = figureNames(table, fields);
  const sheet = reading.sheets[id] ?? '';
  return (reading.tables[id] ?? []).map((row) => ({ table, row, sheet, figures }));
}

function simpleDrafts(making: Making, id: string, unit: string | undefined): FormDraft[] {
  const type = making.template.files;
  if (type === undefined) return [];
  return rowsOf(making, id).map(({ table, row, sheet, figures }) => {
    const { uscc, month, year } = row.values;
    return {
      type,
      ...(uscc === undefined ? {} : { uscc }),
      unit: unit ?? row.values['unit'] ?? '',
      period: month ?? year ?? '',
      ...split(table, row, sheet, figures),
      row: row.number,
      sheet,
    };
  });
}

type DailyFigures = Pick<FormDraft, 'figures' | 'cells'>;

/** `daily.fc_t.*` of the 7th → `daily.fc_t.07`. */
function dailyOf(
  making: Making,
): Map<string, { figures: Record<string, string>; cells: Record<string, string>; first: ReadRow; sheet: string }> {
  const byMonth = new Map<
    string,
    { figures: Record<string, string>; cells: Record<string, string>; first: ReadRow; sheet: string }
  >();
  for (const { table, row, sheet } of rowsOf(making, 'daily')) {
    const { unit = '', day = '' } = row.values;
    const key = `${unit}/${day.slice(0, 7)}`;
    const month = byMonth.get(key) ?? { figures: {}, cells: {}, first: row, sheet };
    for (const { id } of table.columns.filter((column) => column.unit !== undefined)) {
      const value = row.values[id];
      const name = id.replace('*', day.slice(8));
      if (value === undefined) continue;
      month.figures[name] = value;
      month.cells[name] = placeName(sheet, row.cells[id] ?? '');
    }
    byMonth.set(key, month);
  }
  return byMonth;
}

/** Daily records follow from the daily sheet; the day on which a month is due is set by the rules that it cites. */
function monthlyDrafts(making: Making, unit: string | undefined): FormDrafts {
  const daily = dailyOf(making);
  const drafts = simpleDrafts(making, 'months', unit).map((draft): FormDraft => {
    const key = `${draft.unit}/${draft.period}`;
    const days: DailyFigures | undefined = daily.get(key);
    daily.delete(key);
    return {
      ...draft,
      content: { ...draft.content, dailyRecords: days !== undefined },
      figures: { ...draft.figures, ...days?.figures },
      cells: { ...draft.cells, ...days?.cells },
    };
  });
  const faults = [...daily].map(([key, { first, sheet }]) => {
    const message = `daily records of ${key.replace('/', ' ')}, but no row of that month on the first sheet`;
    return sheetFault(
      'CELL_EMPTY',
      { sheet, row: first.number },
      { found: key, expected: `a row ${key.replace('/', ' ')}`, message },
    );
  });
  return { drafts, faults };
}

function offsetDrafts(making: Making): FormDrafts {
  const projects = rowsOf(making, 'projects').map(({ row }) => row.values);
  const drafts = simpleDrafts(making, 'application', 'PLANT').map((draft) => ({
    ...draft,
    content: { ...draft.content, rows: projects },
  }));
  return { drafts, faults: [] };
}

/** Of which day or batch the sample of a row is. */
function sampleOf({ content: { sampleDay, batchNo } }: FormDraft): Parameters<typeof labelOfSample>[0] {
  return { sampleDay: textOf(sampleDay), batchNo: textOf(batchNo) };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function otherDrafts(making: Making): FormDraft[] {
  switch (making.template.kind) {
    case 'lab-results':
      return simpleDrafts(making, 'reports', undefined).map((draft) => {
        const label = labelOfSample(sampleOf(draft));
        return {
          ...draft,
          ...(label === undefined ? {} : { label }),
          content: { ...draft.content, sampleMonth: draft.period },
        };
      });
    case 'annual-report':
      return [...simpleDrafts(making, 'units', undefined), ...simpleDrafts(making, 'plant', 'PLANT')];
    case 'self-inspection-enterprise':
    case 'self-inspection-verifier':
      return inspectionDrafts(making.template, making.reading);
    default:
      return [];
  }
}

/**
 * The records that a filled form asks to file, in the order of its rows.
 * @param fields names of the fields of the record type and of its methodology; other columns with a unit are figures
 */
export function draftsOf(template: TemplateSpec, reading: FormReading, fields: ReadonlySet<string>): FormDrafts {
  const { drafts, faults } = draftsAsRead({ template, reading, fields });
  const nothing = nothingOf(template);
  return { drafts: drafts.map((draft) => ({ ...draft, content: { ...nothing, ...draft.content } })), faults };
}

/** Fields that must be said but may be nothing: who leaves the cell empty has said it, as for a report that nobody else prepared. */
function nothingOf({ files, tables }: TemplateSpec): Readonly<Record<string, null>> {
  if (files === undefined) return {};
  const columns = new Set(tables.flatMap((table) => table.columns.map(({ id }) => id)));
  const told = formFields(files).filter(
    ({ name, isNullable, isOptional }) => isNullable && !isOptional && columns.has(name),
  );
  return Object.fromEntries(told.map(({ name }) => [name, null]));
}

function draftsAsRead(making: Making): FormDrafts {
  const { template } = making;
  if (template.kind === 'monthly-evidence') return monthlyDrafts(making, undefined);
  if (template.kind === 'stock') return monthlyDrafts(making, 'PLANT');
  if (template.kind === 'offset-application') return offsetDrafts(making);
  return { drafts: otherDrafts(making), faults: [] };
}
