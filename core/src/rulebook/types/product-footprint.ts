import { z } from 'zod';
import type { Fault } from '../../errors';
import { parseBusinessKey } from '../../identifiers';
import { figureNameSchema } from '../../records/figure';
import type { LedgerRecord } from '../../records/record';
import { citedOf } from '../cited';
import { contentFault, ruleFault, textSchema, titled, titledChoice } from '../content';
import { footprintFigures, stageNames, stages, type Stage } from '../footprint-figures';
import { codeFaults, codeOf, codePattern, isAmountUnit, isSameAmount, perOf } from '../footprint-parts';
import { monthsInService } from '../units';
import type { CheckInput, CitationRule, ConditionInput, RecordTypeSpec } from '../spec';
import type { EmissionFactorContent } from './emission-factor';

/** Stages that a boundary holds: each has lines, or is left out with a reason. */
const stagesWithin = { 'cradle-to-gate': stageNames.slice(0, 2), 'cradle-to-grave': stageNames } as const;

const unitSchema = z.string().max(40).refine(isAmountUnit, 'not the unit of an amount (t, MWh, t*km)');

const lineSchema = z.strictObject({
  stage: titledChoice(stages, 'Stage', '阶段'),
  /** The code of its factor, or of the supplier's product. */
  item: titled(z.string().regex(codePattern, 'not a code (letters, digits, underscores)'), 'Item', '活动数据编码'),
  name: titled(textSchema, 'Name', '名称'),
  unit: titled(unitSchema, 'Unit of the amount', '活动数据单位'),
  /** Figure of the cited months whose sum the amount is; absent where the amount is stated. */
  figure: titled(figureNameSchema.optional(), 'Figure of the months', '月度存证数据项'),
});
const leftOutSchema = z.strictObject({
  stage: titledChoice(stages, 'Stage', '阶段'),
  reason: titled(textSchema, 'Reason', '理由'),
});

const productFootprintContent = z.strictObject({
  product: titled(textSchema, 'Product', '产品名称'),
  /** The amount of product that the footprint is of: one of it. */
  unit: titled(unitSchema, 'Functional unit', '功能单位'),
  /** Figure of the cited months whose sum the output is; absent where the output is stated. */
  outputFigure: titled(figureNameSchema.optional(), 'Figure of the output', '产量对应月度数据项'),
  boundary: titledChoice(
    {
      'cradle-to-gate': { en: 'Cradle to gate', zh: '从摇篮到大门' },
      'cradle-to-grave': { en: 'Cradle to grave', zh: '从摇篮到坟墓' },
    },
    'Boundary',
    '系统边界',
  ),
  lines: titled(z.array(lineSchema).min(1).max(60), 'Lines', '活动数据'),
  leftOut: titled(z.array(leftOutSchema).max(5), 'Stages left out', '未计入阶段'),
});
export type ProductFootprintContent = z.infer<typeof productFootprintContent>;
type Input = CheckInput<ProductFootprintContent>;

/** Every stage of the boundary has its lines, or the reason why it has none; each item stands in a stage once. */
function stageFaults({ content: { boundary, lines, leftOut } }: Input): Fault[] {
  const within: readonly Stage[] = stagesWithin[boundary];
  const faults: Fault[] = [];
  const given = new Set<string>();
  for (const [index, { stage, item }] of lines.entries()) {
    const place = `lines/${String(index)}`;
    if (!within.includes(stage)) faults.push(contentFault(`${place}/stage`, `${boundary} holds no stage ${stage}`));
    if (given.has(`${stage} ${item}`)) faults.push(contentFault(`${place}/item`, `${item} stands there twice`));
    given.add(stage).add(`${stage} ${item}`);
  }
  for (const [index, { stage }] of leftOut.entries()) {
    if (given.has(stage) || !within.includes(stage))
      faults.push(
        contentFault(`leftOut/${String(index)}/stage`, `${stage} is not left out, or not within ${boundary}`),
      );
    given.add(stage);
  }
  const missing = within.filter((stage) => !given.has(stage));
  if (missing.length > 0)
    faults.push(contentFault('lines', `no lines of ${missing.join(', ')}, and no reason why these are left out`));
  return faults;
}

interface Source {
  readonly code: string;
  readonly key: string;
  /** What its value is per. */
  readonly per: string;
}

function sourcesOf({ scope }: Pick<Input, 'scope'>): Source[] {
  const factors = citedOf(scope, 'factor', 'emission-factor').map(({ scope: cited, content }) => ({
    per: perOf(content.unit),
    cited,
  }));
  const upstream = citedOf(scope, 'upstream', 'product-footprint').map(({ scope: cited, content }) => ({
    per: content.unit,
    cited,
  }));
  return [...factors, ...upstream].map(({ per, cited }) => ({ per, code: codeOf(cited.record), key: cited.key }));
}

/** Each item has one factor, in its own unit. */
function sourceFaults(input: Input): Fault[] {
  const sources = sourcesOf(input);
  const { lines } = input.content;
  return lines.flatMap(({ item, unit }, index): Fault[] => {
    const own = sources.filter(({ code }) => code === item);
    const place = `lines/${String(index)}`;
    if (own.length !== 1)
      return [contentFault(`${place}/item`, `${String(own.length)} factors of ${item} are cited: it needs one`)];
    return own
      .filter(({ per }) => !isSameAmount(per, unit))
      .map(({ per, key }) => contentFault(`${place}/unit`, `${key} is per ${per}, not per ${unit}`));
  });
}

/** A factor holds in the year; what a supplier sells ends at its gate, and is not of a later year. */
function timeFaults({ record, scope }: Input): Fault[] {
  const { period } = record.subject;
  const [first, last] = [`${period}-01-01`, `${period}-12-31`];
  const mismatch = (key: string, message: string): Fault => ({
    ...{ path: '/cites', code: 'CITATION_MISMATCH', message, details: { key } },
  });
  const isValid = ({ validFrom, validTo }: EmissionFactorContent): boolean =>
    validFrom <= last && (validTo === null || validTo >= first);
  const factors = citedOf(scope, 'factor', 'emission-factor')
    .filter(({ content }) => !isValid(content))
    .map(({ scope: { key } }) => mismatch(key, `${key} does not hold in ${period}`));
  const upstream = citedOf(scope, 'upstream', 'product-footprint').flatMap(
    ({ scope: { key, record: of }, content }) => [
      ...(content.boundary === 'cradle-to-gate'
        ? []
        : [mismatch(key, `${key} goes beyond the supplier’s gate: stages would count twice`)]),
      ...(of.subject.period <= period ? [] : [mismatch(key, `${key} is of a later year`)]),
    ],
  );
  return [...factors, ...upstream];
}

/** What is summed over months has the unit of its line there. */
function figureFaults({ content, scope }: Input): Fault[] {
  const months = scope.cited.get('monthly-evidence') ?? [];
  const named = [
    { field: 'outputFigure', figure: content.outputFigure, unit: content.unit },
    ...content.lines.map(({ figure, unit }, index) => ({ field: `lines/${String(index)}/figure`, figure, unit })),
  ];
  return named.flatMap(({ field, figure, unit }): Fault[] => {
    const found = figure === undefined ? undefined : months.find((month) => month.figures.get(figure))?.figures;
    const there = figure === undefined ? undefined : found?.get(figure)?.unit;
    if (there === undefined || isSameAmount(there, unit)) return [];
    return [contentFault(field, `the months state it in ${there}, not in ${unit}`)];
  });
}

/** R-L15: of each unit whose months count, all those of the year in which it was in service, each once. */
async function monthFaults({ record, state }: ConditionInput<ProductFootprintContent>): Promise<Fault[]> {
  const { uscc, period } = record.subject;
  const cited = record.cites
    .filter(({ role }) => role === 'monthly-evidence')
    .map(({ key }) => parseBusinessKey(key))
    .map(({ unit, period: month }) => ({ unit, month }));
  const roster = cited.length === 0 ? undefined : await state.get('units', uscc);
  const units = (roster?.units ?? []).filter(({ id }) => cited.some(({ unit }) => unit === id));
  const missing = units.flatMap((unit) =>
    monthsInService(unit, period)
      .filter((month) => !cited.some((one) => one.unit === unit.id && one.month === month))
      .map((month) => `${unit.id}/${month}`),
  );
  if (missing.length === 0) return [];
  const message = `cite the months of service, each once; missing: ${missing.join(', ')}`;
  return [ruleFault('R-L15', '/cites', message, { missing })];
}

type Unread = Pick<LedgerRecord, 'content'>;

/** Lines as they stand, of a record that nobody held to its schema yet. */
function linesOf({ content }: Unread): readonly Partial<Record<string, unknown>>[] {
  const lines: readonly unknown[] = Array.isArray(content['lines']) ? content['lines'] : [];
  return lines.filter((line) => typeof line === 'object' && line !== null);
}

/** Nothing is cited that no line needs. */
function itemsOf(record: Unread): readonly string[] {
  return linesOf(record).flatMap(({ item }) => (typeof item === 'string' ? [item] : []));
}

/** Months are cited where a figure of theirs is summed. */
function takesMonths(record: Unread): boolean {
  return record.content['outputFigure'] !== undefined || linesOf(record).some(({ figure }) => figure !== undefined);
}

const ofMonths: CitationRule = {
  ...{ role: 'monthly-evidence', type: 'monthly-evidence', min: 1, max: 240 },
  ...{ same: ['uscc', 'year'], of: 'units' },
};

/**
 * 产品碳足迹 of a product of a year (GB/T 24067): the label is its code, and every figure follows from amounts and factors. Amounts are
 * stated, or are what the anchored months come to; factors are the nation's, or the footprint of what a supplier sells.
 */
export const productFootprint: RecordTypeSpec<ProductFootprintContent> = {
  type: 'product-footprint',
  title: { en: 'Product carbon footprint', zh: '产品碳足迹' },
  content: productFootprintContent,
  filed: [{ by: 'enterprise', as: 'self' }],
  labels: {
    names: 'any',
    required: true,
    title: { en: 'Code of the product', zh: '产品代码' },
    hint: { en: 'by which others name it where it goes into theirs', zh: '他人的产品用到它时，以此代码引用' },
  },
  unit: 'none',
  period: 'year',
  process: 'corrigible',
  cites: (record) => [
    { role: 'factor', type: 'emission-factor', labels: itemsOf(record), min: 0, max: 60, severally: true },
    { role: 'upstream', type: 'product-footprint', labels: itemsOf(record), min: 0, max: 40, severally: true },
    ...(takesMonths(record) ? [ofMonths] : []),
    // Readings and reports that stated amounts rest on.
    { role: 'evidence', type: 'any', min: 0, max: 60, same: ['uscc'] },
  ],
  figures: footprintFigures,
  check: (input) => [
    ...codeFaults(input.record),
    ...stageFaults(input),
    ...sourceFaults(input),
    ...timeFaults(input),
    ...figureFaults(input),
  ],
  conditions: monthFaults,
  example: {
    ...{ product: '磷酸铁锂电芯', unit: 'kWh', boundary: 'cradle-to-gate' },
    lines: [
      { stage: 'material', item: 'cathode_lfp', name: '磷酸铁锂正极材料', unit: 't' },
      { stage: 'production', item: 'electricity', name: '外购电力', unit: 'MWh', figure: 'electricity_MWh' },
    ],
    leftOut: [],
  },
};
