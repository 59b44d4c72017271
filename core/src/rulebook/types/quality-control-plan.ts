import { z } from 'zod';
import type { Fault } from '../../errors';
import { dueTerms } from '../due-terms';
import { parseDecimal, type Decimal } from '../../decimal';
import type { RecordScope } from '../../methodology/scope';
import type { RosterUnit } from '../../state';
import { carbonTestModes } from '../carbon-samples';
import { modeFaults } from '../carbon-tests';
import { citedOf } from '../cited';
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
import { factFaults, factsOf } from '../facts';
import { declarationFaults } from '../shared-belt';
import { citesMethodology, type ConditionInput, type RecordTypeSpec } from '../spec';
import { parameterOf } from '../parameters';
import { ratingFaults } from './facility';

const unitSchema = titled(
  z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, 'not the id of a unit')
    .refine((id) => id !== 'PLANT' && id !== '-', 'PLANT and - name no unit'),
  'Unit',
  '机组编号',
);

const coalStates = {
  'as-fired': { en: 'As fired', zh: '入炉' },
  'as-received': { en: 'As received', zh: '入厂' },
} as const;

/** Beside the fields that every plan has, a sector's methodology may ask for facts of its own, by their names. */
const qualityControlPlanContent = z
  .object({
    unitName: titled(textSchema, 'Name of the unit', '机组（产线）名称'),
    facilityCode: titled(facilityCodeSchema, 'Facility code', '生产设施编号'),
    product: titled(textSchema, 'Product', '产品'),
    capacity_MW: titled(decimalSchema.optional(), 'Rated capacity, MW', '装机容量（MW）'),
    /** Allocation class: I large and II other conventional coal, III non-conventional, IV gas. */
    category: titled(categorySchema.optional(), 'Allocation class', '机组类别'),
    categoryName: titled(textSchema.optional(), 'Name of the class', '机组类别名称'),
    boiler: titled(textSchema.optional(), 'Boiler', '锅炉类型'),
    carbonTestMode: titledChoice(carbonTestModes, 'How carbon is tested', '元素碳检测方式').optional(),
    /** Where coal is weighed, and where its heat and carbon are sampled: R-L17. */
    coalState: titledChoice(coalStates, 'Coal is weighed', '煤量取值状态').optional(),
    heatState: titledChoice(coalStates, 'Heat value is taken', '热值取值状态').optional(),
    carbonState: titledChoice(coalStates, 'Carbon is taken', '元素碳取值状态').optional(),
    /** 1 is the best of the guideline's sources: R-L44. */
    coalPriority: titled(
      z
        .string()
        .regex(/^[1-9]$/, 'not a place from 1 to 9')
        .optional(),
      'Priority of the source of coal data',
      '煤量数据来源优先序',
    ),
    /** The other units that burn the coal of one belt with this one: one sample stands for all of them (R-L54). */
    sharedBelt: titled(
      z.array(unitSchema).min(1).max(39).optional(),
      'Other units on the same coal belt',
      '共用输煤皮带的其他机组',
    ),
  })
  .catchall(factSchema);
export type QualityControlPlanContent = z.infer<typeof qualityControlPlanContent>;

/** The class follows from the rated capacity: `class.large_MW` of the year's parameters parts I from II (allocation plan). */
function classFaults({ capacity_MW, category }: QualityControlPlanContent, large: Decimal | undefined): Fault[] {
  if (capacity_MW === undefined || large === undefined) return [];
  const isLarge = parseDecimal(capacity_MW).gte(large);
  const fits = !((category === 'I' && !isLarge) || (category === 'II' && isLarge));
  const message = `class ${category ?? ''} does not fit a rated capacity of ${capacity_MW} MW: ${large.toFixed()} MW parts I from II`;
  return fits ? [] : [contentFault('category', message)];
}

/** The plan speaks of the unit that is registered. */
async function registeredFaults(input: ConditionInput<QualityControlPlanContent>): Promise<Fault[]> {
  const { content, record, state } = input;
  const roster = await state.get('units', record.subject.uscc);
  const known = roster?.units.map(({ id }) => id);
  const belt = declarationFaults(record.subject.unit, content.sharedBelt ?? [], known);
  return [...belt, ...unitFaults(input, roster?.units ?? [])];
}

function unitFaults(
  { content, record }: ConditionInput<QualityControlPlanContent>,
  units: readonly RosterUnit[],
): Fault[] {
  const unit = units.find(({ id }) => id === record.subject.unit);
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

/** The methodology that the plan cites knows how its carbon is tested. */
function testingFaults(scope: RecordScope, { carbonTestMode }: QualityControlPlanContent): Fault[] {
  const [methodology] = citedOf(scope, 'methodology', 'methodology');
  if (methodology === undefined) return [];
  const readsMode = factsOf(methodology.content).has('carbonTestMode');
  return modeFaults(carbonTestMode, methodology.scope.key, readsMode);
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
  due: dueTerms['quality-control-plan'],
  isAhead: true,
  expected: 'of-units',
  check: ({ content, scope }) => [
    ...factFaults(scope, content, qualityControlPlanContent.shape),
    ...ratingFaults('', content),
    ...classFaults(content, parameterOf(scope, 'class.large_MW')),
    ...testingFaults(scope, content),
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
