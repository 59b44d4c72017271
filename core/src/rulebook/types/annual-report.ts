import { z } from 'zod';
import type { Fault } from '../../errors';
import { parseBusinessKey } from '../../identifiers';
import { standingReports } from '../carbon-tests';
import { citedOf } from '../cited';
import { dueTerms } from '../due-terms';
import { contentFault, ruleFault, textSchema, titled } from '../content';
import { usccSchema } from '../../records/fields';
import { citesMethodology, type ConditionInput, type RecordTypeSpec } from '../spec';
import { monthsInService } from '../units';

const annualReportContent = z.strictObject({
  /** Who prepared the report (报告编制机构), where not the enterprise itself. */
  preparer: titled(usccSchema.nullable(), 'Preparer', '报告编制机构'),
  title: titled(textSchema, 'Title', '报告名称'),
  /** Why the year differs much from the one before: R-L36. */
  changeReason: titled(textSchema.optional(), 'Reason of the change', '改动原因'),
});
export type AnnualReportContent = z.infer<typeof annualReportContent>;
type Input = ConditionInput<AnnualReportContent>;

/** R-L15: the months that a year is made of, each once. */
function wholeFaults(expected: readonly string[], scope: Input['scope']): Fault[] {
  const cited = (scope.cited.get('monthly-evidence') ?? []).map((month) => month.record.subject.period);
  const missing = expected.filter((month) => !cited.includes(month));
  const surplus = cited.filter((month) => !expected.includes(month));
  return missing.length === 0 && surplus.length === 0
    ? []
    : [
        ruleFault(
          'R-L15',
          '/cites',
          `cite the months of service, each once; missing: ${missing.join(', ') || 'none'}`,
          {
            missing,
            surplus,
          },
        ),
      ];
}

/** R-L15: a year is its months, each once: those in which the unit was in service. */
async function monthFaults({ record, scope, state }: Input): Promise<Fault[]> {
  const { uscc, unit, period } = record.subject;
  const roster = await state.get('units', uscc);
  const own = roster?.units.find(({ id }) => id === unit);
  const expected = own === undefined ? [] : monthsInService(own, period);
  return wholeFaults(expected, scope);
}

/** A sector that balances its enterprise as a whole, month by month, makes its year of all months in which a unit was in service. */
async function plantMonthFaults({ record, scope, state }: Input): Promise<Fault[]> {
  const [methodology] = citedOf(scope, 'methodology', 'methodology');
  const asked = methodology?.content.profile?.['annual-report@plant']?.cites['monthly-evidence'];
  const { uscc, period } = record.subject;
  const units = (await state.get('units', uscc))?.units ?? [];
  const expected =
    asked === undefined ? [] : [...new Set(units.flatMap((unit) => monthsInService(unit, period)))].sort();
  return wholeFaults(expected, scope);
}

/** A report that came after its month was filed changes the month first (R-L16). */
async function overlookedReports({ scope, state }: Input): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const month of scope.cited.get('monthly-evidence') ?? []) {
    const cited = new Set(month.record.cites.map(({ record: id }) => id));
    for (const { key, record } of await standingReports(state, scope, month.record.subject.period)) {
      if (cited.has(record)) continue;
      const message = `${month.key} was filed without ${key}, which stands for its month: correct it first`;
      faults.push(ruleFault('R-L16', '/cites', message, { rule: 'R-L16', month: month.key, report: record }));
    }
  }
  return faults;
}

/** Where the parameters of the year ask for it (`review.acceptedMonths` is 1), a year is made of accepted months only. */
async function acceptanceFaults({ record, scope, state }: Input): Promise<Fault[]> {
  const [parameters] = citedOf(scope, 'parameters', 'parameter');
  if (parameters?.content.values['review.acceptedMonths']?.value !== '1') return [];
  const faults: Fault[] = [];
  for (const [index, { role, key }] of record.cites.entries()) {
    if (role !== 'monthly-evidence') continue;
    const { s: found } = (await state.get('case', `three-level-review/${key}`)) ?? { s: '-' };
    if (found === 'ACCEPTED') continue;
    const message = `${parseBusinessKey(key).period} is ${found}, not accepted by the province`;
    faults.push({
      path: `/cites/${String(index)}`,
      code: 'STATE_CONFLICT',
      message,
      details: { key, state: found, asked: 'ACCEPTED' },
    });
  }
  return faults;
}

/** Who prepares is engaged for it: so who prepared any part of the year is known, and may not verify it (R-D08). */
async function preparerFaults({ content, record, state }: Input): Promise<Fault[]> {
  const { preparer } = content;
  if (preparer === null) return [];
  const { uscc, period } = record.subject;
  const roster = await state.get('engaged', `${uscc}/${period}`);
  const isEngaged = (roster?.engaged ?? []).some(({ party, as }) => party === preparer && as === 'preparation');
  return isEngaged
    ? []
    : [contentFault('preparer', `${preparer} is not engaged for preparation in ${period}`, {}, 'NOT_ENGAGED')];
}

const sameUnit = ['uscc', 'unit', 'year'] as const;

/** 年度排放报告 of one unit, from its months; of the plant, from its units. */
export const annualReport: RecordTypeSpec<AnnualReportContent> = {
  type: 'annual-report',
  title: { en: 'Annual emission report', zh: '年度排放报告' },
  content: annualReportContent,
  filed: [{ by: 'enterprise', as: 'self' }],
  unit: 'unit-or-plant',
  period: 'year',
  process: 'annual-report',
  cites: ({ subject }) => [
    ...citesMethodology,
    ...(subject.unit === 'PLANT'
      ? ([
          {
            role: 'unit-report',
            type: 'annual-report',
            min: 1,
            max: 40,
            same: ['uscc', 'year'],
            of: 'units',
            everyUnit: true,
          },
          // Of a sector whose enterprise is balanced as a whole, beside its processes (steel).
          { role: 'monthly-evidence', type: 'monthly-evidence', min: 0, max: 12, same: sameUnit },
        ] as const)
      : ([
          { role: 'quality-control-plan', type: 'quality-control-plan', min: 1, max: 1, same: sameUnit },
          { role: 'monthly-evidence', type: 'monthly-evidence', min: 1, max: 12, same: sameUnit },
        ] as const)),
  ],
  due: dueTerms['annual-report'],
  expected: 'of-units-and-plant',
  conditions: async (input) => {
    const preparer = await preparerFaults(input);
    if (input.record.subject.unit === 'PLANT') return [...preparer, ...(await plantMonthFaults(input))];
    return [
      ...preparer,
      ...(await monthFaults(input)),
      ...(await overlookedReports(input)),
      ...(await acceptanceFaults(input)),
    ];
  },
  example: { preparer: null, title: '2024 年度排放报告' },
};
