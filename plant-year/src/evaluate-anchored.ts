import { businessKey, type Doubt, type Figure, type LedgerRecord } from '@carbon-ledger/core';
import type { Evaluable } from './evaluate';

/** A current record of the ledger with its private figures, where they are open to who asks. */
export interface AnchoredState {
  readonly record: LedgerRecord;
  readonly figures?: readonly Figure[] | undefined;
  /** Why its word is in doubt though it stands; absent where it is not. */
  readonly whyDoubted?: readonly Doubt[] | undefined;
}

/** Dependency order of the kinds of a plant-year; a record of the plant rests on those of its units. */
const order = [
  'party',
  'methodology',
  'parameter',
  'quality-control-plan',
  'sample-receipt',
  'test-report',
  'monthly-evidence',
  'annual-report',
  'verification-conclusion',
  'allowance-issuance.pre',
  'allowance-issuance',
  'ccer-lot',
  'ccer-cancellation',
  'surrender',
];

function rank(record: LedgerRecord): number {
  const exact = order.indexOf(record.kind);
  const place = exact >= 0 ? exact : order.indexOf(record.type);
  return place * 2 + Number(record.subject.unit === 'PLANT');
}

export function inDependencyOrder<T extends AnchoredState>(records: readonly T[]): T[] {
  return [...records].sort((a, b) => rank(a.record) - rank(b.record));
}

/** All figures of an anchored record as text. */
export function anchoredFigures({ record, figures = [] }: AnchoredState): Map<string, string> {
  const totals = Object.entries(record.totals).map(([name, total]) => [name, total.value] as const);
  return new Map([...totals, ...figures.map((figure) => [figure.name, figure.value] as const)]);
}

/** Figures that were stated, not computed: what a recomputation starts from. */
function statedFigures({ record, figures = [] }: AnchoredState): Record<string, string> {
  const totals = Object.entries(record.totals).filter(([, total]) => total.formula === undefined);
  const own = figures.filter((figure) => figure.formula === undefined);
  return Object.fromEntries([
    ...totals.map(([name, total]) => [name, total.value] as const),
    ...own.map((figure) => [figure.name, figure.value] as const),
  ]);
}

export function citesOf(record: LedgerRecord): Record<string, string[]> {
  const cites: Record<string, string[]> = {};
  for (const { role, key } of record.cites) (cites[role] ??= []).push(key);
  for (const keys of Object.values(cites)) keys.sort();
  return cites;
}

export function evaluableOfAnchored(state: AnchoredState): Evaluable {
  const { type, issuer, subject, kind, content } = state.record;
  return {
    key: businessKey(state.record),
    record: { type, issuer, subject, kind, content },
    cites: citesOf(state.record),
    figures: statedFigures(state),
  };
}
