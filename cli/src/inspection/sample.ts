import { riskTickets, type RiskFacts, type RiskTickets, type ScreeningResult } from '@carbon-ledger/core';
import type { ScreenedRecord, ScreeningReader } from '@carbon-ledger/client-sdk';

function isOfYear({ record }: ScreenedRecord, year: string): boolean {
  return record.subject.period.startsWith(year);
}

function isMonth({ record }: ScreenedRecord): boolean {
  return record.type === 'monthly-evidence' && record.subject.unit !== 'PLANT';
}

function emissionOf(views: readonly ScreenedRecord[]): string {
  const of = (type: string, figure: string): string | undefined =>
    views.find(({ record }) => record.type === type && record.subject.unit === 'PLANT')?.record.totals[figure]?.value;
  return of('verification-conclusion', 'verifiedEmission_tCO2') ?? of('annual-report', 'emission_tCO2') ?? '0';
}

/** Facts of one plant from its records and what screening found on it. */
async function factsOf(
  uscc: string,
  year: string,
  reader: ScreeningReader,
  { findings }: Pick<ScreeningResult, 'findings'>,
): Promise<RiskFacts> {
  const views = (await reader.records(uscc, false)).filter((view) => isOfYear(view, year));
  const months = views.filter(isMonth);
  const own = findings.filter(({ at, explained }) => explained === undefined && at.startsWith(`${uscc}/`));
  const labs = new Set(views.filter(({ record }) => record.type === 'test-report').map(({ record }) => record.issuer));
  const aboutLabs = await Promise.all([...labs].map((lab) => reader.records(lab, false)));
  return {
    uscc,
    block: own.filter(({ severity }) => severity === 'B').length,
    warn: own.filter(({ severity }) => severity === 'W').length,
    months: months.length,
    defaults: months.filter(({ record }) => record.content['carbonBasis'] === 'default').length,
    laboratory: aboutLabs.flat().filter(({ record }) => record.type === 'finding').length,
    emission: emissionOf(views),
  };
}

/** Tickets of every plant that was screened, in the order of their codes. */
export async function ticketsOf(
  frame: readonly string[],
  year: string,
  reader: ScreeningReader,
  result: ScreeningResult,
): Promise<RiskTickets[]> {
  const facts: RiskFacts[] = [];
  for (const uscc of [...frame].sort()) facts.push(await factsOf(uscc, year, reader, result));
  return riskTickets(facts);
}
