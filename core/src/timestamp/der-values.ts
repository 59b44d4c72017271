import { toHex } from '../bytes';
import { TAG, type DerElement } from './der';
import { invalid } from './fault';

/** Value of an INTEGER, which DER writes in the fewest bytes (X.690 section 8.3.2). */
export function integerOf({ content }: DerElement): bigint {
  const [first, second] = content;
  if (first === undefined) throw invalid('an integer has no bytes');
  const padded = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (padded) throw invalid('an integer is not in its shortest form');
  const value = BigInt(`0x${toHex(content)}`);
  return first < 0x80 ? value : value - (1n << BigInt(8 * content.length));
}

/** A small INTEGER that is not negative, such as a version. */
export function smallInteger(element: DerElement): number {
  const value = integerOf(element);
  if (value < 0n || value > 0xffffn) throw invalid('a number is out of range');
  return Number(value);
}

/** Dotted form of an OBJECT IDENTIFIER (X.690 section 8.19). */
export function oidOf({ content }: DerElement): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    if ((arc === 0 && byte === 0x80) || arc > 2 ** 40) throw invalid('an object identifier is broken');
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first, ...rest] = arcs;
  if (first === undefined || (content.at(-1) ?? 0x80) >= 0x80) throw invalid('an object identifier is broken');
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - 40 * top, ...rest].join('.');
}

export function booleanOf({ content }: DerElement): boolean {
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw invalid('a boolean is broken');
  return content[0] === 0xff;
}

/** Bytes of a BIT STRING that has whole bytes, as keys and signatures do. */
export function bitStringBytes({ content }: DerElement): Uint8Array {
  if (content[0] !== 0) throw invalid('a bit string has no whole bytes');
  return content.subarray(1);
}

const UTC_TIME = /^\d{12}Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d{0,8}[1-9])?Z$/;

/** Milliseconds since 1970 of a UTCTime or GeneralizedTime in UTC (RFC 5280 section 4.1.2.5, RFC 3161 section 2.4.2). */
export function timeOf({ tag, content }: DerElement): number {
  const text = String.fromCharCode(...content.subarray(0, 32));
  const full = tag === TAG.utcTime ? withCentury(text) : text;
  if (!GENERALIZED_TIME.test(full)) throw invalid('a time is broken');
  const instant = full.replace(GENERALIZED_TIME, '$1-$2-$3T$4:$5:$6.000Z');
  const time = Date.parse(instant);
  // Some engines carry a 30th of February into March; DER writes no such thing.
  if (Number.isNaN(time) || new Date(time).toISOString() !== instant) throw invalid('a time is broken');
  return time + Math.floor(Number(`0${full.slice(14, -1)}`) * 1000);
}

/** Two digits of a year stand for 1950 to 2049 (RFC 5280 section 4.1.2.5.1). */
function withCentury(text: string): string {
  if (!UTC_TIME.test(text)) throw invalid('a time is broken');
  return Number(text.slice(0, 2)) >= 50 ? `19${text}` : `20${text}`;
}
