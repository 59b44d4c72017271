import { z } from 'zod';
import type { Fault } from '../../errors';
import type { RecordScope } from '../../methodology/scope';
import type { FigureSpec } from '../../methodology/spec';
import type { LedgerRecord } from '../../records/record';
import { citedOf } from '../cited';
import { contentFault, textSchema, titled } from '../content';
import type { CheckInput, EffectInput, RecordTypeSpec } from '../spec';

const keySchema = z.string().min(1).max(160);

const boundSchema = z.strictObject({
  record: titled(keySchema, 'Record', '记录'),
  figure: titled(z.string().max(120), 'Figure', '数据项'),
  unit: titled(z.string().max(40), 'Unit', '单位'),
  decimals: titled(z.int().min(0).max(12), 'Decimals', '小数位数'),
});
const boundDocumentSchema = z.strictObject({
  record: titled(keySchema, 'Record', '记录'),
  document: titled(z.string().max(200), 'Document', '材料'),
});

const findingContent = z.strictObject({
  clause: titled(textSchema, 'Clause', '依据条款'),
  seen: titled(textSchema, 'What was seen', '发现情况'),
  /** Figures that it binds to; their anchored values, and what was found instead, are private figures of the finding. */
  figures: titled(z.array(boundSchema).max(40), 'Figures', '涉及数据'),
  documents: titled(z.array(boundDocumentSchema).max(40), 'Documents', '涉及材料'),
});
export type FindingContent = z.infer<typeof findingContent>;
type Input = CheckInput<FindingContent>;

/** `anchored.1`, `found.1` for the first figure that a finding binds to; what is at stake in tonnes. */
function figureSpecs({ content }: Pick<LedgerRecord, 'content'>): readonly FigureSpec[] {
  const { figures } = content as FindingContent;
  const stated = { visibility: 'private', stated: true, cases: [] } as const;
  return [
    { name: 'atStake_tCO2', unit: 'tCO2', decimals: 0, required: true, ...stated },
    ...figures.flatMap(({ unit, decimals }, index): FigureSpec[] => [
      { name: `anchored.${String(index + 1)}`, unit, decimals, required: true, ...stated },
      { name: `found.${String(index + 1)}`, unit, decimals, required: false, ...stated },
    ]),
  ];
}

type Bound = FindingContent['figures'][number];

/** What is wrong with one figure that it binds to: it must be cited, in its unit, with the value that was anchored. */
function figureFault({ record, figure, unit }: Bound, index: number, scope: Input['scope']): Fault[] {
  const place = `figures/${String(index)}`;
  const name = `anchored.${String(index + 1)}`;
  const own = evidenceOf(scope)
    .find(({ key }) => key === record)
    ?.figures.get(figure);
  if (own === undefined) return [contentFault(place, `${record} is not cited, or has no ${figure}`)];
  if (own.unit !== unit) return [contentFault(`${place}/unit`, `${figure} is in ${own.unit}`)];
  if (own.value === scope.figures.get(name)?.value) return [];
  const message = `${record}#${figure} is anchored with another value`;
  return [{ path: `/figures/${name}`, code: 'FIGURE_MISMATCH', message }];
}

function evidenceOf(scope: Input['scope']): readonly RecordScope[] {
  return [...(scope.cited.get('evidence') ?? []), ...(scope.cited.get('questioned') ?? [])];
}

function documentFaults({ content, scope }: Input): Fault[] {
  return content.documents.flatMap(({ record, document }, index) => {
    const names = evidenceOf(scope)
      .find(({ key }) => key === record)
      ?.record.documents.map(({ name }) => name);
    return names?.includes(document) === true
      ? []
      : [contentFault(`documents/${String(index)}`, `${record} is not cited, or has no ${document}`)];
  });
}

function boundFaults(input: Input): Fault[] {
  const { content, scope } = input;
  const isBound = content.figures.length + content.documents.length > 0;
  return [
    ...content.figures.flatMap((bound, index) => figureFault(bound, index, scope)),
    ...documentFaults(input),
    ...(isBound ? [] : [contentFault('figures', 'a finding binds to a figure or a document')]),
  ];
}

/** Found by whom the inspection names, in what it covers. */
function inspectionFaults({ record, scope }: Input): Fault[] {
  const [inspection] = citedOf(scope, 'inspection', 'inspection');
  if (inspection === undefined) return [];
  const { covered = [], inspectors = [] } = inspection.content;
  const { uscc, period } = record.subject;
  const faults: Fault[] = [];
  const isNamed = inspectors.some(({ party }) => party === record.issuer);
  if (!isNamed && inspection.scope.record.issuer !== record.issuer)
    faults.push({
      path: '/issuer',
      code: 'NOT_ALLOWED_TO_FILE',
      message: `${record.issuer} is no inspector of ${inspection.scope.key}`,
    });
  if (!covered.some((one) => one.uscc === uscc && one.years.includes(period.slice(0, 4))))
    faults.push({
      path: '/subject',
      code: 'NOT_ALLOWED_TO_FILE',
      message: `${inspection.scope.key} does not cover ${uscc} in ${period}`,
    });
  return faults;
}

function docketOf({ record }: Pick<EffectInput<unknown>, 'record'>): string {
  return record.cites.find(({ role }) => role === 'inspection')?.key ?? '';
}

function ownKey({ record: { subject, kind } }: Pick<EffectInput<unknown>, 'record'>): string {
  return `${subject.uscc}/${subject.unit}/${subject.period}/${kind}`;
}

/** 检查问题, bound to the very values that were anchored, with what hangs on it in tonnes. */
export const finding: RecordTypeSpec<FindingContent> = {
  type: 'finding',
  title: { en: 'Finding', zh: '检查问题' },
  content: findingContent,
  filed: [
    { by: 'inspector', as: 'party' },
    { by: 'city-authority', as: 'region' },
    { by: 'province-authority', as: 'region' },
    { by: 'national-authority', as: 'nation' },
  ],
  number: true,
  unit: 'unit-or-plant',
  period: 'any',
  process: 'finding',
  cites: () => [
    { role: 'inspection', type: 'inspection', min: 1, max: 1, acts: true },
    { role: 'evidence', type: 'any', min: 0, max: 40, same: ['uscc'] },
    {
      ...{ role: 'questioned', type: 'monthly-evidence', min: 0, max: 12 },
      same: ['uscc', 'year'],
      acts: true,
      onlyNamed: true,
    },
  ],
  acts: () => [
    { role: 'inspection', trigger: 'finding' },
    { role: 'questioned', trigger: 'finding' },
  ],
  figures: figureSpecs,
  effects: (input) =>
    docketOf(input) === '' ? [] : [{ do: 'enter-item', docket: docketOf(input), item: ownKey(input) }],
  undo: (input) =>
    docketOf(input) === '' ? [] : [{ do: 'strike-item', docket: docketOf(input), item: ownKey(input) }],
  check: (input) => [...boundFaults(input), ...inspectionFaults(input)],
  example: {
    clause: '核算与报告指南 燃料消耗量',
    seen: '9月入炉煤量与皮带秤原始读数不一致',
    figures: [
      {
        record: '91140000MA0FAKE01X/U1/2024-09/monthly-evidence',
        figure: 'coalConsumption_t',
        unit: 't',
        decimals: 2,
      },
    ],
    documents: [],
  },
};
