import { Decimal, hoursOfMonth, isDecimalText } from '@carbon-ledger/core';
import { field } from '../../model';
import { shown, type RuleHit, type ScreeningRule } from '../rule';
import type { ScreeningMonth, ScreeningYear } from '../year';
import { brokenFigures } from './chain';

const guide = '企业温室气体排放核查技术指南 发电设施';
const plan = '2023、2024年度全国碳排放权交易发电行业配额总量和分配方案';

function capacity(part: ScreeningMonth): Decimal | undefined {
  const text = field(part.unit.about, 'capacity_MW');
  return text !== undefined && isDecimalText(text) ? new Decimal(text) : undefined;
}

const loadInputs = ['loadFactor_pct', 'generation_MWh', 'operatingHours_h'];

function loadHits(year: ScreeningYear): RuleHit[] {
  const stated = brokenFigures(year, { kinds: ['monthly-evidence', 'annual-report'], figures: ['loadFactor_pct'] });
  const limits = year.months().flatMap((part): RuleHit[] => {
    const [power, hours, rated] = [part.figure('generation_MWh'), part.figure('operatingHours_h'), capacity(part)];
    if (!power || !hours || !rated) return [];
    const most = rated.times(hours);
    if (power.lte(most)) return [];
    return [{ touches: part.evidence(...loadInputs), got: power.toFixed(), limit: `≤ ${most.toFixed()} MWh` }];
  });
  return [...stated, ...limits];
}

/** Heat sold by settlement is what was anchored: the file's heat may not exceed it by more than 3 %. */
function heatHits(year: ScreeningYear): RuleHit[] {
  return year.months().flatMap((part): RuleHit[] => {
    const [heat, settled] = [part.figure('heatSupply_GJ'), part.anchoredFigure('heatSupply_GJ')];
    if (!heat || !settled || heat.lte(settled.times('1.03'))) return [];
    return [
      {
        touches: part.evidence('heatSupply_GJ'),
        got: heat.toFixed(),
        limit: `≤ ${shown(settled.times('1.03'), 2)} GJ`,
      },
    ];
  });
}

function hourHits(year: ScreeningYear): RuleHit[] {
  return year.months().flatMap((part): RuleHit[] => {
    const [power, hours, rated] = [part.figure('generation_MWh'), part.figure('operatingHours_h'), capacity(part)];
    if (!power || !hours || !rated?.gt(0)) return [];
    const used = power.div(rated);
    const touches = part.evidence('operatingHours_h', 'generation_MWh');
    if (used.gt(hours)) return [{ touches, got: `${shown(used, 2)} h`, limit: `≤ ${hours.toFixed()} operating hours` }];
    const most = hoursIn(part.month);
    return hours.gt(most) ? [{ touches, got: `${hours.toFixed()} h`, limit: `≤ ${String(most)} h of the month` }] : [];
  });
}

function hoursIn(month: string): number {
  return /^[0-9]{4}-(?:0[1-9]|1[0-2])$/.test(month) ? hoursOfMonth(month) : 744;
}

/** CCER used against floor(5 % of the verified emission), both as the file states them. */
function capHits(year: ScreeningYear): RuleHit[] {
  const broken = brokenFigures(year, {
    kinds: ['surrender'],
    figures: ['ccerCap_tCO2', 'ccerUsed_tCO2', 'ccerShare_pct', 'allowancesToSurrender_tCO2', 'allowancesToBuy_tCO2'],
  });
  const key = `${year.enterprise}/PLANT/${year.input.file.year}/surrender`;
  const figures = year.input.year.get(key)?.scope.figures;
  const [used, due] = [figures?.get('ccerUsed_tCO2')?.value, figures?.get('verifiedEmission_tCO2')?.value];
  if (used === undefined || due === undefined) return broken;
  const cap = new Decimal(due).times('0.05').floor();
  if (new Decimal(used).lte(cap)) return broken;
  const touches = ['ccerUsed_tCO2', 'ccerCap_tCO2', 'verifiedEmission_tCO2'].map((name) => `${key}#${name}`);
  return [...broken, { touches, got: used, limit: `≤ ${cap.toFixed()} t` }];
}

/** Every figure of a year that is made of months or units. */
function yearHits(year: ScreeningYear): RuleHit[] {
  return brokenFigures(year, { kinds: ['annual-report', 'verification-conclusion'] });
}

export const productionRules: readonly ScreeningRule[] = [
  {
    id: 'R-L09',
    class: 'logic',
    severity: 'B',
    source: guide,
    text: {
      zh: '发电量 ≤ 装机容量×运行小时；负荷系数重算一致',
      en: 'Generation ≤ capacity × hours; the load factor, recomputed, agrees',
    },
    evaluate: loadHits,
  },
  {
    id: 'R-L11',
    class: 'logic',
    severity: 'W',
    source: guide,
    text: { zh: '供热量不高于结算记录 3%', en: 'Heat supply is at most 3 % above the settlement on record' },
    evaluate: heatHits,
  },
  {
    id: 'R-L12',
    class: 'logic',
    severity: 'B',
    source: guide,
    text: {
      zh: '利用小时不大于运行小时',
      en: 'Utilisation hours (W/Pe) are at most the operating hours, and these at most the month’s',
    },
    evaluate: hourHits,
  },
  {
    id: 'R-L15',
    class: 'logic',
    severity: 'B',
    source: '环办气候函〔2022〕485号',
    text: { zh: '年度值 = 各月之和或加权均值', en: 'A year is the sum, or the weighted mean, of its months' },
    evaluate: yearHits,
  },
  {
    id: 'R-L20',
    class: 'logic',
    severity: 'B',
    source: plan,
    text: {
      zh: '配额按锚定输入重算一致，预分配不超过规定比例',
      en: 'Allowances, recomputed from anchored inputs, agree; pre-allocation at most its share',
    },
    evaluate: (year) => brokenFigures(year, { kinds: ['allowance-issuance', 'allowance-issuance.pre'] }),
  },
  {
    id: 'R-L21',
    class: 'logic',
    severity: 'B',
    source: '碳排放权交易管理办法（试行）第二十九条',
    text: {
      zh: 'CCER 抵销量 ≤ 应清缴配额的 5%（向下取整）',
      en: 'CCER used is at most floor(5 % of what is to be surrendered)',
    },
    evaluate: capHits,
  },
];
