import { field, type Section } from '../model';

/** What a unit makes power with, as far as its limits depend on it. */
export type UnitKind = 'coal' | 'combined-cycle' | 'simple-cycle' | 'gas-engine' | 'gas';

/** (W × 3.6 + Q)/(FC × NCV) in percent: outside `low` to `high` asks for an explanation, `block` and above is impossible. */
export interface EfficiencyLimits {
  readonly low: number;
  readonly high: number;
  readonly block: number;
}

/**
 * Gross efficiency without heat supply, on the lower heating value. Coal: subcritical to double-reheat ultra-supercritical.
 * Gas: [derived] from what turbines and engines of each kind reach; `gas` is a gas unit whose kind the file does not tell.
 */
const condensing: Readonly<Record<UnitKind, EfficiencyLimits>> = {
  coal: { low: 28, high: 46, block: 50 },
  'combined-cycle': { low: 50, high: 62, block: 64 },
  'simple-cycle': { low: 30, high: 42, block: 50 },
  'gas-engine': { low: 38, high: 48, block: 55 },
  gas: { low: 30, high: 62, block: 64 },
};

/** With heat supply the fuel is used up to what leaves with flue gas, whatever burns it. */
const supplyingHeat: EfficiencyLimits = { low: 0, high: 90, block: 100 };

const kinds: readonly (readonly [Exclude<UnitKind, 'coal' | 'gas'>, RegExp])[] = [
  ['combined-cycle', /联合循环|combined.?cycle|ccgt|ccpp/i],
  ['gas-engine', /内燃机|燃气发动机|gas engine|reciprocating/i],
  ['simple-cycle', /单循环|简单循环|燃气轮机|simple.?cycle|open.?cycle|ocgt/i],
];

/** By class (IV is gas, allocation plan) and what the file calls boiler, category and product. */
export function unitKind(about: Section): UnitKind {
  if (field(about, 'categoryNo') !== 'IV') return 'coal';
  const words = ['boiler', 'category', 'product', 'name'].map((name) => field(about, name) ?? '').join(' ');
  return kinds.find(([, pattern]) => pattern.test(words))?.[0] ?? 'gas';
}

export function efficiencyLimits(about: Section, isCondensing: boolean): EfficiencyLimits {
  return isCondensing ? condensing[unitKind(about)] : supplyingHeat;
}
