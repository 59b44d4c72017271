import { formatBusinessKey, type Subject } from '@carbon-ledger/core';
import type { PlanLedger, PlanRecord } from '../plan';
import { type FigureEntry, planRecord } from '../plan-builder';
import type { SectorYear, Statement } from './sector-year';

/** A sector-year file on the ledger that its records are planned for. */
export interface SectorContext {
  readonly file: SectorYear;
  readonly ledger: PlanLedger;
  /** Business keys of methodology and parameters, by their roles. */
  readonly rules: Readonly<Record<string, readonly string[]>>;
}

export type Content = NonNullable<Parameters<typeof planRecord>[0]['content']>;

/** One record about the enterprise, before it is planned. */
export interface Filed {
  readonly unit: string;
  readonly period: string;
  readonly kind: string;
  /** JSON pointer of what it is made of. */
  readonly pointer: string;
  /** Who files it, where not the enterprise itself. */
  readonly issuer?: string;
  readonly cites?: Readonly<Record<string, readonly string[]>>;
  readonly content: Content;
  readonly statement?: Statement;
  /** Where they do not stand in the statement. */
  readonly figures?: readonly FigureEntry[];
  readonly readers?: readonly string[];
}

export const subjectOf = ({ file }: SectorContext, unit: string, period: string): Subject => ({
  uscc: file.enterprise.uscc,
  unit,
  period,
});

export const keyOf = (context: SectorContext, unit: string, period: string, kind: string): string =>
  formatBusinessKey(subjectOf(context, unit, period), kind);

export function factsOf(facts: Statement['facts'], pointer: string): Content {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, { value, source: { name, pointer: `${pointer}/${name}` } }]),
  );
}

export function statedFigures(figures: Statement['figures'], pointer: string): FigureEntry[] {
  return Object.entries(figures).map(([figure, text]) => ({
    figure,
    text,
    source: { name: figure, pointer: `${pointer}/${figure}` },
  }));
}

/** Plans a record that rests on the year's rules, with the facts and figures that the file states for it. */
export function filed(context: SectorContext, record: Filed): PlanRecord {
  const { unit, period, kind, pointer, cites, content, statement, readers } = record;
  return planRecord({
    ...{ kind, pointer, readers: readers ?? [] },
    issuer: record.issuer ?? context.file.enterprise.uscc,
    subject: subjectOf(context, unit, period),
    cites: { ...context.rules, ...cites },
    content: { ...content, ...factsOf(statement?.facts ?? {}, `${pointer}/facts`) },
    figures: record.figures ?? statedFigures(statement?.figures ?? {}, `${pointer}/figures`),
  });
}
