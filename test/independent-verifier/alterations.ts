import fc from 'fast-check';
import { canonicalize, packProof, utf8Encode } from '@carbon-ledger/core';

/*
 * Ways to alter a proof: every place of it, by what a forger, an editor, another language or a careless program would write there.
 */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Holder = Json[] | { [name: string]: Json };

const MOST = 8 * 1024 * 1024;

/** Every place of a value: what holds it, and under which name or index. */
function placesOf(value: Json): (readonly [Holder, string])[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.keys(value).flatMap((name) => [
    [value, name] as const,
    ...placesOf((value as Record<string, Json>)[name] ?? null),
  ]);
}

const fullWidth = (text: string): string =>
  text.replace(/[!-~]/, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));

/** Beside its own, what some reader takes for the same text or number. */
const likely: readonly ((text: string, at: number) => string)[] = [
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase(),
  fullWidth,
  (text, at) => insert(text, at, ' '),
  (text) => ` ${text}`,
  (text) => `${text}\n`,
  (text) => `${text}\u3000`,
  (text) => `\ufeff${text}`,
  (text, at) => insert(text, at, '\u200b'),
  (text, at) => insert(text, at, '\n'),
  (text, at) => insert(text, at, '_'),
  (text) => text.replace(/^0x/, '0X'),
  (text) => text.replace(/^0x/, ''),
  (text) => text.replace(/^0x/, '1y'),
  (text) => text.replace(/^(rec|pol|sm2|sm3|sha256):/, '$1;'),
  (text) => text.replaceAll('+', '-').replaceAll('/', '_'),
  (text) => text.replace(/=+$/, ''),
  (text) => `${text}=`,
  (text) => `+${text}`,
  (text) => `0${text}`,
  (text) => `${text}.0`,
  (text) => `-${text}`,
  (text) => text.replace(/[0-9]/, (digit) => String.fromCharCode(0x0660 + Number(digit))),
  (text) => text.replace(/[a-z]/, (one) => `${one}\u0301`),
  (text) => text.replace(/T.*Z$/, 'T24:00:00Z'),
  (text) => text.replace(/^(\d{4})-\d\d-\d\dT/, '$1-11-31T'),
  (text) => text.replace('\n', '\r\n'),
  (text) => text.replaceAll('\u2014', '-'),
  (text) => text + text.slice(text.lastIndexOf('\n', text.length - 2) + 1).repeat(64),
  (text) => text.repeat(40),
  (text) => `${text}${'\u{1f600}'.repeat(21)}`,
  (text) => text.slice(1),
  (text) => text.slice(0, -1),
];

function insert(text: string, at: number, piece: string): string {
  const place = at % (text.length + 1);
  return text.slice(0, place) + piece + text.slice(place);
}

function nested(depth: number): Json {
  let value: Json = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const values: readonly Json[] = [
  ...[null, true, 0, -1, '', 'x', [], {}, '0', '18446744073709551615', '18446744073709551616', '00', 2 ** 53 - 1],
  ...['-0', '1e2', '１', 'Ａ', 'é', 'ｰ', '\u2028', '0x', nested(60), nested(63), nested(80), nested(1200)],
];

type Alteration = (old: Json, at: number) => Json | undefined;

const structural: readonly Alteration[] = [
  () => undefined,
  (_, at) => values[at % values.length] ?? null,
  (old, at) =>
    typeof old === 'string' ? old.slice(0, at % (old.length + 1)) + old.slice((at % (old.length + 1)) + 1) : 1,
  (old, at) => (typeof old === 'string' ? insert(old, at, '0').slice(0, old.length) : ''),
  (old) => (typeof old === 'number' ? old + 1 : typeof old === 'string' ? `${old}x` : {}),
  (old) => (Array.isArray(old) ? [...old].reverse() : `${JSON.stringify(old)}0`),
  (old) => (Array.isArray(old) ? [...old, ...old] : [old]),
  (old) =>
    Array.isArray(old) && old.length > 0 ? Array.from({ length: 401 }, () => old[0] ?? null) : old === 1 ? 2001 : 1000,
  (old) => (old !== null && typeof old === 'object' && !Array.isArray(old) ? { ...old, extra: 1 } : 'extra'),
  (old) => (old !== null && typeof old === 'object' && !Array.isArray(old) ? { ...old, Ünïcode: '１' } : 'Ünïcode'),
  (old) => (old !== null && typeof old === 'object' && !Array.isArray(old) ? { ...old, ['k'.repeat(61)]: 1 } : 'k'),
];

/** One more way, where the place holds a text: two of three alterations. */
function altered(old: Json, how: number, at: number): Json | undefined {
  if (typeof old === 'string' && how % 3 > 0) return likely[(how >> 2) % likely.length]!(old, at);
  return structural[(how >> 2) % structural.length]!(old, at);
}

export interface Draw {
  readonly which: number;
  readonly place: number;
  readonly how: number;
  readonly at: number;
}

/** Draws on which the verifiers once differed: a unit of 25 characters, or of 46 UTF-16 code units. */
const foundBefore: readonly Draw[] = [{ which: 326573469, place: 400346478, how: 940193750, at: 782342267 }];

/** The same ones for the same seed. */
export function draws(seed: number, count: number): Draw[] {
  const nat = fc.nat({ max: 0x3fffffff });
  const draw = fc.record({ which: fc.noBias(nat), place: fc.noBias(nat), how: fc.noBias(nat), at: fc.noBias(nat) });
  return [...foundBefore, ...fc.sample(draw, { numRuns: count, seed })];
}

/** A proof with one place altered, or two, packed or as text; now and then text that is no canonical JSON any more. */
export function damaged(value: Json, { place, how, at }: Draw): Uint8Array {
  const copy = structuredClone(value);
  alterPlace(copy, place, how, at);
  if (at % 11 === 0) alterPlace(copy, at, place, how);
  if (at % 7 === 3) return utf8Encode(respelled(written(copy), at));
  return at % 2 === 0 ? packed(copy) : utf8Encode(written(copy));
}

function alterPlace(value: Json, place: number, how: number, at: number): void {
  const places = placesOf(value);
  const [holder, name] = places[place % places.length]!;
  const changed = altered((holder as Record<string, Json>)[name] ?? null, how, at);
  if (changed !== undefined) (holder as Record<string, Json>)[name] = changed;
  else if (Array.isArray(holder)) holder.splice(Number(name), 1);
  else Reflect.deleteProperty(holder, name);
}

/** Canonical where that is possible; nested too deep, as it stands. */
function written(value: Json): string {
  try {
    return canonicalize(value);
  } catch {
    return JSON.stringify(value);
  }
}

function packed(value: Json): Uint8Array {
  try {
    return packProof(value, MOST);
  } catch {
    return utf8Encode(written(value));
  }
}

const respellings: readonly ((text: string) => string)[] = [
  (text) => `\ufeff${text}`,
  (text) => `${text}\n`,
  (text) => text.replace(':', ': '),
  (text) => text.replace('"', '"\\u0000'),
  (text) => text.replace(/"schema":"[^"]*"/, '$&,$&'),
  (text) => text.replace(/:([0-9]+)/, ':$1.0'),
  (text) => text.replace(/:([0-9]+)/, ':$1e0'),
  (text) => text.replace(/:([0-9]+)/, ':-$1'),
  (text) => text.replace(/:([0-9]+)/, `:${'9'.repeat(5000)}`),
  (text) => text.replace(/:"([a-z])/, ':"\\u0078'),
  (text) => text.replace(/:"([a-z])/, ':"\\ud800'),
  (text) => text.slice(0, -1),
  (text) => text.replace(/"([A-Za-z]+)":/, '"\\u0041$1":'),
];

function respelled(text: string, at: number): string {
  return respellings[(at >> 3) % respellings.length]!(text);
}
