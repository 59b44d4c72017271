import { fromHex, toHex } from '../bytes';
import { canonicalize } from '../canonical';
import { isInstant } from '../calendar';
import { formatDecimal, isDecimalText, parseDecimal, roundHalfUp } from '../decimal';
import { LedgerError, type Fault } from '../errors';
import { inclusionPath, leafOfText, rootOf, verifyInclusion } from '../merkle';

/** What a meter told at one instant: RFC 3339 in UTC and whole seconds, and a decimal in the unit of its batch. */
export interface Reading {
  readonly at: string;
  readonly value: string;
}

/** What stands of a month's readings in its `device-batch` record. */
export interface ReadingSummary {
  readonly count: number;
  readonly first: string;
  readonly last: string;
  readonly sum: string;
  /** The longest time between two of them, in hours to two decimals. */
  readonly gap_h: string;
  /** Hex of the RFC 9162 root over the readings in the order of time. */
  readonly root: string;
}

/** One reading, provable against the root of its batch by whoever has no other. */
export interface ReadingProof {
  readonly reading: Reading;
  readonly index: number;
  readonly count: number;
  /** Hex, lowest sibling first. */
  readonly path: readonly string[];
}

const HEADER = 'time,value';
/** A reading a minute over a month, of several hundred meters' lines: more is split into batches. */
const MOST_READINGS = 100_000;

function lineFault(line: number, message: string): Fault {
  return { path: `/lines/${String(line)}`, code: 'BAD_RECORD', message: `line ${String(line)}: ${message}` };
}

function readLine(text: string, line: number, before: Reading | undefined): Reading | Fault {
  const [at = '', value = '', ...rest] = text.split(',');
  if (rest.length > 0) return lineFault(line, 'more than two columns');
  if (!isInstant(at)) return lineFault(line, `${JSON.stringify(at)} is not an instant in UTC (2026-01-31T08:00:00Z)`);
  if (!isDecimalText(value)) return lineFault(line, `${JSON.stringify(value)} is not a decimal number`);
  if (before !== undefined && at <= before.at) return lineFault(line, `${at} does not follow ${before.at}`);
  return { at, value };
}

/**
 * Reads `time,value` lines: instants that rise, decimals.
 * @throws LedgerError BAD_RECORD with the place of every line that is wrong
 */
export function parseReadings(csv: string): Reading[] {
  const [header, ...lines] = csv
    .replace(/^\ufeff/, '')
    .replace(/\r\n/g, '\n')
    .replace(/\n$/, '')
    .split('\n');
  const faults: Fault[] = [];
  const readings: Reading[] = [];
  if (header !== HEADER) faults.push(lineFault(1, `the first line is ${HEADER}`));
  if (lines.length === 0 || lines.length > MOST_READINGS)
    faults.push(lineFault(2, `between 1 and ${String(MOST_READINGS)} readings`));
  for (const [index, text] of lines.slice(0, MOST_READINGS).entries()) {
    const found = readLine(text, index + 2, readings.at(-1));
    if ('at' in found) readings.push(found);
    else faults.push(found);
  }
  if (faults.length === 0) return readings;
  throw new LedgerError('BAD_RECORD', `the readings have ${String(faults.length)} faults`, { faults });
}

function leaf(reading: Reading): Uint8Array {
  return leafOfText(canonicalize(reading)).hash;
}

function longestGap(readings: readonly Reading[]): string {
  const times = readings.map(({ at }) => Date.parse(at));
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const longest = gaps.reduce((most, gap) => Math.max(most, gap), 0);
  return formatDecimal(roundHalfUp(parseDecimal(String(longest)).div(3_600_000), 2), 2);
}

/** @param readings at least one, in the order of time */
export function summariseReadings(readings: readonly Reading[]): ReadingSummary {
  const sum = readings.reduce((total, { value }) => total.plus(parseDecimal(value)), parseDecimal('0'));
  return {
    count: readings.length,
    first: readings[0]?.at ?? '',
    last: readings.at(-1)?.at ?? '',
    sum: sum.toFixed(),
    gap_h: longestGap(readings),
    root: toHex(rootOf(readings.map(leaf))),
  };
}

/** @throws LedgerError NOT_FOUND where there is no such reading */
export function proveReading(readings: readonly Reading[], index: number): ReadingProof {
  const path = inclusionPath(readings.map(leaf), index).map(toHex);
  const reading = readings[index];
  if (reading === undefined) throw new LedgerError('NOT_FOUND', `no reading ${String(index)}`);
  return { reading, index, count: readings.length, path };
}

/** @throws LedgerError INCLUSION_INVALID, INCLUSION_MISMATCH as `verifyInclusion` does: it is no reading of that batch */
export function verifyReading(proof: ReadingProof, batch: Pick<ReadingSummary, 'count' | 'root'>): void {
  if (proof.count !== batch.count)
    throw new LedgerError(
      'INCLUSION_INVALID',
      `the batch has ${String(batch.count)} readings, not ${String(proof.count)}`,
    );
  const { reading, index, count, path } = proof;
  verifyInclusion(
    { leafHash: leaf(reading), index: BigInt(index), size: BigInt(count), path: path.map(fromHex) },
    fromHex(batch.root),
  );
}
