import type { Fault } from '../errors';
import { parseBusinessKey } from '../identifiers';
import type { RecordScope } from '../methodology/scope';
import type { LedgerRecord } from '../records';
import { isOfSector, listedSectors } from '../rulebook';
import type { LedgerView } from '../state';
import { parameterUnitFaults } from './parameter-units';

type Cited = ReadonlyMap<string, readonly RecordScope[]>;

const mismatched = (message: string): Fault[] => [{ path: '/cites', code: 'CITATION_MISMATCH', message }];

/** The key of the rules that a record names: its methodology, or the parameters of one that rests on no formula. */
function rulesOf({ cites }: LedgerRecord): string | undefined {
  const named = (role: string): string | undefined => cites.find((one) => one.role === role)?.key;
  return named('methodology') ?? named('parameters');
}

/** Methodology and parameters of a sector and year stand under one subject: `…/POWER/2024`. */
function sectorOf(key: string): string {
  const { uscc, unit, period } = parseBusinessKey(key);
  return `${uscc}/${unit}/${period}`;
}

const yearOf = ({ subject }: LedgerRecord): string => subject.period.slice(0, 4);

/**
 * A methodology is used with the parameters of its own sector and year, and an enterprise's year is judged by one sector's
 * figures and days: what a record names is what the records of the year that it cites are computed by. So nobody moves a
 * deadline, a cap or a benchmark by citing those of another sector. The sector is the unit of the rules' subject: POWER.
 */
export function rulesFaults(record: LedgerRecord, cited: Cited): readonly Fault[] {
  const [methodology] = cited.get('methodology') ?? [];
  const [parameters] = cited.get('parameters') ?? [];
  const together = methodology && parameters ? parametersFaults(methodology, parameters) : [];
  const own = (methodology ?? parameters)?.key;
  return own === undefined ? together : [...together, ...otherRulesFaults(record, own, [...cited.values()].flat())];
}

function parametersFaults(methodology: RecordScope, parameters: RecordScope): readonly Fault[] {
  return parameters.record.subject.unit === methodology.record.subject.unit
    ? parameterUnitFaults(methodology, parameters)
    : mismatched(`${parameters.key} does not belong to ${methodology.key}: they are of two sectors`);
}

function otherRulesFaults(record: LedgerRecord, own: string, cited: readonly RecordScope[]): Fault[] {
  // What is compared with another year (R-L36) was computed by the rules of that year.
  const ofYear = cited.filter((scope) => yearOf(scope.record) === yearOf(record));
  const { unit } = record.subject;
  const isOfUnits = (scope: RecordScope): boolean => unit === 'PLANT' && scope.record.subject.unit !== 'PLANT';
  return [
    ...ofYear.filter((scope) => !isOfUnits(scope)).flatMap((scope) => computedOtherwise(scope, own)),
    ...noUnitFaults(ofYear.filter(isOfUnits), own),
  ];
}

function computedOtherwise({ record, key }: RecordScope, own: string): Fault[] {
  const rules = rulesOf(record);
  return rules === undefined || sectorOf(rules) === sectorOf(own)
    ? []
    : mismatched(`${key} is computed by ${rules}, not by ${own}`);
}

/**
 * An enterprise’s year is computed by the rules of the sector for which its province listed it, or of a part of it (POWER-GAS): a
 * power plant does not take the benchmarks of steel by citing them from its plan on. Of who is on no list nothing is said.
 */
export async function listedSectorFaults(
  record: LedgerRecord,
  cited: Cited,
  view: Pick<LedgerView, 'get'>,
): Promise<readonly Fault[]> {
  const own = (cited.get('methodology') ?? cited.get('parameters'))?.[0]?.key;
  if (own === undefined) return [];
  const { uscc } = record.subject;
  const listing = await view.get('listed', `${uscc}/${yearOf(record)}`);
  const sectors = listedSectors(listing);
  const { unit } = parseBusinessKey(own);
  if (sectors.length === 0 || sectors.some((sector) => isOfSector(unit, sector))) return [];
  const message = `${uscc} is listed for ${sectors.join(', ')} in ${yearOf(record)}, and ${own} is of another sector: cite the rules of its own, or its province lists it for this one too`;
  return [{ path: '/cites', code: 'CITATION_MISMATCH', message, details: { uscc, sectors, key: own } }];
}

/** A plant may have units of two sectors, as one of coal and gas has; its own rules are those of one of them. */
function noUnitFaults(units: readonly RecordScope[], own: string): Fault[] {
  const rules = [...new Set(units.flatMap(({ record }) => rulesOf(record) ?? []))];
  if (rules.length === 0 || rules.some((one) => sectorOf(one) === sectorOf(own))) return [];
  return mismatched(`no unit of the plant is computed by ${own}: they are by ${rules.join(', ')}`);
}
