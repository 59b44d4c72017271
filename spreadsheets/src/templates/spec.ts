import type { Methodology, RecordType } from '@carbon-ledger/core';
import type { TemplateKind } from '../kinds';
import type { TableSpec } from '../tables/spec';
import type { Title } from '../values/choice';

/** The rules that say which figures a form asks for, with which units and decimals. */
export interface FormRules {
  readonly sector: string;
  readonly methodology: Methodology;
}

/** What is filled in beforehand: by table, rows of texts by column id. */
export type Filling = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

export interface TemplateSpec {
  readonly kind: TemplateKind;
  /** Counts up when a column changes its meaning; what is only added keeps it. */
  readonly version: number;
  readonly title: Title;
  /** What to know before filling it in, shown above the headers of its first sheet. */
  readonly remark: Title;
  readonly tables: readonly TableSpec[];
  /** Rows that the empty form has: each is asked for, and in what it is about there is no choice. */
  readonly given?: Filling;
  /** The record type that each row of the first sheet becomes, where it becomes one. */
  readonly files?: RecordType;
}
