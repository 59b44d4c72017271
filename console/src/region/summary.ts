import type { AnswerOf, Completeness } from '@carbon-ledger/client-sdk';
import { reachOf } from '@carbon-ledger/core';

type Plant = Completeness['plants'][number];
export type Month = Plant['units'][number]['months'][number];
export type Screening = AnswerOf<'screen'>['result'];

/** A unit's year: its months, and how many of them want a look. */
export interface UnitLine {
  readonly uscc: string;
  readonly name: string;
  readonly unit: string;
  readonly months: readonly Month[];
  readonly filed: number;
  readonly missing: number;
  readonly late: number;
  readonly backDated: number;
  readonly defaults: number;
  /** Tonnes more than by what was measured, as far as it is open to who asks. */
  readonly cost: string;
}

export function unitLines(plants: readonly Plant[]): UnitLine[] {
  return plants.flatMap(({ uscc, name, units }) =>
    units.map(({ unit, months }) => {
      const count = (is: (month: Month) => boolean): number => months.filter(is).length;
      return {
        ...{ uscc, name, unit, months },
        filed: count(({ state }) => state === 'filed'),
        missing: count(({ state }) => state === 'missing'),
        late: count(({ late }) => late),
        backDated: count(({ backDated }) => backDated),
        defaults: count((month) => month.default),
        cost: sumOf(months.map(({ defaultCost_t: cost = '0' }) => cost)),
      };
    }),
  );
}

/** A decimal of at most two places in hundredths. */
function hundredths(text: string): bigint {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d{1,2})\d*)?$/.exec(text) ?? [];
  const value = BigInt(`${whole}${part.padEnd(2, '0')}`);
  return sign === '-' ? -value : value;
}

/** Exact sum of decimals with two places. */
export function sumOf(values: readonly string[]): string {
  const total = values.reduce((sum, value) => sum + hundredths(value), 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(3, '0');
  return `${total < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export type Totals = Omit<UnitLine, 'uscc' | 'name' | 'unit' | 'months'> & {
  readonly plants: number;
  readonly units: number;
};

export function totalsOf(lines: readonly UnitLine[]): Totals {
  const sum = (name: 'filed' | 'missing' | 'late' | 'backDated' | 'defaults'): number =>
    lines.reduce((total, line) => total + line[name], 0);
  return {
    plants: new Set(lines.map(({ uscc }) => uscc)).size,
    units: lines.length,
    ...{ filed: sum('filed'), missing: sum('missing'), late: sum('late') },
    ...{ backDated: sum('backDated'), defaults: sum('defaults') },
    cost: sumOf(lines.map(({ cost }) => cost)),
  };
}

/** What one screening rule came to. */
export interface RuleLine {
  readonly rule: string;
  readonly severity: string;
  readonly ran: number;
  readonly found: number;
  readonly explained: number;
  /** Enterprises that it asks something of. */
  readonly plants: number;
  /** What it lacked where it was not run, with how often. */
  readonly lacking: readonly { readonly what: string; readonly count: number }[];
}

const plantOf = (at: string): string => at.split('/')[0] ?? at;

/** Every rule of a screening, most findings first. */
export function ruleLines({ rules, findings }: Pick<Screening, 'rules' | 'findings'>): RuleLine[] {
  const lines = Object.entries(rules).map(([rule, { ran, found, notRun }]) => {
    const own = findings.filter((finding) => finding.rule === rule);
    return {
      ...{ rule, ran, found },
      severity: own[0]?.severity ?? '',
      explained: own.filter(({ explained }) => explained !== undefined).length,
      plants: new Set(own.map(({ at }) => plantOf(at))).size,
      lacking: Object.entries(notRun).map(([what, count]) => ({ what, count })),
    };
  });
  return lines.sort((a, b) => b.found - a.found || (a.rule < b.rule ? -1 : 1));
}

/** Leading digits of a region (GB/T 2260) as a question takes them; the whole country has none. */
export function regionCode(region: string): string {
  return reachOf(region);
}
