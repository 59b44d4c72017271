import { Decimal, isDecimalText, roundHalfUp } from '@carbon-ledger/core';
import { field, type StockMonth } from '../../model';
import { efficiencyLimits } from '../limits';
import { shown, type RuleHit, type ScreeningRule } from '../rule';
import type { ScreeningMonth, ScreeningYear } from '../year';
import { brokenFigures } from './chain';

const guide = '企业温室气体排放核查技术指南 发电设施';

function sectionDecimal(stock: StockMonth, name: string): Decimal | undefined {
  const text = field(stock.balance, name);
  return text !== undefined && isDecimalText(text) ? new Decimal(text) : undefined;
}

function stockHits(year: ScreeningYear, stock: StockMonth): RuleHit[] {
  const [opening, purchased, closing] = ['opening_t', 'purchased_t', 'closing_t'].map((name) =>
    sectionDecimal(stock, name),
  );
  const units = year.months().filter((part) => part.month === stock.month);
  const fired = units.map((part) => part.figure('coalConsumption_t'));
  const isWhole = units.length === year.input.file.units.length && !fired.includes(undefined);
  const feeder = fired.reduce<Decimal>((sum, coal) => sum.plus(coal ?? 0), new Decimal(0));
  if (!opening || !purchased || !closing || !isWhole || feeder.lte(0)) return [];
  const share = opening.plus(purchased).minus(closing).minus(feeder).div(feeder).times(100).abs();
  if (share.lte(1)) return [];
  const plant = `${year.enterprise}/PLANT/${stock.month}/monthly-evidence`;
  const names = ['imbalance_pct', 'opening_t', 'purchased_t', 'closing_t', 'consumedByStock_t', 'consumedByFeeder_t'];
  const touches = [
    ...names.map((name) => `${plant}#${name}`),
    ...units.flatMap((part) => part.evidence('coalConsumption_t')),
  ];
  return [{ touches, got: `${shown(share, 2)} %`, limit: '≤ 1 %', severity: share.gt(3) ? 'B' : 'W' }];
}

/** The month's value against the anchored one, which the anchored daily records carry. */
function againstAnchored(part: ScreeningMonth, name: string, tolerance: string, inputs: readonly string[]): RuleHit[] {
  const [found, anchored] = [part.figure(name), part.anchoredFigure(name)];
  if (!found || !anchored || found.minus(anchored).abs().lte(tolerance)) return [];
  return [
    { touches: part.evidence(name, ...inputs), got: found.toFixed(), limit: `${anchored.toFixed()} ± ${tolerance}` },
  ];
}

function moistureHits(year: ScreeningYear): RuleHit[] {
  const ofDays = brokenFigures(year, { kinds: ['monthly-evidence'], figures: ['Mar_pct'] });
  return [...ofDays, ...year.months().flatMap((part) => againstAnchored(part, 'Mar_pct', '0.01', []))];
}

function fuelHits(year: ScreeningYear): RuleHit[] {
  const ofDays = brokenFigures(year, { kinds: ['monthly-evidence'], figures: ['coalConsumption_t', 'NCVar_GJ_t'] });
  const ofLedger = year
    .months()
    .flatMap((part) => [
      ...againstAnchored(part, 'coalConsumption_t', '0', []),
      ...againstAnchored(part, 'NCVar_GJ_t', '0.001', []),
    ]);
  return [...ofDays, ...ofLedger];
}

/** (W × 3.6 + Q)/(FC × NCV) in percent, from the month's own inputs. */
function efficiency(part: ScreeningMonth): Decimal | undefined {
  const [power, heat, coal, calorific] = ['generation_MWh', 'heatSupply_GJ', 'coalConsumption_t', 'NCVar_GJ_t'].map(
    (name) => part.figure(name),
  );
  const fuel = coal && calorific ? coal.times(calorific) : undefined;
  if (!power || !heat || !fuel || fuel.lte(0)) return undefined;
  return power.times('3.6').plus(heat).div(fuel).times(100);
}

/** Physical limits of the unit's fuel and kind: one that condenses is judged apart from one that also supplies heat. */
function absoluteLimit(part: ScreeningMonth, value: Decimal): { limit: string; severity: 'B' | 'W' } | undefined {
  const isCondensing = part.figure('heatSupply_GJ')?.isZero() ?? false;
  const { low, high, block } = efficiencyLimits(part.unit.about, isCondensing);
  if (value.gte(block)) return { limit: `< ${String(block)} %`, severity: 'B' };
  if (value.gt(high)) return { limit: `≤ ${String(high)} %`, severity: 'W' };
  return value.lt(low) ? { limit: `≥ ${String(low)} %`, severity: 'W' } : undefined;
}

/** A unit does not become better by more than 3 % over the best of its other months. */
function ownLimit(part: ScreeningMonth, value: Decimal, year: ScreeningYear): string | undefined {
  const others = year.monthsOf(part.unit.id).flatMap((other) => (other === part ? [] : (efficiency(other) ?? [])));
  if (others.length < 6) return undefined;
  const best = Decimal.max(...others);
  return value.gt(best.times('1.03')) ? `≤ ${shown(best.times('1.03'), 2)} %, its other months + 3 %` : undefined;
}

const efficiencyInputs = ['grossEfficiency_pct', 'generation_MWh', 'heatSupply_GJ', 'coalConsumption_t', 'NCVar_GJ_t'];

function efficiencyHits(year: ScreeningYear): RuleHit[] {
  const stated = brokenFigures(year, { kinds: ['monthly-evidence'], figures: ['grossEfficiency_pct'] });
  const limits = year.months().flatMap((part): RuleHit[] => {
    const value = efficiency(part);
    if (!value) return [];
    const absolute = absoluteLimit(part, value);
    const limit = absolute?.limit ?? ownLimit(part, value, year);
    if (limit === undefined) return [];
    const got = `${shown(roundHalfUp(value, 2), 2)} %`;
    return [{ touches: part.evidence(...efficiencyInputs), got, limit, severity: absolute?.severity ?? 'W' }];
  });
  return [...stated, ...limits];
}

export const fuelRules: readonly ScreeningRule[] = [
  {
    id: 'R-L01',
    class: 'logic',
    severity: 'W',
    source: guide,
    text: {
      zh: '期初 + 购入 − 期末 与入炉煤量之差应在 1% 以内，超过 3% 阻断',
      en: 'Opening + purchased − closing stock agrees with the coal fired within 1 %; above 3 % blocks',
    },
    evaluate: (year) => year.input.file.stock.flatMap((stock) => stockHits(year, stock)),
  },
  {
    id: 'R-L07',
    class: 'logic',
    severity: 'B',
    source: guide,
    text: {
      zh: '月收到基水分 = 日水分按日煤量加权',
      en: 'Mar of the month is the coal-weighted mean of its days (± 0.01)',
    },
    evaluate: moistureHits,
  },
  {
    id: 'R-L08',
    class: 'logic',
    severity: 'B',
    source: guide,
    text: {
      zh: '月煤量 = 日煤量之和；月热值为日热值加权',
      en: 'Coal of the month is the sum of its days; NCV their coal-weighted mean (± 0.001)',
    },
    evaluate: fuelHits,
  },
  {
    id: 'R-L10',
    class: 'logic',
    severity: 'W',
    source: guide,
    text: {
      zh: '（发电量×3.6+供热量）/（煤量×热值）应在合理范围且不明显高于本机组其他月份',
      en: '(W × 3.6 + Q)/(FC × NCV) is inside its limits and not far above the unit’s other months',
    },
    evaluate: efficiencyHits,
  },
];
