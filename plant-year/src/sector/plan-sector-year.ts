import { evidenceDue, formatBusinessKey, reviewKind } from '@carbon-ledger/core';
import type { PlanLedger, PlanRecord } from '../plan';
import { constant, planRecord } from '../plan-builder';
import { factsOf, filed, keyOf, type SectorContext, statedFigures, subjectOf } from './filed';
import { planAllowances, planConclusions } from './plan-compliance';
import { planEngagements, planTests, sortedMonths } from './plan-parties';
import type { SectorUnit, SectorYear, Statement } from './sector-year';

/** What a unit that makes power is rated at; others have neither. */
function ratedOf({ capacity_MW, category }: SectorUnit['plan']): object {
  return { ...(capacity_MW === undefined ? {} : { capacity_MW }), ...(category === undefined ? {} : { category }) };
}

function planFacility(context: SectorContext): PlanRecord[] {
  const { enterprise, units, year } = context.file;
  const shared = { subject: subjectOf(context, '-', '-'), pointer: '/enterprise', registration: true as const };
  const registered = units.map(({ id, name, facilityCode, inServiceFrom, plan }) => ({
    ...{ id, name, permitNo: enterprise.permitNo, facilityCode },
    ...{ boilers: [], turbines: [], generators: [], from: inServiceFrom ?? `${year}-01-01`, to: null },
    ...ratedOf(plan),
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

function planListing({ file, ledger, rules }: SectorContext): PlanRecord {
  const entry = { uscc: file.enterprise.uscc, sector: file.sector, listed: true, reason: '纳入全国碳市场' };
  return planRecord({
    kind: `emitter-list.${file.enterprise.uscc}`,
    issuer: ledger.provinceAuthority,
    subject: { uscc: ledger.provinceAuthority, unit: '-', period: file.year },
    pointer: '/enterprise',
    cites: { parameters: rules['parameters'] ?? [] },
    content: { entries: constant([entry]) },
    registration: true,
  });
}

function planOfUnit(context: SectorContext, unit: SectorUnit, pointer: string): PlanRecord {
  const { name, facilityCode, product, plan, planFigures } = unit;
  return filed(context, {
    ...{ unit: unit.id, period: context.file.year, kind: 'quality-control-plan', pointer },
    content: {
      ...factsOf({ unitName: name, facilityCode, product }, pointer),
      ...factsOf(plan, `${pointer}/plan`),
    },
    figures: statedFigures(planFigures, `${pointer}/planFigures`),
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
    due: constant(evidenceDue(month, context.ledger.parameters.values)),
  };
  return filed(context, { unit, period: month, kind: 'monthly-evidence', pointer, cites, content, statement });
}

function monthsOf(context: SectorContext, unit: SectorUnit, pointer: string): PlanRecord[] {
  const plan = keyOf(context, unit.id, context.file.year, 'quality-control-plan');
  return sortedMonths(unit.months).map(([month, statement]) => {
    const report = keyOf(context, unit.id, month, 'test-report');
    const cites = { 'quality-control-plan': [plan], ...(statement.test ? { 'test-report': [report] } : {}) };
    return evidence(context, { unit: unit.id, month, statement, pointer: `${pointer}/months/${month}`, cites });
  });
}

/** The enterprise's own months, of a sector that balances it as a whole. */
function plantMonths(context: SectorContext): PlanRecord[] {
  const { plant, units } = context.file;
  return sortedMonths(plant.months).map(([month, statement]) => {
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

/** Whether the year of the whole is made of its own months, or of its units' years alone. */
function isMadeOfMonths({ ledger }: SectorContext): boolean {
  return ledger.methodology.profile?.['annual-report@plant']?.cites['monthly-evidence'] !== undefined;
}

function plantReport(context: SectorContext): PlanRecord {
  const { plant, units, enterprise, year } = context.file;
  const months = monthKeys(context, 'PLANT', plant.months);
  return report(context, {
    ...{ unit: 'PLANT', name: enterprise.name, statement: plant.report, pointer: '/plant/report' },
    cites: {
      'unit-report': units.map(({ id }) => keyOf(context, id, year, 'annual-report')).sort(),
      ...(isMadeOfMonths(context) ? { 'monthly-evidence': months } : {}),
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
    ...planEngagements(context),
    ...units.flatMap(({ unit, pointer }) => planTests(context, unit, pointer)),
    ...units.map(({ unit, pointer }) => planOfUnit(context, unit, pointer)),
    ...units.flatMap(({ unit, pointer }) => monthsOf(context, unit, pointer)),
    ...plantMonths(context),
    ...units.map(({ unit, pointer }) => unitReport(context, unit, pointer)),
    plantReport(context),
    ...planConclusions(context),
    ...planAllowances(context),
  ];
}
