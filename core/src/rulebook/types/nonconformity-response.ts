import { z } from 'zod';
import { parseDecimal } from '../../decimal';
import type { Fault } from '../../errors';
import { parseBusinessKey } from '../../identifiers';
import type { Condition, FigureSpec } from '../../methodology/spec';
import type { LedgerRecord } from '../../records/record';
import { numberOf } from '../authority';
import { contentFault, ruleFault, textSchema, titled, titledChoice } from '../content';
import type { ActingRecord, CheckInput, CitationRule, RecordTypeSpec } from '../spec';

const responseContent = z.strictObject({
  outcome: titledChoice(
    { corrected: { en: 'Corrected', zh: '已更正' }, conservative: { en: 'Estimated conservatively', zh: '保守估算' } },
    'Outcome',
    '处理方式',
  ),
  measure: titled(textSchema, 'Measure', '整改措施'),
  /** Of a conservative estimate: what the meter was found to be, by the calibration rule of the verification guide. */
  calibration: titledChoice(
    {
      'out-of-class': { en: 'Worse than its class', zh: '准确度低于规定等级' },
      'not-calibrated': { en: 'Not calibrated', zh: '未校准' },
      late: { en: 'Calibrated late', zh: '延迟校准' },
    },
    'Calibration',
    '校准情况',
  ).optional(),
  /** Kind of meter: names the accuracy class that the parameters ask for, `calibration.class_pct.belt-scale`. */
  meter: titled(
    z
      .string()
      .regex(/^[a-z][a-z-]{1,39}$/)
      .optional(),
    'Kind of meter',
    '计量器具类别',
  ),
});
type ResponseContent = z.infer<typeof responseContent>;
type Input = CheckInput<ResponseContent>;

const BASIS = 'CETS-VG-01.01-V02-2026 校准规则';
const isOutOfClass: Condition = { of: { content: 'calibration' }, op: 'in', value: ['out-of-class'] };

function figure(name: string, unit: string, decimals: number, more: Partial<FigureSpec>): FigureSpec {
  return { name, unit, decimals, visibility: 'private', required: true, stated: false, cases: [], ...more };
}

const self = (name: string): { from: string; figure: string } => ({ from: 'self', figure: name });

/**
 * The calibration rule for activity data: × [1 + (found − required)] where the meter was found worse than its class; ×
 * (1 + required class) where it was not calibrated or too late, for the quantity that no valid calibration covers.
 */
const conservativeFigures: readonly FigureSpec[] = [
  figure('uncovered_t', 't', 2, { stated: true }),
  figure('foundError_pct', '%', 2, { stated: true, required: false }),
  figure('requiredClass_pct', '%', 2, {
    cases: [
      {
        id: 'calibration.class',
        expression: 'c',
        inputs: { c: { parameter: 'calibration.class_pct', by: { content: 'meter' } } },
        basis: BASIS,
      },
    ],
  }),
  figure('excess_t', 't', 2, {
    cases: [
      {
        id: 'calibration.out-of-class',
        when: [isOutOfClass],
        expression: 'FC * (found - class) / 100',
        inputs: { FC: self('uncovered_t'), found: self('foundError_pct'), class: self('requiredClass_pct') },
        basis: BASIS,
      },
      {
        id: 'calibration.class-added',
        expression: 'FC * class / 100',
        inputs: { FC: self('uncovered_t'), class: self('requiredClass_pct') },
        basis: BASIS,
      },
    ],
  }),
  figure('increase_tCO2', 'tCO2', 2, {
    visibility: 'public',
    cases: [
      {
        id: 'calibration.emission',
        expression: 'FC * Car * OF / 100 * 44 / 12',
        inputs: {
          FC: self('excess_t'),
          Car: { from: 'evidence', figure: 'Car_tC_t' },
          OF: { parameter: 'OF' },
        },
        basis: BASIS,
      },
    ],
  }),
];

function isConservative({ content }: Pick<LedgerRecord, 'content'>): boolean {
  return content['outcome'] === 'conservative';
}

function citations(record: LedgerRecord): readonly CitationRule[] {
  const same = ['uscc', 'unit', 'year'] as const;
  const shared: CitationRule[] = [
    { role: 'nonconformity', type: 'nonconformity', min: 1, max: 1, same, acts: true },
    { role: 'annual-report', type: 'annual-report', min: 1, max: 1, same, acts: true },
  ];
  if (isConservative(record))
    return [
      ...shared,
      { role: 'parameters', type: 'parameter', min: 1, max: 1, same: ['year'] },
      { role: 'evidence', type: 'monthly-evidence', min: 1, max: 1, same },
    ];
  return [...shared, { role: 'supersession', type: 'supersession', min: 1, max: 40, same: ['uscc', 'year'] }];
}

/** An answer carries the number of what it answers. */
function numberFaults({ record }: Input): Fault[] {
  const answered = record.cites.find(({ role }) => role === 'nonconformity');
  const number = answered && numberOf(parseBusinessKey(answered.key).kind);
  return number === undefined || number === numberOf(record.kind)
    ? []
    : [{ path: '/kind', code: 'BAD_RECORD', message: `the kind must be nonconformity-response.${number}` }];
}

function fieldFaults({ content }: Input): Fault[] {
  const names = ['calibration', 'meter'] as const;
  const wants = content.outcome === 'conservative';
  return names
    .filter((name) => (content[name] !== undefined) !== wants)
    .map((name) =>
      contentFault(name, wants ? 'a conservative estimate says which' : 'belongs to a conservative estimate'),
    );
}

/** A corrected report cites none of what was superseded: it is there anew, so the supersession is of this very report or below. */
function quantityFaults({ scope }: Input): Fault[] {
  const uncovered = scope.figures.get('uncovered_t')?.value;
  const [month] = scope.cited.get('evidence') ?? [];
  const read = month?.figures.get('coalConsumption_t')?.value;
  if (uncovered === undefined || read === undefined) return [];
  if (!parseDecimal(uncovered).isNegative() && parseDecimal(uncovered).lte(read)) return [];
  return [ruleFault('R-L19', '/figures/uncovered_t', `${uncovered} t is not part of the month’s ${read} t`)];
}

function errorFaults({ content, scope }: Input): Fault[] {
  const found = scope.figures.get('foundError_pct')?.value;
  const required = scope.figures.get('requiredClass_pct')?.value;
  const isAsked = content.calibration === 'out-of-class';
  if ((found !== undefined) !== isAsked)
    return [
      ruleFault(
        'R-L19',
        '/figures/foundError_pct',
        isAsked ? 'the error that was found is missing' : 'no error was found',
      ),
    ];
  if (found === undefined || required === undefined || parseDecimal(found).gt(required)) return [];
  return [ruleFault('R-L19', '/figures/foundError_pct', `${found} % is within the class of ${required} %: as read`)];
}

function outcomeActions({ content }: ActingRecord): { role: string; trigger: string }[] {
  const trigger = `nonconformity-response:${String(content['outcome'])}`;
  return [
    { role: 'nonconformity', trigger },
    { role: 'annual-report', trigger },
  ];
}

/** 不符合项整改: what was wrong was corrected by a supersession, or is estimated conservatively by the calibration rule. */
export const nonconformityResponse: RecordTypeSpec<ResponseContent> = {
  type: 'nonconformity-response',
  title: { en: 'Response to a nonconformity', zh: '不符合项整改' },
  content: responseContent,
  filed: [{ by: 'enterprise', as: 'self' }],
  number: true,
  unit: 'unit-or-plant',
  period: 'year',
  process: 'continued',
  cites: citations,
  acts: outcomeActions,
  undo: 'refused',
  figures: (record) => (isConservative(record) ? conservativeFigures : []),
  check: (input) => [
    ...numberFaults(input),
    ...fieldFaults(input),
    ...(input.content.outcome === 'conservative' ? [...quantityFaults(input), ...errorFaults(input)] : []),
  ],
  example: {
    outcome: 'conservative',
    measure: '补充校验，未覆盖期间保守估算',
    calibration: 'late',
    meter: 'belt-scale',
  },
};
