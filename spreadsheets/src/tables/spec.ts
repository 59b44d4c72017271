import type { Title } from '../values/choice';
import type { ValueRule } from '../values/value';

/** A column of a form or of an exchange file. */
export interface ColumnSpec {
  /** Stable: what a template's hidden sheet and a mapping profile name. */
  readonly id: string;
  readonly title: Title;
  /** Unit of a decimal, as the methodology or the record type writes it. */
  readonly unit?: string;
  readonly rule: ValueRule;
  readonly required: boolean;
  /** Other headers under which other systems write it. */
  readonly synonyms?: readonly string[];
}

/** A sheet of a form: one row of headers, then one row for each thing. */
export interface TableSpec {
  readonly id: string;
  readonly title: Title;
  readonly columns: readonly ColumnSpec[];
  /** Columns that together tell one row from another. */
  readonly key?: readonly string[];
  /** A sheet that may be left out, and one without rows. */
  readonly optional?: true;
}

/** `燃煤消耗量（t）`: the header as templates write it. */
export function headerOf({ title, unit }: Pick<ColumnSpec, 'title' | 'unit'>): string {
  return unit === undefined || unit === '1' ? title.zh : `${title.zh}（${unit}）`;
}
