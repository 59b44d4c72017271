import type { Decimal } from '../decimal';
import type { CompiledCheck, CompiledFormula } from './compile';
import type { Env } from './env';
import type { Band, Learnt, Severity } from './rule-set';

/** One place where a rule is broken. */
export interface Hit {
  readonly at: string;
  readonly severity: Severity;
  /** Addresses `KEY#name` of the values that the rule looked at: the broken one first. */
  readonly touches: readonly string[];
  readonly got: string;
  /** What the rule allows or expects. */
  readonly limit: string;
  /** On whose evidence, where the limit was learnt. */
  readonly learnt?: Learnt;
}

interface Bounds {
  readonly low: Decimal | undefined;
  readonly high: Decimal | undefined;
}

function isOutside(value: Decimal, { low, high }: Bounds, open: boolean): boolean {
  const isBelow = low !== undefined && (open ? value.lte(low) : value.lt(low));
  const isAbove = high !== undefined && (open ? value.gte(high) : value.gt(high));
  return isBelow || isAbove;
}

/** Figures of a hit are shown with the decimals that a person reads. */
function shown(value: Decimal, places: number): string {
  return value.toDecimalPlaces(places).toFixed();
}

function limitText({ low, high }: Bounds, { open = false }: Band, format: (value: Decimal) => string): string {
  if (low !== undefined && high !== undefined) return low.eq(high) ? format(low) : `${format(low)}–${format(high)}`;
  if (high !== undefined) return `${open ? '<' : '≤'} ${format(high)}`;
  return low === undefined ? '' : `${open ? '>' : '≥'} ${format(low)}`;
}

function withUnit(text: string, unit: string | undefined): string {
  return unit === undefined ? text : `${text} ${unit}`;
}

/** `learnt from 1204 records of 100 enterprises of 2024 (sha256:…)`. */
function evidenceText(learnt: Learnt | undefined): string {
  if (learnt === undefined) return '';
  const { records, enterprises, period, digest } = learnt;
  return `learnt from ${String(records)} records of ${String(enterprises)} enterprises of ${period} (${digest})`;
}

/** The first band that the value is outside of; undefined where it is inside of all. @throws Lacking */
export function findFormula(compiled: CompiledFormula & CompiledCheck, env: Env): Hit | undefined {
  const { check, rule } = compiled;
  const value = env.compute(check.value);
  const places = check.decimals ?? 4;
  for (const band of check.bands) {
    const bounds = {
      low: band.low === undefined ? undefined : env.compute(band.low),
      high: band.high === undefined ? undefined : env.compute(band.high),
    };
    if (!isOutside(value, bounds, band.open === true)) continue;
    const limit = limitText(bounds, band, (bound) => shown(bound, places));
    return {
      at: env.place.record.key,
      severity: band.severity ?? rule.severity,
      touches: env.touches(),
      got: withUnit(shown(value, places), check.unit),
      limit: [withUnit(limit, check.unit), check.note ?? '', evidenceText(env.learnt)]
        .filter((part) => part !== '')
        .join(' '),
      ...(env.learnt === undefined ? {} : { learnt: env.learnt }),
    };
  }
  return undefined;
}
