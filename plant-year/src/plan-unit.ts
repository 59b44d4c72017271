import { evidenceDue, formatBusinessKey } from '@carbon-ledger/core';
import {
  dailyFigures as dailyColumns,
  dailyOf,
  field,
  type PlantYear,
  type Section,
  type UnitMonth,
  type UnitYear,
} from './model';
import type { PlanLedger, PlanRecord } from './plan';
import { constant, figuresOf, orNull, planRecord, stated, type FigureEntry } from './plan-builder';

/** What every record of the plan needs to know. */
export interface PlanContext {
  readonly file: PlantYear;
  readonly ledger: PlanLedger;
  readonly enterprise: string;
  readonly lab: string;
  readonly verifier: string;
  /** Both rules of the year, cited by every record that is computed. */
  readonly rules: Readonly<Record<string, readonly string[]>>;
}

const labFigures = ['Cad_pct', 'Mad_pct', 'Had_pct', 'Qgr_ad_MJ_kg', 'Qnet_ar_GJ_t', 'St_ad_pct'];
const monthFigures = [
  'coalConsumption_t',
  'NCVar_GJ_t',
  'Mar_pct',
  'CarMeasured_tC_t',
  'Car_tC_t',
  'CCimplied_tC_GJ',
  'OF_pct',
  'emission_tCO2',
  'generation_MWh',
  'heatSupply_GJ',
  'operatingHours_h',
  'loadFactor_pct',
  'onGrid_MWh',
  'purchasedPower_MWh',
  'grossEfficiency_pct',
  'emissionPerMWh',
];
const stockFigures = [
  'opening_t',
  'purchased_t',
  'closing_t',
  'consumedByStock_t',
  'consumedByFeeder_t',
  'imbalance_pct',
];
const annualFigures = [
  'coalConsumption_t',
  'NCVar_weighted_GJ_t',
  'Car_weighted_tC_t',
  'OF_pct',
  'emission_tCO2',
  'emissionSumOfMonths_tCO2',
  'generation_MWh',
  'heatSupply_GJ',
  'operatingHours_h',
  'loadFactor_pct',
  'onGrid_MWh',
  'purchasedPower_MWh',
  'indirectElectricity_tCO2_infoOnly',
  'grossEfficiency_pct',
  'grossCoalRate_gce_kWh_wholeFuel',
  'emissionIntensity_tCO2_MWh',
];

export function keyOf(context: PlanContext, unit: string, period: string, kind: string): string {
  return formatBusinessKey({ uscc: context.enterprise, unit, period }, kind);
}

/** The verifier, once the file names one: an enterprise files months before it is engaged. */
export function readersOf({ verifier }: PlanContext): readonly string[] {
  return verifier === '' ? [] : [verifier];
}

/** The composite of a month is the only test mode that a plant-year file can state: it has one report per month. */
const carbonTestMode = 'monthly-composite';

export function planQualityControl(context: PlanContext, unit: UnitYear): PlanRecord {
  const about = unit.about;
  return planRecord({
    kind: 'quality-control-plan',
    issuer: context.enterprise,
    subject: { uscc: context.enterprise, unit: unit.id, period: context.file.year },
    pointer: about.pointer,
    cites: context.rules,
    content: {
      unitName: stated(about, 'name'),
      capacity_MW: stated(about, 'capacity_MW'),
      category: stated(about, 'categoryNo'),
      categoryName: stated(about, 'category'),
      facilityCode: stated(about, 'facilityCode'),
      boiler: stated(about, 'boiler'),
      product: stated(about, 'product'),
      carbonTestMode: constant(carbonTestMode),
    },
    readers: readersOf(context),
  });
}

function planReceipt(context: PlanContext, unit: string, month: string, lab: Section): PlanRecord {
  return planRecord({
    kind: 'sample-receipt',
    issuer: context.lab,
    subject: { uscc: context.enterprise, unit, period: month },
    pointer: lab.pointer,
    content: {
      sampleNo: constant(`${unit}-${month}`),
      sampleMonth: stated(lab, 'sampleMonth'),
      sampleKind: stated(lab, 'sampleKind'),
      received: stated(lab, 'sampleReceived'),
    },
  });
}

function planReport(context: PlanContext, unit: string, month: string, lab: Section): PlanRecord {
  return planRecord({
    kind: 'test-report',
    issuer: context.lab,
    subject: { uscc: context.enterprise, unit, period: month },
    pointer: lab.pointer,
    cites: { 'sample-receipt': [keyOf(context, unit, month, 'sample-receipt')] },
    content: {
      reportNo: stated(lab, 'reportNo'),
      sampleMonth: stated(lab, 'sampleMonth'),
      sampleKind: stated(lab, 'sampleKind'),
      received: stated(lab, 'sampleReceived'),
      testStart: stated(lab, 'testStart'),
      testEnd: stated(lab, 'testEnd'),
      issued: stated(lab, 'issued'),
      qualification: stated(context.file.lab, 'cmaNo'),
      anchoredByLab: stated(lab, 'anchoredByLab'),
    },
    figures: figuresOf(lab, labFigures),
    readers: readersOf(context),
  });
}

/** What the lab anchors for a unit's month: the arrival of the sample, then the report. Nothing where there is no report. */
export function planLab(context: PlanContext, unit: UnitYear, month: UnitMonth): PlanRecord[] {
  if (!month.lab) return [];
  return [planReceipt(context, unit.id, month.month, month.lab), planReport(context, unit.id, month.month, month.lab)];
}

/**
 * The file writes `measured` or `default 0.03085 tC/GJ`; the record says `measured` or `default`, because the value is the
 * parameter's. A default with another value stays as it is written, so that it is refused and told.
 */
function carbonBasis(context: PlanContext, unit: UnitYear, text: string): string {
  const [, value] = /^default(?: ([0-9.]+) tC\/GJ)?$/.exec(text) ?? [];
  const inForce = context.ledger.parameters.values[`CC.${field(unit.about, 'categoryNo') ?? ''}`]?.value;
  const names = text.startsWith('default') && (value === undefined || value === inForce);
  return names ? 'default' : text;
}

function dailyFigures(context: PlanContext, unit: string, month: string): FigureEntry[] {
  const rows = dailyOf(context.file, unit, month)?.rows ?? [];
  return rows.flatMap((row) => {
    const day = String(row.day).padStart(2, '0');
    return dailyColumns.map((column) => {
      const name = `daily.${column}.${day}`;
      const { pointer, text } = row.cells[column];
      return { figure: name, source: { name, pointer }, text };
    });
  });
}

/** Where the daily rows of a month stand; the month itself where there are none. */
function dailyPointer(context: PlanContext, unit: string, month: UnitMonth): string {
  return dailyOf(context.file, unit, month.month)?.pointer ?? month.evidence.pointer;
}

export function planUnitEvidence(context: PlanContext, unit: UnitYear, month: UnitMonth): PlanRecord {
  const { evidence } = month;
  const daily = dailyFigures(context, unit.id, month.month);
  return planRecord({
    kind: 'monthly-evidence',
    issuer: context.enterprise,
    subject: { uscc: context.enterprise, unit: unit.id, period: month.month },
    pointer: evidence.pointer,
    cites: {
      ...context.rules,
      'quality-control-plan': [keyOf(context, unit.id, context.file.year, 'quality-control-plan')],
      ...(month.lab ? { 'test-report': [keyOf(context, unit.id, month.month, 'test-report')] } : {}),
    },
    content: {
      carbonBasis: stated(evidence, 'carbonBasis', (text) => carbonBasis(context, unit, text)),
      dailyRecords: {
        value: daily.length > 0,
        source: { name: 'dailyRecords', pointer: dailyPointer(context, unit.id, month) },
      },
      due: stated(evidence, 'evidenceDue'),
      claimedSubmission: stated(evidence, 'evidenceSubmitted'),
      ...(field(evidence, 'coalMine') === undefined ? {} : { coalMine: stated(evidence, 'coalMine') }),
    },
    figures: [...figuresOf(evidence, monthFigures), ...daily],
    readers: readersOf(context),
  });
}

/** The plant's stock balance of a month is filed with the evidence of its units: the latest of their days. */
export function planPlantEvidence(context: PlanContext, month: string, balance: Section): PlanRecord {
  const due = evidenceDue(month, context.ledger.parameters.values);
  const months = context.file.units.flatMap((unit) => unit.months.filter((part) => part.month === month));
  const submitted = months.reduce((latest, part) => {
    const day = field(part.evidence, 'evidenceSubmitted') ?? '';
    return day > latest ? day : latest;
  }, '');
  return planRecord({
    kind: 'monthly-evidence',
    issuer: context.enterprise,
    subject: { uscc: context.enterprise, unit: 'PLANT', period: month },
    pointer: balance.pointer,
    cites: {
      ...context.rules,
      'unit-evidence': context.file.units.map((unit) => keyOf(context, unit.id, month, 'monthly-evidence')).sort(),
    },
    content: {
      carbonBasis: constant('not-applicable'),
      dailyRecords: constant(false),
      due: constant(due),
      claimedSubmission: constant(submitted === '' ? undefined : submitted),
    },
    figures: figuresOf(balance, stockFigures),
    readers: readersOf(context),
  });
}

export function planUnitReport(context: PlanContext, unit: UnitYear): PlanRecord {
  const months = unit.months.map((month) => keyOf(context, unit.id, month.month, 'monthly-evidence'));
  return planRecord({
    kind: 'annual-report',
    issuer: context.enterprise,
    subject: { uscc: context.enterprise, unit: unit.id, period: context.file.year },
    pointer: unit.annual.pointer,
    cites: {
      ...context.rules,
      'quality-control-plan': [keyOf(context, unit.id, context.file.year, 'quality-control-plan')],
      'monthly-evidence': months.sort(),
    },
    content: {
      preparer: preparerEntry(context),
      title: constant(`${context.file.year} 年度排放报告 ${field(unit.about, 'name') ?? unit.id}`),
    },
    figures: figuresOf(unit.annual, annualFigures),
    readers: readersOf(context),
  });
}

/** The preparer (报告编制机构) of the file, or null where the enterprise prepared its report itself. */
export function preparerEntry(context: PlanContext): ReturnType<typeof constant> {
  return orNull(stated(context.file.preparer, 'uscc'));
}
