import { z } from 'zod';
import { formatDecimal, parseDecimal } from '../../decimal';
import type { Fault } from '../../errors';
import { bucketOf, formatBusinessKey } from '../../identifiers';
import type { FigureSpec } from '../../methodology/spec';
import type { LedgerRecord } from '../../records/record';
import { citedOf } from '../cited';
import { dueTerms } from '../due-terms';
import { contentFault, decimalSchema, numberSchema, ruleFault, textSchema, titled, titledChoice } from '../content';
import { verifiedEffect } from '../offset-account';
import { nonconformityFaults } from '../nonconformities';
import { sampleFaults, verificationSampleSchema } from '../verification-sample';
import {
  citesMethodology,
  type CheckInput,
  type CitationRule,
  type ConditionInput,
  type RecordTypeSpec,
} from '../spec';

const conformitySchema = z.strictObject({
  guideline: titled(z.boolean(), 'With the accounting guideline', '符合核算与报告指南'),
  plan: titled(z.boolean(), 'With the quality control plan', '符合数据质量控制方案'),
  statement: titled(textSchema.optional(), 'Statement', '说明'),
});

/** 核查前、核查后、是否一致、原因. */
const confirmedSchema = z.strictObject({
  figure: titled(z.string().max(120), 'Figure', '数据项'),
  before: titled(decimalSchema, 'Before', '核查前'),
  after: titled(decimalSchema, 'After', '核查后'),
  same: titled(z.boolean(), 'The same', '是否一致'),
  reason: titled(textSchema.optional(), 'Reason', '原因'),
});

const verificationConclusionContent = z.strictObject({
  reportNo: titled(numberSchema, 'Number of the verification report', '核查报告编号'),
  /** `changed`: the verified emission differs from the reported one, for the reason given. */
  result: titledChoice(
    {
      confirmed: { en: 'As reported', zh: '与报告一致' },
      changed: { en: 'Differs from the report', zh: '与报告不一致' },
    },
    'Result',
    '核查结果',
  ),
  reason: titled(textSchema.optional(), 'Reason of the change', '变更原因'),
  conformity: titled(conformitySchema, 'Conformity', '符合性'),
  /** Public figures of the report; what is changed is among them. */
  confirmed: titled(z.array(confirmedSchema).max(40).optional(), 'Confirmed figures', '核查确认数据'),
  /** Against the conclusion of the year before, where the ledger has one. */
  yearChange: titled(
    z
      .strictObject({
        percent: titled(decimalSchema, 'Change, %', '变化率（%）'),
        reason: titled(textSchema.optional(), 'Reason', '原因'),
      })
      .optional(),
    'Change against last year',
    '较上年变化',
  ),
  /** 核查过程中未覆盖或需特别说明的问题. */
  uncovered: titled(z.array(textSchema).max(40).optional(), 'Problems not covered', '未覆盖的问题'),
  samples: titled(z.array(verificationSampleSchema).min(1).max(8).optional(), 'Samples', '抽样'),
});
export type VerificationConclusionContent = z.infer<typeof verificationConclusionContent>;
type Input = CheckInput<VerificationConclusionContent>;
type Conditions = ConditionInput<VerificationConclusionContent>;

const EMISSION = 'emission_tCO2';

const unverified = 'the verified emission is missing';

/**
 * Interim regulation (国令775) art. 13: who prepared a report may not verify it. Who prepared any report of the year was
 * engaged for it, so the roster of the year tells, whichever unit it was and whatever the report at hand names.
 */
async function preparerFaults({ record, scope, state }: Conditions): Promise<Fault[]> {
  const { uscc, period } = record.subject;
  const roster = await state.get('engaged', `${uscc}/${period}`);
  const hasPrepared = (roster?.engaged ?? []).some(({ party, as }) => party === record.issuer && as === 'preparation');
  const isNamed = citedOf(scope, 'annual-report', 'annual-report').some(
    ({ content }) => content.preparer === record.issuer,
  );
  return hasPrepared || isNamed ? [ruleFault('R-D08', '/issuer', 'the preparer of the report may not verify it')] : [];
}

function reported(scope: Input['scope'], name: string): string | undefined {
  return scope.cited.get('annual-report')?.[0]?.record.totals[name]?.value;
}

/** R-L35: the conclusion's figure is the report's, or a reason stands. */
function resultFaults({ content, scope }: Input): Fault[] {
  const verified = scope.figures.get('verifiedEmission_tCO2')?.value;
  if (content.result === 'confirmed')
    return verified === reported(scope, EMISSION)
      ? []
      : [
          contentFault(
            'result',
            verified === undefined ? unverified : `${verified} t was verified, not what the report says`,
          ),
        ];
  return content.reason === undefined ? [contentFault('reason', 'a changed result needs its reason')] : [];
}

function emissionRowFaults({ content, scope }: Input): Fault[] {
  const row = content.confirmed?.find(({ figure }) => figure === EMISSION);
  const verified = scope.figures.get('verifiedEmission_tCO2')?.value;
  const refuse = (message: string): Fault[] => [ruleFault('R-L35', '/content/confirmed', message)];
  if (row === undefined)
    return content.result === 'changed' ? refuse(`a changed result shows ${EMISSION} before and after`) : [];
  if (verified === undefined) return refuse(unverified);
  return row.after === verified ? [] : refuse(`${EMISSION} after verification is ${verified}`);
}

function rowFaults({ content, scope }: Input): Fault[] {
  return (content.confirmed ?? []).flatMap(({ figure, before, after, same, reason }, index) => {
    const place = `confirmed/${String(index)}`;
    const own = reported(scope, figure);
    const faults: Fault[] = [];
    if (own === undefined) faults.push(contentFault(`${place}/figure`, `${figure} is no public figure of the report`));
    else if (own !== before) faults.push(ruleFault('R-L35', `/content/${place}/before`, `the report says ${own}`));
    if (same !== (before === after)) faults.push(contentFault(`${place}/same`, `${before} and ${after}`));
    if (before !== after && reason === undefined)
      faults.push(contentFault(`${place}/reason`, 'a change needs its reason'));
    return faults;
  });
}

function deltaOf(content: VerificationConclusionContent): string {
  const row = content.confirmed?.find(({ figure }) => figure === EMISSION);
  return row === undefined ? '0' : formatDecimal(parseDecimal(row.after).minus(row.before), 0);
}

/** What units were changed by, the plant is changed by. */
function plantFaults({ content, record, scope }: Input): Fault[] {
  if (record.subject.unit !== 'PLANT') return [];
  const units = citedOf(scope, 'unit-conclusion', 'verification-conclusion');
  const own = citedOf(scope, 'conservative-estimate', 'nonconformity-response');
  const expected = units.reduce((sum, unit) => sum + BigInt(deltaOf(unit.content)), 0n);
  const got = BigInt(deltaOf(content));
  if (own.length > 0 || expected === got || (expected === 0n && content.result === 'changed')) return [];
  const message = `the conclusions of the units change the emission by ${String(expected)} t, this one by ${String(got)} t`;
  return [ruleFault('R-L24', '/content/confirmed', message, { expected: String(expected), got: String(got) })];
}

function outcomeFaults({ scope }: Input): Fault[] {
  const wrong = (role: string, outcome: string): Fault[] =>
    citedOf(scope, role, 'nonconformity-response')
      .filter(({ content }) => content.outcome !== outcome)
      .map(({ scope: cited }) => ({
        path: '/cites',
        code: 'CITATION_MISMATCH',
        message: `${cited.key} is not ${outcome}`,
      }));
  return [...wrong('correction', 'corrected'), ...wrong('conservative-estimate', 'conservative')];
}

/** R-L36: a change against last year beyond the limit of the parameters has a reason; without a limit any change has. */
function yearFaults({ content, scope }: Input): Fault[] {
  const [last] = citedOf(scope, 'last-conclusion', 'verification-conclusion');
  const { yearChange } = content;
  if (last === undefined)
    return yearChange === undefined ? [] : [contentFault('yearChange', 'no conclusion of the year before is cited')];
  const percent = changeAgainst(last.scope, scope);
  if (percent === undefined) return [];
  if (yearChange?.percent !== percent)
    return [ruleFault('R-L36', '/content/yearChange/percent', `against ${last.scope.key} it is ${percent} %`)];
  return isUnexplained(percent, yearChange.reason, scope)
    ? [ruleFault('R-L36', '/content/yearChange/reason', `a change of ${percent} % needs its reason`)]
    : [];
}

/** Percent with two decimals; undefined where there is nothing to divide by. */
function changeAgainst(last: Input['scope'], scope: Input['scope']): string | undefined {
  const before = last.figures.get('verifiedEmission_tCO2')?.value;
  const after = scope.figures.get('verifiedEmission_tCO2')?.value;
  if (before === undefined || after === undefined || parseDecimal(before).isZero()) return undefined;
  return formatDecimal(parseDecimal(after).div(before).minus(1).times(100), 2);
}

function isUnexplained(percent: string, reason: string | undefined, scope: Input['scope']): boolean {
  const [parameters] = citedOf(scope, 'parameters', 'parameter');
  const limit = parameters?.content.values['verification.yearChange_pct']?.value ?? '0';
  return reason === undefined && parseDecimal(percent).abs().gt(limit);
}

const yearBefore = ({ period }: LedgerRecord['subject']): string => String(Number(period) - 1);

/** The conclusion of the year before is compared with where the ledger has one. */
async function lastYearFaults({ record, state }: Conditions): Promise<Fault[]> {
  const { subject } = record;
  const period = yearBefore(subject);
  const heads = (await state.get('head', bucketOf({ ...subject, period }))) ?? {};
  const head = heads[`${period}/verification-conclusion`];
  if (head === undefined || head.s !== undefined) return [];
  if (record.cites.some(({ role, record: id }) => role === 'last-conclusion' && id === `rec:${head.r}`)) return [];
  const message = `R-L36: the conclusion of ${period} stands on the ledger and is cited as last-conclusion`;
  const key = formatBusinessKey({ ...subject, period }, 'verification-conclusion');
  const details = { rule: 'R-L36', role: 'last-conclusion', key, record: `rec:${head.r}` };
  return [{ path: '/cites', code: 'CITATION_MISSING', message, details }];
}

function citations({ subject }: LedgerRecord): readonly CitationRule[] {
  const same = ['uscc', 'unit', 'year'] as const;
  const ofUnit = ['uscc', 'unit'] as const;
  const period = yearBefore(subject);
  const role = 'unit-conclusion';
  const answered = { type: 'nonconformity-response', min: 0, max: 99, same } as const;
  return [
    ...citesMethodology,
    { role: 'annual-report', type: 'annual-report', min: 1, max: 1, same, acts: true },
    { role: 'nonconformity', type: 'nonconformity', min: 0, max: 99, same, acts: true },
    { role: 'correction', ...answered, says: { outcome: 'corrected' } },
    { role: 'conservative-estimate', ...answered, says: { outcome: 'conservative' } },
    { role: 'last-conclusion', type: 'verification-conclusion', min: 0, max: 1, same: ofUnit, period },
    ...(subject.unit === 'PLANT'
      ? ([
          {
            ...{ role, type: 'verification-conclusion', min: 1, max: 40, same: ['uscc', 'year'] },
            ...{ of: 'units', everyUnit: true },
          },
        ] as CitationRule[])
      : []),
  ];
}

/** What the enterprise estimates conservatively is added to what it reported. */
const conservativeCase: FigureSpec['cases'][number] = {
  id: 'E.verified.conservative',
  when: [{ cited: 'conservative-estimate', is: true }],
  expression: 'E + sum(x)',
  inputs: {
    E: { from: 'annual-report', figure: EMISSION },
    x: { from: 'conservative-estimate', figure: 'increase_tCO2' },
  },
  basis: 'CETS-VG-01.01-V02-2026 校准规则',
};

function withEstimates(specs: readonly FigureSpec[], { subject }: LedgerRecord): readonly FigureSpec[] {
  if (subject.unit === 'PLANT') return specs;
  return specs.map((spec) =>
    spec.name === 'verifiedEmission_tCO2' ? { ...spec, cases: [conservativeCase, ...spec.cases] } : spec,
  );
}

/** 核查结论: what was verified, by what it was changed, what remains; refused while a nonconformity is open, and closes them all. */
export const verificationConclusion: RecordTypeSpec<VerificationConclusionContent> = {
  type: 'verification-conclusion',
  title: { en: 'Verification conclusion', zh: '核查结论' },
  content: verificationConclusionContent,
  filed: [{ by: 'verifier', as: 'engaged' }],
  unit: 'unit-or-plant',
  period: 'year',
  process: 'contestable',
  follows: 'annual-report',
  due: dueTerms['verification-conclusion'],
  cites: citations,
  acts: () => [
    { role: 'annual-report', trigger: 'verification-conclusion' },
    { role: 'nonconformity', trigger: 'verification-conclusion' },
  ],
  effects: ({ record }) => verifiedEffect(record, record.totals['verifiedEmission_tCO2']?.value ?? null),
  // Its report stays verified until the next version says how; nobody builds on the conclusion meanwhile.
  undo: ({ record }) => verifiedEffect(record, null),
  amends: withEstimates,
  check: (input) => [
    ...resultFaults(input),
    ...emissionRowFaults(input),
    ...rowFaults(input),
    ...plantFaults(input),
    ...outcomeFaults(input),
    ...yearFaults(input),
    ...sampleFaults(
      input.content.samples ?? [],
      input.record.subject.uscc,
      input.scope.cited.get('annual-report')?.[0]?.record,
    ),
  ],
  conditions: async (input) => [
    ...(await preparerFaults(input)),
    ...(await nonconformityFaults(input.record, input.state)),
    ...(await lastYearFaults(input)),
  ],
  example: {
    reportNo: 'SX-HBHC-AKE01X-2024-V1',
    result: 'confirmed',
    conformity: { guideline: true, plan: true },
    uncovered: [],
  },
};
