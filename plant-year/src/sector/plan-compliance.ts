import { figureTable, type Methodology } from '@carbon-ledger/core';
import type { PlanRecord } from '../plan';
import { constant, planRecord } from '../plan-builder';
import { factsOf, filed, keyOf, type Content, type SectorContext, subjectOf } from './filed';
import type { Conclusion, SectorUnit, Statement, Verifier } from './sector-year';

const yearKey = (context: SectorContext, unit: string, kind: string): string =>
  keyOf(context, unit, context.file.year, kind);

function unitKeys(context: SectorContext, kind: string): string[] {
  return context.file.units.map(({ id }) => yearKey(context, id, kind)).sort();
}

/** Whom the province engages to verify the year. */
export function planEngagement(context: SectorContext): PlanRecord[] {
  const { verifier, year } = context.file;
  if (verifier === undefined) return [];
  return [
    planRecord({
      kind: 'engagement.verification',
      issuer: context.ledger.provinceAuthority,
      subject: subjectOf(context, '-', year),
      pointer: '/verifier',
      content: { ...factsOf({ party: verifier.uscc }, '/verifier'), contractNo: constant(`${year}-verification`) },
      registration: true,
    }),
  ];
}

/** What was changed is shown before and after, with its reason. */
function changedContent({ result, reason, reported, verified }: Conclusion, pointer: string): Content {
  if (result === 'confirmed') return {};
  const row = { figure: 'emission_tCO2', before: reported, after: verified, same: reported === verified, reason };
  return { ...factsOf(reason === undefined ? {} : { reason }, pointer), confirmed: constant([row]) };
}

interface Concluded {
  readonly unit: string;
  readonly conclusion: Conclusion;
  readonly pointer: string;
}

function planConclusion(context: SectorContext, verifier: Verifier, concluded: Concluded): PlanRecord {
  const { unit, conclusion, pointer } = concluded;
  const { verified } = conclusion;
  const place = `${pointer}/verified`;
  const figure = { figure: 'verifiedEmission_tCO2', text: verified, source: { name: 'verified', pointer: place } };
  return planRecord({
    ...{ kind: 'verification-conclusion', pointer, issuer: verifier.uscc },
    subject: subjectOf(context, unit, context.file.year),
    cites: {
      ...context.rules,
      'annual-report': [yearKey(context, unit, 'annual-report')],
      ...(unit === 'PLANT' ? { 'unit-conclusion': unitKeys(context, 'verification-conclusion') } : {}),
    },
    content: {
      ...factsOf({ reportNo: verifier.reportNo }, '/verifier'),
      ...factsOf({ result: conclusion.result }, pointer),
      ...changedContent(conclusion, pointer),
      ...(conclusion.yearReason === undefined ? {} : { yearChange: constant({ reason: conclusion.yearReason }) }),
      conformity: constant({ guideline: true, plan: true }),
    },
    figures: verified === undefined ? [] : [figure],
  });
}

/** The conclusions of the units, and of the enterprise, where the file names who verified it. */
export function planConclusions(context: SectorContext): PlanRecord[] {
  const { verifier, units, plant } = context.file;
  if (verifier === undefined) return [];
  return [
    ...units.map(({ id, conclusion }, index) =>
      planConclusion(context, verifier, { unit: id, conclusion, pointer: `/units/${String(index)}/conclusion` }),
    ),
    planConclusion(context, verifier, { unit: 'PLANT', conclusion: plant.conclusion, pointer: '/plant/conclusion' }),
  ];
}

/** What the methodology asks a determination to rest on, by the keys of this year. */
function restsOn(context: SectorContext, unit: string): Record<string, readonly string[]> {
  const { methodology } = context.ledger;
  const asked = methodology.profile?.[figureTable('allowance-issuance', unit)]?.cites ?? {};
  return Object.fromEntries(
    Object.entries(asked).map(([role, { of }]) => {
      const [kind = role, level] = of.split('@');
      const isOfUnits = unit === 'PLANT' && level === 'unit';
      return [role, isOfUnits ? unitKeys(context, kind) : [yearKey(context, unit, kind)]];
    }),
  );
}

interface Determined {
  readonly unit: string;
  readonly statement: Statement;
  readonly pointer: string;
}

function planIssuance(context: SectorContext, { unit, statement, pointer }: Determined): PlanRecord {
  const { year } = context.file;
  return filed(context, {
    ...{ unit, period: year, kind: 'allowance-issuance', pointer, statement },
    issuer: context.ledger.provinceAuthority,
    cites: restsOn(context, unit),
    content: { phase: constant('final'), notice: constant(`${year} 年度配额核定通知`) },
  });
}

/** Whether the sector determines by units, or by enterprises alone: its methodology has a table for it or not. */
const isDeterminedOf = ({ figures }: Methodology, unit: string): boolean =>
  Object.hasOwn(figures, figureTable('allowance-issuance', unit));

/** A balance value is solved once all are verified: until it stands in the parameters, nothing can be determined. */
function awaitsBalance({ methodology, parameters }: SectorContext['ledger']): boolean {
  const { balance } = methodology;
  return balance !== undefined && !Object.hasOwn(parameters.values, balance.parameter);
}

function unitIssuance(context: SectorContext, { id, issuance }: SectorUnit, index: number): PlanRecord[] {
  if (!isDeterminedOf(context.ledger.methodology, id)) return [];
  return [planIssuance(context, { unit: id, statement: issuance, pointer: `/units/${String(index)}/issuance` })];
}

function planSurrender(context: SectorContext, deadline: string): PlanRecord {
  const ofPlant = (kind: string): string[] => [yearKey(context, 'PLANT', kind)];
  return filed(context, {
    ...{ unit: 'PLANT', period: context.file.year, kind: 'surrender', pointer: '/surrender' },
    issuer: context.ledger.allowanceRegistry,
    cites: {
      'verification-conclusion': ofPlant('verification-conclusion'),
      'allowance-issuance': ofPlant('allowance-issuance'),
    },
    content: { ...factsOf({ deadline }, '/surrender'), surrenderedOn: constant(null) },
  });
}

/**
 * What the province determines and what is to be surrendered, where the file says until when. Nothing while the sector's
 * balance value is not solved: the year is imported again once it is.
 */
export function planAllowances(context: SectorContext): PlanRecord[] {
  const { surrender, units, plant } = context.file;
  if (surrender === undefined || awaitsBalance(context.ledger)) return [];
  return [
    ...units.flatMap((unit, index) => unitIssuance(context, unit, index)),
    planIssuance(context, { unit: 'PLANT', statement: plant.issuance, pointer: '/plant/issuance' }),
    planSurrender(context, surrender.deadline),
  ];
}
