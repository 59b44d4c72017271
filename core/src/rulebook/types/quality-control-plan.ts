import { z } from 'zod';
import type { Fault } from '../../errors';
import { parseDecimal } from '../../decimal';
import {
  categorySchema,
  contentFault,
  decimalSchema,
  factSchema,
  facilityCodeSchema,
  textSchema,
  titled,
  titledChoice,
} from '../content';
import { factFaults } from '../facts';
import { citesMethodology, type ConditionInput, type RecordTypeSpec } from '../spec';
import { classFaults } from './facility';

/** Beside the fields that every plan has, a sector's methodology may ask for facts of its own, by their names. */
const qualityControlPlanContent = z
  .object({
    unitName: titled(textSchema, 'Name of the unit', '机组（产线）名称'),
    facilityCode: titled(facilityCodeSchema, 'Facility code', '生产设施编号'),
    product: titled(textSchema, 'Product', '产品'),
    capacity_MW: titled(decimalSchema.optional(), 'Rated capacity, MW', '装机容量（MW）'),
    /** Allocation class: I ≥ 400 MW, II < 400 MW, III non-conventional, IV gas. */
    category: titled(categorySchema.optional(), 'Allocation class', '机组类别'),
    categoryName: titled(textSchema.optional(), 'Name of the class', '机组类别名称'),
    boiler: titled(textSchema.optional(), 'Boiler', '锅炉类型'),
    carbonTestMode: titledChoice(
      {
        daily: { en: 'Daily', zh: '每日检测' },
        batch: { en: 'By batch', zh: '每批次检测' },
        'monthly-composite': { en: 'Monthly composite sample', zh: '月缩分样检测' },
      },
      'How carbon is tested',
      '元素碳检测方式',
    ).optional(),
  })
  .catchall(factSchema);
export type QualityControlPlanContent = z.infer<typeof qualityControlPlanContent>;

/** The plan speaks of the unit that is registered. */
async function registeredFaults(input: ConditionInput<QualityControlPlanContent>): Promise<Fault[]> {
  const { content, record, state } = input;
  const roster = await state.get('units', record.subject.uscc);
  const unit = roster?.units.find(({ id }) => id === record.subject.unit);
  if (unit === undefined) return [];
  const faults: Fault[] = [];
  const differs = (field: string, registered: string): number =>
    faults.push(contentFault(field, `the registration of ${unit.id} says ${registered}`));
  if (content.facilityCode !== unit.code) differs('facilityCode', unit.code);
  const { capacity_MW } = content;
  if (capacity_MW !== undefined && unit.capacity !== undefined && !parseDecimal(capacity_MW).eq(unit.capacity))
    differs('capacity_MW', unit.capacity);
  if (content.category !== undefined && unit.category !== undefined && content.category !== unit.category)
    differs('category', unit.category);
  return faults;
}

/** 数据质量控制方案 of one unit and year: what is measured how, and the facts of the unit that formulas need. */
export const qualityControlPlan: RecordTypeSpec<QualityControlPlanContent> = {
  type: 'quality-control-plan',
  title: { en: 'Data quality control plan', zh: '数据质量控制方案' },
  content: qualityControlPlanContent,
  filed: [{ by: 'enterprise', as: 'self' }],
  unit: 'unit',
  period: 'year',
  process: 'quality-control-plan',
  cites: () => citesMethodology,
  due: ({ subject }) => `${String(Number(subject.period) - 1)}-12-31`,
  expected: 'of-units',
  check: ({ content, scope }) => [
    ...factFaults(scope, content, qualityControlPlanContent.shape),
    ...classFaults('', content),
  ],
  conditions: registeredFaults,
  example: {
    unitName: '1号机组',
    facilityCode: 'MF0003',
    product: '纯凝发电',
    capacity_MW: '630',
    category: 'I',
    categoryName: '300MW等级以上常规燃煤机组',
    boiler: '煤粉炉',
    carbonTestMode: 'monthly-composite',
  },
};
