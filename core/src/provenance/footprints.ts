import { parseDecimal, type Decimal } from '../decimal';
import type { ImpactedFigure } from './scenario';

/** What the stages of a product's footprint that would change come to, in tonnes of CO2e. */
export interface FootprintChange {
  /** Business key of the footprint. */
  readonly key: string;
  readonly now_tCO2e: string;
  /** Null where a stage could no longer be computed. */
  readonly then_tCO2e: string | null;
  readonly change_t: string | null;
}

const ofStage = /^([^#]+\/product-footprint\.[^#]+)#[a-z]+Stage_kgCO2e$/;
const inTonnes = (kilograms: Decimal): string => kilograms.times('0.001').toFixed();

function footprintOf(key: string, stages: readonly ImpactedFigure[]): FootprintChange {
  const sum = (values: readonly string[]): Decimal =>
    values.reduce((total, value) => total.plus(value), parseDecimal('0'));
  const then = stages.map((stage) => stage.then).filter((value) => value !== null);
  const now = sum(stages.map((stage) => stage.now));
  const isLost = then.length < stages.length;
  return {
    key,
    now_tCO2e: inTonnes(now),
    then_tCO2e: isLost ? null : inTonnes(sum(then)),
    change_t: isLost ? null : inTonnes(sum(then).minus(now)),
  };
}

/**
 * Of every footprint whose stages would change, what these come to. Told product by product, and not in one sum: what a supplier
 * emits stands in the footprint of its buyer too.
 */
export function footprintsOf(figures: readonly ImpactedFigure[]): FootprintChange[] {
  const byKey = new Map<string, ImpactedFigure[]>();
  for (const one of figures) {
    const key = ofStage.exec(one.figure)?.[1];
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  return [...byKey].map(([key, stages]) => footprintOf(key, stages));
}
