import { evidenceDue, formatBusinessKey, reviewKind, type Subject } from '@carbon-ledger/core';
import type { PlanLedger, PlanRecord } from '../plan';
import { constant, planRecord, type FigureEntry } from '../plan-builder';
import type { SectorUnit, SectorYear, Statement } from './sector-year';

interface Context {
  readonly file: SectorYear;
  readonly ledger: PlanLedger;
  readonly rules: Readonly<Record<string, readonly string[]>>;
}

type Content = NonNullable<Parameters<typeof planRecord>[0]['content']>;

const subjectOf = ({ file }: Context, unit: string, period: string): Subject => ({
  uscc: file.enterprise.uscc,
  unit,
  period,
});

const keyOf = (context: Context, unit: string, period: string, kind: string): string =>
  formatBusinessKey(subjectOf(context, unit, period), kind);

function factsOf(facts: Statement['facts'], pointer: string): Content {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, { value, source: { name, pointer: `${pointer}/${name}` } }]),
  );
}

function figuresOf({ figures }: Statement, pointer: string): FigureEntry[] {
  return Object.entries(figures).map(([figure, text]) => ({
    figure,
    text,
    source: { name: figure, pointer: `${pointer}/figures/${figure}` },
  }));
}

function planFacility(context: Context): PlanRecord[] {
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

function planListing({ file, ledger }: Context): PlanRecord {
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

interface Filed {
  readonly unit: string;
  readonly period: string;
  readonly kind: string;
  readonly pointer: string;
  readonly cites?: Readonly<Record<string, readonly string[]>>;
  readonly content: Content;
  readonly statement?: Statement;
}

function filed(context: Context, { unit, period, kind, pointer, cites, content, statement }: Filed): PlanRecord {
  return planRecord({
    ...{ kind, pointer },
    issuer: context.file.enterprise.uscc,
    subject: subjectOf(context, unit, period),
    cites: { ...context.rules, ...cites },
    content: { ...content, ...factsOf(statement?.facts ?? {}, `${pointer}/facts`) },
    figures: statement === undefined ? [] : figuresOf(statement, pointer),
  });
}

function planOfUnit(context: Context, unit: SectorUnit, pointer: string): PlanRecord {
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

function evidence(context: Context, { unit, month, statement, pointer, cites }: MonthOf): PlanRecord {
  const content = {
    carbonBasis: constant('not-applicable'),
    dailyRecords: constant(false),
    due: constant(evidenceDue(month)),
  };
  return filed(context, { unit, period: month, kind: 'monthly-evidence', pointer, cites, content, statement });
}

function monthsOf(context: Context, unit: SectorUnit, pointer: string): PlanRecord[] {
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
function plantMonths(context: Context): PlanRecord[] {
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

function report(context: Context, { unit, name, statement, pointer, cites }: ReportOf): PlanRecord {
  const { year } = context.file;
  const content = { preparer: constant(null), title: constant(`${year} 年度排放报告 ${name}`) };
  return filed(context, { unit, period: year, kind: 'annual-report', pointer, cites, content, statement });
}

function monthKeys(context: Context, unit: string, months: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(months)
    .sort()
    .map((month) => keyOf(context, unit, month, 'monthly-evidence'));
}

function unitReport(context: Context, unit: SectorUnit, pointer: string): PlanRecord {
  return report(context, {
    ...{ unit: unit.id, name: unit.name, statement: unit.report, pointer: `${pointer}/report` },
    cites: {
      'quality-control-plan': [keyOf(context, unit.id, context.file.year, 'quality-control-plan')],
      'monthly-evidence': monthKeys(context, unit.id, unit.months),
    },
  });
}

function plantReport(context: Context): PlanRecord {
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
 * enterprise, then plans, months and reports of its units, then those of the whole. Figures that the file does not state are
 * left to the methodology.
 */
export function planSectorYear(file: SectorYear, ledger: PlanLedger): PlanRecord[] {
  const rules = { methodology: [ledger.methodologyKey], parameters: [ledger.parametersKey] };
  const context = { file, ledger, rules };
  const units = file.units.map((unit, index) => ({ unit, pointer: `/units/${String(index)}` }));
  return [
    ...planFacility(context),
    planListing(context),
    ...units.map(({ unit, pointer }) => planOfUnit(context, unit, pointer)),
    ...units.flatMap(({ unit, pointer }) => monthsOf(context, unit, pointer)),
    ...plantMonths(context),
    ...units.map(({ unit, pointer }) => unitReport(context, unit, pointer)),
    plantReport(context),
  ];
}
