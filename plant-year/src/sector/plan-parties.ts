import type { PlanRecord } from '../plan';
import { constant, planRecord } from '../plan-builder';
import { factsOf, keyOf, type SectorContext, statedFigures, subjectOf } from './filed';
import type { Lab, SectorUnit, TestReport } from './sector-year';

interface Engaged {
  readonly purpose: 'testing' | 'verification';
  readonly party: { readonly uscc: string } | undefined;
  readonly by: string;
  readonly pointer: string;
}

function planEngagement(context: SectorContext, { purpose, party, by, pointer }: Engaged): PlanRecord[] {
  const { year } = context.file;
  if (party === undefined) return [];
  return [
    planRecord({
      kind: `engagement.${purpose}`,
      issuer: by,
      subject: subjectOf(context, '-', year),
      pointer,
      content: { ...factsOf({ party: party.uscc }, pointer), contractNo: constant(`${year}-${purpose}`) },
      registration: true,
    }),
  ];
}

/** Who tests for the enterprise, and whom the province engages to verify the year. */
export function planEngagements(context: SectorContext): PlanRecord[] {
  const { lab, verifier, enterprise } = context.file;
  return [
    ...planEngagement(context, { purpose: 'testing', party: lab, by: enterprise.uscc, pointer: '/lab' }),
    ...planEngagement(context, {
      ...{ purpose: 'verification', party: verifier, pointer: '/verifier' },
      by: context.ledger.provinceAuthority,
    }),
  ];
}

export function sortedMonths<Month>(months: Readonly<Record<string, Month>>): [string, Month][] {
  return Object.entries(months).sort(([a], [b]) => (a < b ? -1 : 1));
}

interface Tested {
  readonly unit: string;
  readonly month: string;
  readonly test: TestReport;
  readonly pointer: string;
}

/** What the laboratory anchors for a month: the arrival of the sample, then its report. */
function planTest(context: SectorContext, lab: Lab, { unit, month, test, pointer }: Tested): PlanRecord[] {
  const { figures, reportNo, sampleKind, received, ...days } = test;
  const shared = { issuer: lab.uscc, subject: subjectOf(context, unit, month), pointer };
  const sample = { ...factsOf({ sampleKind, received }, pointer), sampleMonth: constant(month) };
  const readers = context.file.verifier === undefined ? [] : [context.file.verifier.uscc];
  return [
    planRecord({
      ...{ ...shared, kind: 'sample-receipt' },
      content: { ...sample, sampleNo: constant(`${unit}-${month}`) },
    }),
    planRecord({
      ...{ ...shared, kind: 'test-report', readers },
      cites: { 'sample-receipt': [keyOf(context, unit, month, 'sample-receipt')] },
      content: {
        ...sample,
        ...factsOf({ reportNo, ...days }, pointer),
        ...factsOf({ qualification: lab.cmaNo }, '/lab'),
      },
      figures: statedFigures(figures, `${pointer}/figures`),
    }),
  ];
}

export function planTests(context: SectorContext, unit: SectorUnit, pointer: string): PlanRecord[] {
  const { lab } = context.file;
  if (lab === undefined) return [];
  return sortedMonths(unit.months).flatMap(([month, { test }]) =>
    test === undefined
      ? []
      : planTest(context, lab, { unit: unit.id, month, test, pointer: `${pointer}/months/${month}/test` }),
  );
}
