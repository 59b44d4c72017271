import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  canonicalize,
  packProof,
  unpackProof,
  utf8Decode,
  utf8Encode,
  verifyFigureProof,
  verifyReceipt,
} from '@carbon-ledger/core';
import { temporaryFolder } from '../support/temporary-folder';

/*
 * Two verifiers that share no code must refuse the same things with the same codes, also what nobody thought of: proofs with
 * any one place altered, always the same ones.
 */

const python = process.platform === 'win32' ? 'python' : 'python3';
const hasPython = spawnSync(python, ['-c', 'import cryptography, hashlib; hashlib.new("sm3")']).status === 0;
const golden = join(__dirname, '../golden');
const folder = temporaryFolder('differential');

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Holder = Json[] | { [name: string]: Json };

/** Every place of a value: what holds it, and under which name or index. */
function placesOf(value: Json): (readonly [Holder, string])[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.keys(value).flatMap((name) => [
    [value, name] as const,
    ...placesOf((value as Record<string, Json>)[name] ?? null),
  ]);
}

const alterations: readonly ((old: Json, at: number) => Json | undefined)[] = [
  () => undefined,
  (_, at) => [null, true, 0, -1, '', 'x', [], {}, '0', '18446744073709551616'][at % 10] ?? null,
  (old, at) =>
    typeof old === 'string' ? old.slice(0, at % (old.length + 1)) + old.slice((at % (old.length + 1)) + 1) : 1,
  (old, at) =>
    typeof old === 'string' ? `${old.slice(0, at % (old.length + 1))}0${old.slice((at % (old.length + 1)) + 1)}` : '',
  (old) => (typeof old === 'number' ? old + 1 : typeof old === 'string' ? old.toUpperCase() : {}),
  (old) => (Array.isArray(old) ? [...old].reverse() : `${JSON.stringify(old)}0`),
  (old) => (Array.isArray(old) ? [...old, ...old] : [old]),
];

/** A proof with one place altered, packed or not. */
function damaged(value: Json, place: number, how: number, at: number): Uint8Array {
  const copy = structuredClone(value);
  const places = placesOf(copy);
  const [holder, name] = places[place % places.length]!;
  const old = (holder as Record<string, Json>)[name] ?? null;
  const altered = alterations[how % alterations.length]!(old, at);
  if (altered !== undefined) (holder as Record<string, Json>)[name] = altered;
  else if (Array.isArray(holder)) holder.splice(Number(name), 1);
  else Reflect.deleteProperty(holder, name);
  return at % 2 === 0 ? packProof(copy, 8 * 1024 * 1024) : utf8Encode(canonicalize(copy));
}

const draw = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat());

interface Kind {
  readonly program: string;
  readonly field: 'receipt' | 'proof';
  readonly set: string;
  readonly files: readonly string[];
  readonly count: number;
  readonly verify: (file: Uint8Array, policy: Uint8Array) => { readonly result: string; readonly code?: string };
}

const kinds: readonly Kind[] = [
  {
    program: 'verify_receipt.py',
    field: 'receipt',
    set: 'receipt-v1-packed',
    files: ['valid/packed.receipt', 'valid/packed-signed-with-SM2.receipt'],
    count: 150,
    verify: (receipt, policy) => verifyReceipt({ receipt, policy }),
  },
  {
    program: 'verify_proof.py',
    field: 'proof',
    set: 'figure-proof-v1-packed',
    files: ['valid/totals.proof', 'valid/month.proof', 'valid/lab.proof'],
    count: 60,
    verify: (proof, policy) => verifyFigureProof({ proof, policy }),
  },
];

const bytes = (file: string): Uint8Array => new Uint8Array(readFileSync(file));

const dictionary = (
  JSON.parse(readFileSync(join(__dirname, '../../core/src/packing/dictionary-1.json'), 'utf8')) as string[]
).join('');

/** Small files that unpack to very much, whole and cut, and packed files about as long as they may be. */
function bombs(): Uint8Array[] {
  const noise = Uint8Array.from({ length: 65_536 }, (_, at) => (at * at * 7919) >>> 5);
  const packed = (size: number): Buffer =>
    deflateSync(new Uint8Array(size), { dictionary: Buffer.from(dictionary), level: 9 });
  const long = (size: number): Buffer =>
    deflateSync(noise.subarray(0, size), { dictionary: Buffer.from(dictionary), level: 0 });
  const gzipped = gzipSync(new Uint8Array(20_000_000), { level: 9 });
  return [
    packed(300_000),
    packed(20_000_000),
    packed(20_000_000).subarray(0, 16_000),
    long(65_500),
    long(65_536),
    gzipped,
  ].map((file) => new Uint8Array(file));
}

/** Packed and gzip files with any bit of theirs turned over, cut, or with something behind them. */
function brokenStreams(files: readonly Uint8Array[]): Uint8Array[] {
  const streams = files.flatMap((file) => [file, new Uint8Array(gzipSync(unpackProof(file, 8 * 1024 * 1024)))]);
  const flip = fc.tuple(
    fc.nat({ max: streams.length - 1 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat({ max: 7 }),
  );
  const flipped = fc.sample(flip, { numRuns: 60, seed: 20_261_121 }).map(([which, place, bit]) => {
    const copy = (streams[which] ?? new Uint8Array(1)).slice();
    const at = Math.floor(place * (copy.length - 1));
    copy[at] = (copy[at] ?? 0) ^ (1 << bit);
    return copy;
  });
  return [...flipped, ...streams.flatMap((file) => [file.slice(0, -9), Uint8Array.of(...file, 0)])];
}

/** A packed file of the letter a, and a match by this word of five bits for its distance: 30 and 31 are reserved (RFC 1951, 3.2.6). */
function reservedDistance(word: 30 | 31): Uint8Array {
  // Last block, fixed codes; the letter; a length of three; the distance; the end.
  const fields = ['110', '10010001', '0000001', word.toString(2), '0000000'].join('');
  const data = new Uint8Array(Math.ceil(fields.length / 8));
  for (const [at, bit] of Array.from(fields).entries())
    data[at >> 3] = (data[at >> 3] ?? 0) | (Number(bit) << (at & 7));
  const whole = deflateSync('', { dictionary: Buffer.from(dictionary), level: 9 });
  return Uint8Array.of(...whole.subarray(0, 6), ...data, 0, 0x62, 0, 0x62);
}

/** Damaged files in a folder of their own, with what the first verifier says of each. */
function written({ field, set, files, count, verify }: Kind): { name: string; result: string; code?: string }[] {
  const policy = bytes(join(golden, set, 'policy.json'));
  const wholes = files.map((file) => bytes(join(golden, set, file)));
  const values = wholes.map((file) => JSON.parse(utf8Decode(unpackProof(file, 8 * 1024 * 1024))) as Json);
  const drawn = fc.sample(draw, { numRuns: count, seed: 20_261_121 });
  const altered = drawn.map(([which, place, how, at]) =>
    damaged(values[which % values.length] ?? null, place, how, at),
  );
  const cases = [...altered, ...bombs(), ...brokenStreams(wholes), reservedDistance(30), reservedDistance(31)].map(
    (file, index) => {
      const name = `${field}-${String(index)}`;
      writeFileSync(join(folder, name), file);
      const { result, code } = verify(file, policy);
      return { name, [field]: name, policy: 'policy.json', result, ...(code === undefined ? {} : { code }) };
    },
  );
  writeFileSync(join(folder, 'policy.json'), policy);
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ cases }));
  return cases;
}

test.each(kinds.map((kind) => [kind.program, kind] as const))(
  hasPython ? '%s says the same of damaged proofs' : '%s is not run: no Python with cryptography',
  (program, kind) => {
    const expected = written(kind).map(({ name, result, code = null }) => [name, result, code]);
    expect(expected.filter(([, result]) => result === 'FAIL').length).toBeGreaterThan(kind.count * 0.8);
    if (!hasPython) return;
    const output = execFileSync(python, [join(__dirname, program), '--golden', folder], { encoding: 'utf8' });
    const answers = output
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as unknown[]).slice(0, 3));
    expect(answers).toEqual(expected);
  },
);
