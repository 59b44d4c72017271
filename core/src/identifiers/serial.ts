import { LedgerError } from '../errors';
import { normaliseIdentifier } from './normalise';

/** A closed interval of CCER serial numbers inside one block: `FIC-A-000000001` … `FIC-A-000045000`. */
export interface SerialRange {
  /** Identity of everything before the trailing digits ({@link normaliseIdentifier}): `FIC-A-` and `fic a` are one block. */
  readonly block: string;
  readonly from: bigint;
  readonly to: bigint;
}

/** Longest serial number in characters: what is read here is what a record holds. */
export const maxSerialLength = 60;
const serialPattern = /^([A-Za-z0-9-]*?)([0-9]+)$/;

function parseSerial(text: string): { block: string; number: bigint; width: number } {
  const match = text.length <= maxSerialLength ? serialPattern.exec(text) : null;
  if (!match) {
    const rule = `letters, digits and hyphens, digits at the end, at most ${String(maxSerialLength)} characters`;
    throw new LedgerError('BAD_RECORD', `${JSON.stringify(text)} is not a CCER serial number: ${rule}`);
  }
  const digits = match[2] ?? '';
  return { block: normaliseIdentifier(match[1] ?? ''), number: BigInt(digits), width: digits.length };
}

/** @throws LedgerError BAD_RECORD when the two ends are of different blocks or in the wrong order */
export function parseSerialRange(serialFrom: string, serialTo: string): SerialRange {
  const first = parseSerial(serialFrom);
  const last = parseSerial(serialTo);
  if (first.block !== last.block || first.width !== last.width) {
    throw new LedgerError('BAD_RECORD', `${serialFrom} and ${serialTo} are not of one block`);
  }
  if (last.number < first.number) throw new LedgerError('BAD_RECORD', `${serialTo} lies before ${serialFrom}`);
  return { block: first.block, from: first.number, to: last.number };
}

export function serialCount(range: SerialRange): bigint {
  return range.to - range.from + 1n;
}

export function rangesOverlap(one: SerialRange, other: SerialRange): boolean {
  return one.block === other.block && one.from <= other.to && other.from <= one.to;
}

/** Decimal digits padded so that text order equals number order. */
export function serialKey(number: bigint): string {
  return number.toString().padStart(maxSerialLength, '0');
}
