import { z } from 'zod';
import { decimalPlaces, parseDecimal } from '../../decimal';
import type { Fault } from '../../errors';
import { computedFigure, formula } from '../../methodology/define';
import type { FigureSpec } from '../../methodology/spec';
import type { LedgerRecord } from '../../records/record';
import { isFuture } from '../authority';
import { contentFault, daySchema, decimalSchema, regionSchema, textSchema, titled, titledChoice } from '../content';
import { codeFaults, isAmountUnit, perOf } from '../footprint-parts';
import type { CheckInput, RecordTypeSpec } from '../spec';

const emissionFactorContent = z.strictObject({
  name: titled(textSchema, 'What it is a factor of', '名称'),
  value: titled(decimalSchema, 'Value', '数值'),
  /** Always tonnes over an amount: a factor in kgCO2e/kWh is the same number in tCO2e/MWh. */
  unit: titled(
    z
      .string()
      .max(40)
      .refine((unit) => isAmountUnit(perOf(unit)), 'not tonnes over an amount (tCO2e/MWh)'),
    'Unit',
    '单位',
  ),
  boundary: titledChoice(
    {
      direct: { en: 'Direct emissions of its use', zh: '使用过程直接排放' },
      upstream: { en: 'Upstream of its use', zh: '上游排放' },
      'cradle-to-gate': { en: 'Cradle to gate', zh: '从摇篮到大门' },
      treatment: { en: 'Treatment as waste', zh: '废弃处置' },
    },
    'Boundary',
    '核算边界',
  ),
  /** Of a factor that holds for one region: a grid. */
  region: titled(regionSchema.optional(), 'Region', '适用地区'),
  validFrom: titled(daySchema, 'Valid from', '有效期起'),
  validTo: titled(daySchema.nullable(), 'Valid to', '有效期止'),
  publishedOn: titled(daySchema, 'Published on', '公布日期'),
  source: titled(textSchema, 'Source', '数据来源'),
});
export type EmissionFactorContent = z.infer<typeof emissionFactorContent>;

/** The value under the name by which formulas and traces ask for it, digit by digit. */
function factorSpec({ content }: Pick<LedgerRecord, 'content'>): readonly FigureSpec[] {
  const { value, unit } = content as Partial<EmissionFactorContent>;
  if (value === undefined || unit === undefined) return [];
  const asStated = formula('EF.value', 'value', { value: { content: 'value' } });
  return [computedFigure('factor', unit, decimalPlaces(value), [asStated], { visibility: 'public' })];
}

function valueFaults({ content, record, time }: CheckInput<EmissionFactorContent>): Fault[] {
  const { value, validFrom, validTo, publishedOn } = content;
  const faults = codeFaults(record);
  if (parseDecimal(value).lt(0)) faults.push(contentFault('value', 'a factor is not below zero'));
  if (validTo !== null && validTo < validFrom) faults.push(contentFault('validTo', 'it ends before it begins'));
  if (isFuture(publishedOn, time)) faults.push(contentFault('publishedOn', 'a day that is still to come'));
  return faults;
}

/**
 * 排放因子, as the nation's database publishes it: the label is its code (`emission-factor.diesel`), the period the year that its
 * data are of. What is computed with it rests on it: a factor that is opened or withdrawn marks every footprint.
 */
export const emissionFactor: RecordTypeSpec<EmissionFactorContent> = {
  type: 'emission-factor',
  title: { en: 'Emission factor', zh: '排放因子' },
  content: emissionFactorContent,
  filed: [{ by: 'national-authority', as: 'self' }],
  labels: {
    names: 'any',
    required: true,
    title: { en: 'Code of the factor', zh: '因子代码' },
    hint: { en: 'such as diesel', zh: '如 diesel' },
  },
  unit: 'none',
  period: 'year',
  process: 'corrigible',
  // Factors, tests and reports that it was derived from.
  cites: () => [{ role: 'source', type: 'any', min: 0, max: 100 }],
  figures: factorSpec,
  check: valueFaults,
  example: {
    ...{ name: '全国电力平均二氧化碳排放因子', value: '0.5306', unit: 'tCO2e/MWh', boundary: 'direct' },
    ...{ validFrom: '2023-01-01', validTo: '2024-12-31', publishedOn: '2025-01-10' },
    source: '关于发布2023年电力二氧化碳排放因子数据的公告',
  },
};
