import { LedgerError } from '../errors';

/** A closed interval of CCER serial numbers inside one block: `FIC-A-000000001` … `FIC-A-000045000`. */
export interface SerialRange {
  /** Everything before the trailing digits. */
  readonly block: string;
  readonly from: bigint;
  readonly to: bigint;
}

const serialPattern = /^([A-Za-z0-9-]{0,40}?)([0-9]{1,18})$/;
/** Wide enough for 18 digits, so that text order is number order. */
const keyWidth = 18;

function parseSerial(text: string): { block: string; number: bigint; width: number } {
  const match = serialPattern.exec(text);
  if (!match) throw new LedgerError('BAD_RECORD', `${JSON.stringify(text)} is not a CCER serial number`);
  const digits = match[2] ?? '';
  return { block: match[1] ?? '', number: BigInt(digits), width: digits.length };
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
  return number.toString().padStart(keyWidth, '0');
}
