import { Decimal, isCompliantTest } from '@carbon-ledger/core';
import { hasCompliantReport } from '../../breaks';
import { shown, type RuleHit, type ScreeningRule } from '../rule';
import { usualBand, type ScreeningMonth, type ScreeningYear } from '../year';
import { brokenFigures } from './chain';

const guideline = '企业温室气体排放核算与报告指南 发电设施（环办气候函〔2022〕485号）';
const guide = '企业温室气体排放核查技术指南 发电设施';

const isGas = (part: ScreeningMonth): boolean => part.unit.about.fields.get('categoryNo') === 'IV';

/** Car = Cad × (100 − Mar)/(100 − Mad), tC/t. */
function carFromReport(part: ScreeningMonth): Decimal | undefined {
  const [cad, mad, mar] = [part.labFigure('Cad_pct'), part.labFigure('Mad_pct'), part.figure('Mar_pct')];
  if (!cad || !mad || !mar || mad.gte(100)) return undefined;
  return cad.times(new Decimal(100).minus(mar)).div(new Decimal(100).minus(mad)).div(100);
}

/** Carbon per heat, tC/GJ. */
function perHeat(carbon: Decimal | undefined, part: ScreeningMonth): Decimal | undefined {
  const heat = part.figure('NCVar_GJ_t');
  return carbon && heat?.gt(0) ? carbon.div(heat) : undefined;
}

function carbonTouches(part: ScreeningMonth): string[] {
  const names = ['CCimplied_tC_GJ', 'Car_tC_t', 'CarMeasured_tC_t', 'NCVar_GJ_t', 'Mar_pct'];
  return [...part.evidence(...names), ...part.report('Cad_pct', 'Mad_pct')];
}

function contentHit(part: ScreeningMonth, value: Decimal, others: readonly Decimal[]): RuleHit[] {
  const touches = carbonTouches(part);
  const got = `${shown(value, 5)} tC/GJ`;
  if (value.lt('0.0225') || value.gt('0.0310')) return [{ touches, got, limit: '0.0225–0.0310', severity: 'B' }];
  if (value.lt('0.0240') || value.gt('0.0290')) return [{ touches, got, limit: '0.0240–0.0290' }];
  const band = usualBand(others);
  if (!band || (value.gte(band.low) && value.lte(band.high))) return [];
  return [{ touches, got, limit: `${shown(band.low, 5)}–${shown(band.high, 5)}, the unit’s other months` }];
}

/** The stated carbon content and the one that the report gives, each against the limits and the unit's other months. */
function carbonContentHits(year: ScreeningYear): RuleHit[] {
  return year.months().flatMap((part) => {
    if (!part.isMeasured || isGas(part)) return [];
    const others = year
      .monthsOf(part.unit.id)
      .filter((other) => other !== part && other.isMeasured)
      .flatMap((other) => perHeat(other.figure('Car_tC_t'), other) ?? []);
    const values = [perHeat(part.figure('Car_tC_t'), part), perHeat(carFromReport(part), part)];
    const hits = values.flatMap((value) => (value ? contentHit(part, value, others) : []));
    return hits.slice(0, 1);
  });
}

function moistureOrderHits(year: ScreeningYear): RuleHit[] {
  return year.months().flatMap((part): RuleHit[] => {
    const [mad, mar] = [part.labFigure('Mad_pct'), part.figure('Mar_pct')];
    const touches = [...part.report('Mad_pct', 'Cad_pct'), ...part.evidence('Mar_pct', 'Car_tC_t', 'CarMeasured_tC_t')];
    if (mad && mar && mad.gt(mar)) return [{ touches, got: mad.toFixed(), limit: `≤ Mar ${mar.toFixed()}` }];
    const [cad, car] = [part.labFigure('Cad_pct'), part.isMeasured ? part.figure('Car_tC_t') : undefined];
    if (!cad || !car?.times(100).gt(cad)) return [];
    return [{ touches, got: car.times(100).toFixed(), limit: `≤ Cad ${cad.toFixed()}` }];
  });
}

/** What the anchored report allows, whatever the file now says about its days. */
function anchoredBasis(part: ScreeningMonth): 'measured' | 'default' | undefined {
  const [issued, received] = [part.anchoredReport('issued'), part.anchoredReport('received')];
  if (issued === undefined || received === undefined) return undefined;
  return isCompliantTest({ issued, received }, part.month) ? 'measured' : 'default';
}

function basisHits(year: ScreeningYear): RuleHit[] {
  return year.months().flatMap((part) => {
    const scope = year.input.year.get(part.reportKey)?.scope;
    const fromFile = hasCompliantReport(scope, part.month) ? 'measured' : 'default';
    const used = part.isMeasured ? 'measured' : 'default';
    const expected = [fromFile, anchoredBasis(part)].find((basis) => basis !== undefined && basis !== used);
    if (expected === undefined) return [];
    const touches = [
      ...part.evidence('carbonBasis', 'Car_tC_t', 'emission_tCO2'),
      ...part.report('issued', 'Cad_pct', 'Mad_pct', 'record'),
      ...part.received(),
    ];
    return [{ touches, got: used, limit: expected }];
  });
}

function carbonSpreadHits(year: ScreeningYear): RuleHit[] {
  return year.months().flatMap((part) => {
    const value = part.labFigure('Cad_pct');
    const others = year
      .monthsOf(part.unit.id)
      .flatMap((other) => (other === part ? [] : (other.labFigure('Cad_pct') ?? [])));
    const band = usualBand(others);
    if (!value || !band || (value.gte(band.low) && value.lte(band.high))) return [];
    const limit = `${shown(band.low, 2)}–${shown(band.high, 2)}, the unit’s other months`;
    return [
      {
        touches: [...part.report('Cad_pct'), ...part.evidence('Car_tC_t', 'CarMeasured_tC_t')],
        got: value.toFixed(),
        limit,
      },
    ];
  });
}

export const carbonRules: readonly ScreeningRule[] = [
  {
    id: 'R-L02',
    class: 'logic',
    severity: 'B',
    source: `${guideline} 式(2)`,
    text: { zh: '月排放量按公式重算一致', en: 'The emission of a month, recomputed, agrees to two decimals' },
    evaluate: (year) =>
      brokenFigures(year, { kinds: ['monthly-evidence'], figures: ['emission_tCO2', 'emissionPerMWh'] }),
  },
  {
    id: 'R-L03',
    class: 'logic',
    severity: 'B',
    source: `${guideline} 式(3)`,
    text: { zh: '收到基碳 = Cad×(100−Mar)/(100−Mad)', en: 'Car = Cad × (100 − Mar)/(100 − Mad), to four decimals' },
    evaluate: (year) =>
      brokenFigures(year, {
        kinds: ['monthly-evidence'],
        figures: ['Car_tC_t', 'CarMeasured_tC_t', 'CCimplied_tC_GJ'],
      }),
  },
  {
    id: 'R-L04',
    class: 'logic',
    severity: 'W',
    source: guide,
    text: {
      zh: '单位热值含碳量在 0.0240–0.0290 内且与本机组其他月份相符',
      en: 'Carbon per heat is inside 0.0240–0.0290 tC/GJ and near that of the unit’s other months',
    },
    evaluate: carbonContentHits,
  },
  {
    id: 'R-L05',
    class: 'logic',
    severity: 'B',
    source: 'GB/T 483',
    text: { zh: 'Mad ≤ Mar，故 Car ≤ Cad', en: 'Mad ≤ Mar, and therefore Car ≤ Cad' },
    evaluate: moistureOrderHits,
  },
  {
    id: 'R-L16',
    class: 'logic',
    severity: 'B',
    source: guideline,
    text: {
      zh: '仅在无合规检测报告时使用缺省值',
      en: 'The default carbon content is used if, and only if, there is no compliant report',
    },
    evaluate: basisHits,
  },
  {
    id: 'R-S02',
    class: 'standard',
    severity: 'W',
    source: 'domain section 5',
    text: {
      zh: '元素碳与本机组其他月份相差过大',
      en: 'Cad stands far from that of the unit’s other months (3 s, at least 2 %)',
    },
    evaluate: carbonSpreadHits,
  },
];
