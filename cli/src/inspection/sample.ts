import {
  drawnSample,
  fromHex,
  LedgerError,
  riskTickets,
  sha256,
  toHex,
  type AnchoredRecord,
  type ContentOf,
  type DrawnSample,
  type RiskFacts,
  type RiskTickets,
  type ScreeningResult,
} from '@carbon-ledger/core';
import type { ScreenedRecord, ScreeningReader } from '@carbon-ledger/client-sdk';

type Inspection = ContentOf<'inspection'>;

/** @throws LedgerError USAGE for what is no seed */
export function assertSeed(seed: string): void {
  if (!/^[0-9a-f]{64}$/.test(seed)) throw new LedgerError('USAGE', 'a seed is 32 bytes in hex');
}

export function draw(
  seed: string,
  frame: { readonly frame: readonly string[]; readonly size: number; readonly tickets?: readonly number[] | undefined },
): DrawnSample {
  assertSeed(seed);
  const { tickets, size } = frame;
  if (size > frame.frame.length)
    throw new LedgerError('USAGE', `--size ${String(size)}: only ${String(frame.frame.length)} can be drawn`);
  const content = { frame: [...frame.frame], size, ...(tickets === undefined ? {} : { tickets: [...tickets] }) };
  return {
    rule: tickets === undefined ? 'lowest-hash' : 'lowest-ticket',
    ...content,
    ...{ seed, commitment: toHex(sha256(fromHex(seed))), drawn: drawnSample(seed, content) },
  };
}

/** What the ledger says a plan draws, and whether it is what was opened. @throws LedgerError SAMPLE_DIFFERS */
export function redrawn({ record }: Pick<AnchoredRecord, 'record'>, given: string | undefined): DrawnSample {
  const content = record.content as Inspection;
  const seed = content.seed ?? given;
  if (seed === undefined) throw new LedgerError('USAGE', 'the plan is still under seal: give its --seed, or wait');
  const sample = draw(seed, content);
  if (sample.commitment !== content.commitment)
    throw new LedgerError('SAMPLE_DIFFERS', 'the seed is not what the plan committed to');
  const named = content.covered?.map(({ uscc }) => uscc).sort();
  if (named !== undefined && named.join() !== sample.drawn.join())
    throw new LedgerError('SAMPLE_DIFFERS', `the seed draws ${sample.drawn.join(', ')}, not ${named.join(', ')}`);
  return sample;
}

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
