import { evidenceDue, formatBusinessKey, reviewKind } from '@carbon-ledger/core';
import type { PlanLedger, PlanRecord } from '../plan';
import { constant, planRecord } from '../plan-builder';
import { factsOf, filed, keyOf, type SectorContext, subjectOf } from './filed';
import { planAllowances, planConclusions, planEngagement } from './plan-compliance';
import type { SectorUnit, SectorYear, Statement } from './sector-year';

function planFacility(context: SectorContext): PlanRecord[] {
  const { enterprise, units, year } = context.file;
  const shared = { subject: subjectOf(context, '-', '-'), pointer: '/enterprise', registration: true as const };
  const registered = units.map(({ id, name, facilityCode }) => ({
    ...{ id, name, permitNo: enterprise.permitNo, facilityCode },
    ...{ boilers: [], turbines: [], generators: [], from: `${year}-01-01`, to: null },
  }));
  return [
    planRecord({ ...shared, kind: 'facility', issuer: enterprise.uscc, content: { units: constant(registered) } }),
    planRecord({
      ...shared,
      kind: reviewKind('province', 'facility'),
      issuer: context.ledger.provinceAuthority,
      cites: { reviewed: [formatBusinessKey(shared.subject, 'facility')] },
      content: { decision: constant('accept'), reasons: constant([]) },
    }),
  ];
}

function planListing({ file, ledger }: SectorContext): PlanRecord {
  const entry = { uscc: file.enterprise.uscc, sector: file.sector, listed: true, reason: '纳入全国碳市场' };
  return planRecord({
    kind: `emitter-list.${file.enterprise.uscc}`,
    issuer: ledger.provinceAuthority,
    subject: { uscc: ledger.provinceAuthority, unit: '-', period: file.year },
    pointer: '/enterprise',
    content: { entries: constant([entry]) },
    registration: true,
  });
}

function planOfUnit(context: SectorContext, unit: SectorUnit, pointer: string): PlanRecord {
  const { name, facilityCode, product, plan } = unit;
  return filed(context, {
    ...{ unit: unit.id, period: context.file.year, kind: 'quality-control-plan', pointer },
    content: {
      ...factsOf({ unitName: name, facilityCode, product }, pointer),
      ...factsOf(plan, `${pointer}/plan`),
    },
  });
}

interface MonthOf {
  readonly unit: string;
  readonly month: string;
  readonly statement: Statement;
  readonly pointer: string;
  readonly cites: Readonly<Record<string, readonly string[]>>;
}

function evidence(context: SectorContext, { unit, month, statement, pointer, cites }: MonthOf): PlanRecord {
  const content = {
    carbonBasis: constant('not-applicable'),
    dailyRecords: constant(false),
    due: constant(evidenceDue(month)),
  };
  return filed(context, { unit, period: month, kind: 'monthly-evidence', pointer, cites, content, statement });
}

function monthsOf(context: SectorContext, unit: SectorUnit, pointer: string): PlanRecord[] {
  const plan = keyOf(context, unit.id, context.file.year, 'quality-control-plan');
  return Object.entries(unit.months)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, statement]) =>
      evidence(context, {
        ...{ unit: unit.id, month, statement, pointer: `${pointer}/months/${month}` },
        cites: { 'quality-control-plan': [plan] },
      }),
    );
}

/** The enterprise's own months, of a sector that balances it as a whole. */
function plantMonths(context: SectorContext): PlanRecord[] {
  const { plant, units } = context.file;
  return Object.entries(plant.months)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, statement]) => {
      const inMonth = units.filter(({ months }) => Object.hasOwn(months, month));
      const cited = inMonth.map(({ id }) => keyOf(context, id, month, 'monthly-evidence')).sort();
      const cites = { 'unit-evidence': cited };
      return evidence(context, { unit: 'PLANT', month, statement, pointer: `/plant/months/${month}`, cites });
    });
}

interface ReportOf {
  readonly unit: string;
  readonly name: string;
  readonly statement: Statement;
  readonly pointer: string;
  readonly cites: Readonly<Record<string, readonly string[]>>;
}

function report(context: SectorContext, { unit, name, statement, pointer, cites }: ReportOf): PlanRecord {
  const { year } = context.file;
  const content = { preparer: constant(null), title: constant(`${year} 年度排放报告 ${name}`) };
  const readers = context.file.verifier === undefined ? [] : [context.file.verifier.uscc];
  return filed(context, { unit, period: year, kind: 'annual-report', pointer, cites, content, statement, readers });
}

function monthKeys(context: SectorContext, unit: string, months: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(months)
    .sort()
    .map((month) => keyOf(context, unit, month, 'monthly-evidence'));
}

function unitReport(context: SectorContext, unit: SectorUnit, pointer: string): PlanRecord {
  return report(context, {
    ...{ unit: unit.id, name: unit.name, statement: unit.report, pointer: `${pointer}/report` },
    cites: {
      'quality-control-plan': [keyOf(context, unit.id, context.file.year, 'quality-control-plan')],
      'monthly-evidence': monthKeys(context, unit.id, unit.months),
    },
  });
}

function plantReport(context: SectorContext): PlanRecord {
  const { plant, units, enterprise, year } = context.file;
  const months = monthKeys(context, 'PLANT', plant.months);
  return report(context, {
    ...{ unit: 'PLANT', name: enterprise.name, statement: plant.report, pointer: '/plant/report' },
    cites: {
      'unit-report': units.map(({ id }) => keyOf(context, id, year, 'annual-report')).sort(),
      ...(months.length > 0 ? { 'monthly-evidence': months } : {}),
    },
  });
}

/**
 * All records of a sector-year in the order in which they can be anchored: what must stand before anybody files about the
 * enterprise, then plans, months and reports of its units, those of the whole, and what was verified, determined and is to
 * be surrendered. Figures that the file does not state are left to the methodology.
 */
export function planSectorYear(file: SectorYear, ledger: PlanLedger): PlanRecord[] {
  const rules = { methodology: [ledger.methodologyKey], parameters: [ledger.parametersKey] };
  const context = { file, ledger, rules };
  const units = file.units.map((unit, index) => ({ unit, pointer: `/units/${String(index)}` }));
  return [
    ...planFacility(context),
    planListing(context),
    ...planEngagement(context),
    ...units.map(({ unit, pointer }) => planOfUnit(context, unit, pointer)),
    ...units.flatMap(({ unit, pointer }) => monthsOf(context, unit, pointer)),
    ...plantMonths(context),
    ...units.map(({ unit, pointer }) => unitReport(context, unit, pointer)),
    plantReport(context),
    ...planConclusions(context),
    ...planAllowances(context),
  ];
}
