import { figureTable, type Methodology } from '@carbon-ledger/core';
import type { PlanRecord } from '../plan';
import { constant, planRecord } from '../plan-builder';
import { factsOf, filed, keyOf, type Content, type SectorContext, subjectOf } from './filed';
import type { Conclusion, Statement, Verifier } from './sector-year';

const yearKey = (context: SectorContext, unit: string, kind: string): string =>
  keyOf(context, unit, context.file.year, kind);

function unitKeys(context: SectorContext, kind: string): string[] {
  return context.file.units.map(({ id }) => yearKey(context, id, kind)).sort();
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

/** What a determination rests on where the methodology says nothing of it (coal power of 2023 and 2024). */
const usualRests: Readonly<Record<string, Readonly<Record<string, { readonly of: string }>>>> = {
  'allowance-issuance@unit': {
    'quality-control-plan': { of: 'quality-control-plan@unit' },
    'annual-report': { of: 'annual-report@unit' },
    'verification-conclusion': { of: 'verification-conclusion@unit' },
    'pre-issuance': { of: 'allowance-issuance.pre@unit' },
  },
  'allowance-issuance@plant': {
    'verification-conclusion': { of: 'verification-conclusion@plant' },
    'pre-issuance': { of: 'allowance-issuance.pre@plant' },
    'unit-issuance': { of: 'allowance-issuance@unit' },
  },
  'allowance-issuance.pre@plant': { 'unit-issuance': { of: 'allowance-issuance.pre@unit' } },
};

/** What the methodology asks a determination to rest on, by the keys of this year. */
function restsOn(context: SectorContext, kind: string, unit: string): Record<string, readonly string[]> {
  const table = figureTable(kind, unit);
  const { profile } = context.ledger.methodology;
  const asked = (profile === undefined ? usualRests[table] : profile[table]?.cites) ?? {};
  return Object.fromEntries(
    Object.entries(asked).map(([role, { of }]) => {
      const [ofKind = role, level] = of.split('@');
      const isOfUnits = unit === 'PLANT' && level === 'unit';
      return [role, isOfUnits ? unitKeys(context, ofKind) : [yearKey(context, unit, ofKind)]];
    }),
  );
}

interface Determined {
  readonly kind: 'allowance-issuance' | 'allowance-issuance.pre';
  readonly unit: string;
  readonly statement?: Statement;
  readonly pointer: string;
}

const phases = {
  'allowance-issuance': { phase: 'final', notice: '配额核定通知' },
  'allowance-issuance.pre': { phase: 'pre', notice: '配额预分配通知' },
} as const;

/** Whether the sector determines by units, or by enterprises alone, or ahead: its methodology has a table for it or not. */
const isDetermined = ({ figures }: Methodology, { kind, unit }: Determined): boolean =>
  Object.hasOwn(figures, figureTable(kind, unit));

function planIssuance(context: SectorContext, determined: Determined): PlanRecord[] {
  if (!isDetermined(context.ledger.methodology, determined)) return [];
  const { kind, unit } = determined;
  const { year } = context.file;
  const { phase, notice } = phases[kind];
  return [
    filed(context, {
      ...determined,
      period: year,
      issuer: context.ledger.provinceAuthority,
      cites: restsOn(context, kind, unit),
      content: { phase: constant(phase), notice: constant(`${year} 年度${notice}`) },
    }),
  ];
}

/** A balance value is solved once all are verified: until it stands in the parameters, nothing can be determined. */
function awaitsBalance({ methodology, parameters }: SectorContext['ledger']): boolean {
  const { balance } = methodology;
  return balance !== undefined && !Object.hasOwn(parameters.values, balance.parameter);
}

function unitIssuances({ file }: SectorContext, kind: Determined['kind']): Determined[] {
  const place = kind === 'allowance-issuance' ? 'issuance' : 'preIssuance';
  return file.units.map(({ id, [place]: statement }, index) => ({
    ...{ kind, unit: id, statement },
    pointer: `/units/${String(index)}/${place}`,
  }));
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
  const { surrender, plant } = context.file;
  if (surrender === undefined || awaitsBalance(context.ledger)) return [];
  const determined: Determined[] = [
    ...unitIssuances(context, 'allowance-issuance.pre'),
    { kind: 'allowance-issuance.pre', unit: 'PLANT', pointer: '/plant' },
    ...unitIssuances(context, 'allowance-issuance'),
    { kind: 'allowance-issuance', unit: 'PLANT', statement: plant.issuance, pointer: '/plant/issuance' },
  ];
  return [...determined.flatMap((one) => planIssuance(context, one)), planSurrender(context, surrender.deadline)];
}
