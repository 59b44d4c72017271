import type { Section, UnitYear } from './model';
import type { PlanRecord } from './plan';
import { constant, figureOf, figuresOf, planRecord, stated, type PlanDraft } from './plan-builder';
import { keyOf, preparerEntry, readersOf, type PlanContext } from './plan-unit';

const unitIssuanceFigures = [
  'Be',
  'Bh',
  'F_pct',
  'Ff',
  'Ae_tCO2',
  'Ah_tCO2',
  'A_tCO2',
  'preallocation_tCO2',
  'trueUp_tCO2',
  'surplusOrGap_tCO2',
];
const plantIssuanceFigures = [
  'verifiedEmission_tCO2',
  'allowance_tCO2',
  'preallocation_tCO2',
  'trueUp_tCO2',
  'gapCapRelief_tCO2',
  'gap_tCO2',
  'gapRate_pct',
];
const surrenderFigures = [
  'verifiedEmission_tCO2',
  'allowance_tCO2',
  'ccerCap_tCO2',
  'ccerUsed_tCO2',
  'ccerShare_pct',
  'allowancesToSurrender_tCO2',
  'allowancesToBuy_tCO2',
];

export function yearKey(context: PlanContext, unit: string, kind: string): string {
  return keyOf(context, unit, context.file.year, kind);
}

function unitKeys(context: PlanContext, kind: string): string[] {
  return context.file.units.map((unit) => yearKey(context, unit.id, kind)).sort();
}

export function ofYear(context: PlanContext, unit: string): PlanRecord['subject'] {
  return { uscc: context.enterprise, unit, period: context.file.year };
}

/** The annual report of the plant: sums over its units, none of which the file states as such. */
export function planPlantReport(context: PlanContext): PlanRecord {
  return planRecord({
    kind: 'annual-report',
    issuer: context.enterprise,
    subject: ofYear(context, 'PLANT'),
    pointer: context.file.compliance.pointer,
    cites: { ...context.rules, 'unit-report': unitKeys(context, 'annual-report') },
    content: { preparer: preparerEntry(context), title: constant(`${context.file.year} 年度排放报告`) },
    readers: readersOf(context),
  });
}

/** Conclusions of the units (the file states their annual emission) and of the plant (its verified emission). */
export function planConclusion(context: PlanContext, unit: string, section: Section, name: string): PlanRecord {
  return planRecord({
    kind: 'verification-conclusion',
    issuer: context.verifier,
    subject: ofYear(context, unit),
    pointer: section.pointer,
    cites: {
      ...context.rules,
      'annual-report': [yearKey(context, unit, 'annual-report')],
      ...(unit === 'PLANT' ? { 'unit-conclusion': unitKeys(context, 'verification-conclusion') } : {}),
    },
    content: {
      reportNo: stated(context.file.verifier, 'reportNo'),
      result: constant('confirmed'),
      conformity: constant({ guideline: true, plan: true }),
    },
    figures: [figureOf('verifiedEmission_tCO2', section, name)],
  });
}

export function planUnitPreIssuance(context: PlanContext, unit: UnitYear): PlanRecord {
  return planRecord({
    kind: 'allowance-issuance.pre',
    issuer: context.ledger.provinceAuthority,
    subject: ofYear(context, unit.id),
    pointer: unit.allowance.pointer,
    cites: context.rules,
    content: { phase: constant('pre'), notice: constant(`${context.file.year} 年度配额预分配通知`) },
    figures: figuresOf(unit.allowance, ['verified2023_tCO2', 'preallocation_tCO2']),
  });
}

export function planPlantPreIssuance(context: PlanContext): PlanRecord {
  return planRecord({
    kind: 'allowance-issuance.pre',
    issuer: context.ledger.provinceAuthority,
    subject: ofYear(context, 'PLANT'),
    pointer: context.file.compliance.pointer,
    cites: { ...context.rules, 'unit-issuance': unitKeys(context, 'allowance-issuance.pre') },
    content: { phase: constant('pre'), notice: constant(`${context.file.year} 年度配额预分配通知`) },
    figures: figuresOf(context.file.compliance, ['preallocation_tCO2']),
  });
}

function finalCites(context: PlanContext, unit: string): Record<string, readonly string[]> {
  return {
    ...context.rules,
    'verification-conclusion': [yearKey(context, unit, 'verification-conclusion')],
    'pre-issuance': [yearKey(context, unit, 'allowance-issuance.pre')],
  };
}

export function planUnitIssuance(context: PlanContext, unit: UnitYear): PlanRecord {
  return planRecord({
    kind: 'allowance-issuance',
    issuer: context.ledger.provinceAuthority,
    subject: ofYear(context, unit.id),
    pointer: unit.allowance.pointer,
    cites: {
      ...finalCites(context, unit.id),
      'quality-control-plan': [yearKey(context, unit.id, 'quality-control-plan')],
      'annual-report': [yearKey(context, unit.id, 'annual-report')],
    },
    content: { phase: constant('final'), notice: constant(`${context.file.year} 年度配额核定通知`) },
    figures: figuresOf(unit.allowance, unitIssuanceFigures),
  });
}

export function planPlantIssuance(context: PlanContext): PlanRecord {
  return planRecord({
    kind: 'allowance-issuance',
    issuer: context.ledger.provinceAuthority,
    subject: ofYear(context, 'PLANT'),
    pointer: context.file.compliance.pointer,
    cites: { ...finalCites(context, 'PLANT'), 'unit-issuance': unitKeys(context, 'allowance-issuance') },
    content: { phase: constant('final'), notice: constant(`${context.file.year} 年度配额核定通知`) },
    figures: figuresOf(context.file.compliance, plantIssuanceFigures),
  });
}

/**
 * @param cancellations business keys
 * @param made what was surrendered, and when
 */
export function planSurrender(
  context: PlanContext,
  cancellations: readonly string[],
  made: PlanDraft['content'],
): PlanRecord {
  return planRecord({
    kind: 'surrender',
    issuer: context.ledger.allowanceRegistry,
    subject: ofYear(context, 'PLANT'),
    pointer: context.file.compliance.pointer,
    cites: {
      ...context.rules,
      'verification-conclusion': [yearKey(context, 'PLANT', 'verification-conclusion')],
      'allowance-issuance': [yearKey(context, 'PLANT', 'allowance-issuance')],
      ...(cancellations.length > 0 ? { 'ccer-cancellation': [...cancellations].sort() } : {}),
    },
    content: {
      deadline: stated(context.file.compliance, 'surrenderDeadline'),
      ...made,
    },
    figures: figuresOf(context.file.compliance, surrenderFigures),
  });
}
