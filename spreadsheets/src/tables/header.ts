import type { Sheet } from '../model';
import { plainWidth } from '../values/reading';
import { isUnit } from '../values/units';
import type { ColumnSpec, TableSpec } from './spec';

/** Spaces, stars of required columns and punctuation say nothing in a header. */
function bareHeader(text: string): string {
  return plainWidth(text)
    .replace(/[\s*:,.;，。、；：_\-—·]/g, '')
    .toLowerCase();
}

/** What stands in a cell that may be a header, taken apart once: each is held against every column. */
export interface Header {
  readonly bare: string;
  /** Its name, bare, where a unit stands behind it in brackets: `燃煤消耗量（t）`. */
  readonly name?: string;
  readonly unit?: string;
}

const longestUnit = 20;

function splitHeader(text: string): { readonly name: string; readonly unit: string } | undefined {
  const written = plainWidth(text).replace(/\*$/, '').trimEnd();
  if (!/[)\]】]$/.test(written)) return undefined;
  const from = Math.max(...['(', '[', '【'].map((bracket) => written.lastIndexOf(bracket)));
  const unit = written.slice(from + 1, -1);
  if (from < 0 || unit === '' || unit.length > longestUnit || /[)\]】]/.test(unit)) return undefined;
  return { name: written.slice(0, from), unit };
}

/** A cell that holds more is a remark. */
const longestHeader = 200;

/** How well a header names a column: not, by its name with another unit, or wholly. */
type HeaderMatch = 'none' | 'other-unit' | 'same';

const bareNames = new WeakMap<ColumnSpec, ReadonlySet<string>>();

/** Every name of a column, made bare once: each cell of the first rows of every sheet is held against it. */
function namesOf(column: ColumnSpec): ReadonlySet<string> {
  const known = bareNames.get(column);
  if (known) return known;
  const { id, title, synonyms = [] } = column;
  const own = new Set([id, title.zh, title.en, ...synonyms].map(bareHeader));
  bareNames.set(column, own);
  return own;
}

/** Undefined for a cell that holds too much to be one. */
export function parseHeader(text: string): Header | undefined {
  if (text.length > longestHeader) return undefined;
  const split = splitHeader(text);
  const bare = bareHeader(text);
  return split === undefined ? { bare } : { bare, name: bareHeader(split.name), unit: split.unit };
}

/** Compares what may be a header with a column. */
function matchHeader({ bare, name, unit }: Header, column: ColumnSpec): HeaderMatch {
  const own = namesOf(column);
  if (own.has(bare)) return 'same';
  if (unit === undefined || name === undefined || !own.has(name)) return 'none';
  if (column.unit === undefined) return column.rule.kind === 'decimal' ? 'none' : 'same';
  return isUnit(unit, column.unit) ? 'same' : 'other-unit';
}

/** A column that a header names. */
export interface NamedColumn {
  readonly column: ColumnSpec;
  readonly match: Exclude<HeaderMatch, 'none'>;
}

/** Headers of a file that is no template, by column id: what a person has told once for a system that writes it. */
export type Profile = Readonly<Record<string, string>>;

/** The columns of a table by their names: a sheet may have as many headers as it has columns, and none of them be ours. */
export class ColumnIndex {
  readonly #named = new Map<string, ColumnSpec[]>();
  readonly #profiled = new Map<string, ColumnSpec[]>();

  constructor({ columns }: TableSpec, profile: Profile = {}) {
    for (const column of columns) {
      const own = profile[column.id];
      if (own !== undefined) this.#add(this.#profiled, bareHeader(own), column);
      else for (const name of namesOf(column)) this.#add(this.#named, name, column);
    }
  }

  #add(index: Map<string, ColumnSpec[]>, name: string, column: ColumnSpec): void {
    index.set(name, [...(index.get(name) ?? []), column]);
  }

  /** Columns that a header names, wholly or with another unit. */
  namedBy(header: Header): readonly NamedColumn[] {
    const { bare, name } = header;
    const like = new Set([
      ...(this.#named.get(bare) ?? []),
      ...(name === undefined ? [] : (this.#named.get(name) ?? [])),
    ]);
    const named = [...like].map((column) => ({ column, match: matchHeader(header, column) }));
    return [
      ...(this.#profiled.get(bare) ?? []).map((column): NamedColumn => ({ column, match: 'same' })),
      ...named.filter((one): one is NamedColumn => one.match !== 'none'),
    ];
  }

  /** Ids of the columns that a row of headers names. */
  idsIn(headers: readonly Header[]): ReadonlySet<string> {
    return new Set(headers.flatMap((header) => this.namedBy(header).map(({ column }) => column.id)));
  }
}

/** Whether a unit is that of a column. */
export function isUnitOf(unit: string, column: ColumnSpec): boolean {
  const header = parseHeader(`${column.title.zh}（${unit}）`);
  return header !== undefined && matchHeader(header, column) === 'same';
}

/** The unit that a header states. */
export function unitOfHeader(text: string): string | undefined {
  return text.length > longestHeader ? undefined : splitHeader(text)?.unit;
}

/** Rows among which headers are looked for: titles and remarks may stand above. */
export const rowsSearched = 30;

/** What may be headers in the first rows of a sheet, row by row, each once. */
export function firstHeaders({ rows }: Sheet): readonly (readonly Header[])[] {
  return rows
    .slice(0, rowsSearched)
    .map(({ cells }) =>
      [...new Set([...cells.values()].map(({ text }) => text))].flatMap((text) => parseHeader(text) ?? []),
    );
}
