import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unpackProof, utf8Decode, verifyFigureProof, verifyReceipt } from '@carbon-ledger/core';
import { hasPython, saidOfLines } from '../support/second-verifier';
import { damaged, draws, type Draw, type Json } from './alterations';
import { howMany, inRounds, SEED, tellProgress } from './fuzz-settings';

/*
 * Two verifiers that share no code must refuse the same things with the same codes, also what nobody thought of: proofs with
 * any one place altered, always the same ones for a seed (npm run fuzz: many more).
 */

const golden = join(__dirname, '../golden');
const MOST = 8 * 1024 * 1024;

interface Kind {
  readonly program: 'verify_receipt.py' | 'verify_proof.py';
  readonly set: string;
  readonly files: readonly string[];
  /** Alterations in a usual run. */
  readonly count: number;
  readonly verify: (file: Uint8Array, policy: Uint8Array) => { readonly result: string; readonly code?: string };
}

const kinds: readonly Kind[] = [
  {
    program: 'verify_receipt.py',
    set: 'receipt-v1-packed',
    files: ['valid/packed.receipt', 'valid/packed-signed-with-SM2.receipt'],
    count: 800,
    verify: (receipt, policy) => verifyReceipt({ receipt, policy }),
  },
  {
    program: 'verify_proof.py',
    set: 'figure-proof-v1-packed',
    files: ['valid/totals.proof', 'valid/one-month.proof', 'valid/lab.proof'],
    count: 200,
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
  const streams = files.flatMap((file) => [file, new Uint8Array(gzipSync(unpackProof(file, MOST)))]);
  const flip = fc.tuple(
    fc.nat({ max: streams.length - 1 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat({ max: 7 }),
  );
  const flipped = fc.sample(flip, { numRuns: 60, seed: SEED }).map(([which, place, bit]) => {
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

const textOf = (file: Uint8Array): string =>
  Buffer.from(file[0] === 0x1f ? gunzipSync(file) : unpackProof(file, MOST)).toString();

type Answer = readonly [result: string, code: string | null];

function answerOf({ verify }: Kind, file: Uint8Array, policy: Uint8Array): Answer {
  const { result, code = null } = verify(file, policy);
  return [result, code];
}

/** What both say where they differ, with the bytes, so that it can be looked at. */
function differences(
  kind: Kind,
  files: readonly Uint8Array[],
  said: readonly Answer[],
  names: readonly string[],
): unknown[] {
  return said.flatMap((first, at) => {
    const second = secondOf(kind, files)[at];
    return JSON.stringify(first) === JSON.stringify(second) ? [] : [[names[at], first, second]];
  });
}

const seconds = new WeakMap<readonly Uint8Array[], readonly Answer[]>();

function secondOf({ program, set }: Kind, files: readonly Uint8Array[]): readonly Answer[] {
  const known = seconds.get(files) ?? saidOfLines(program, join(golden, set, 'policy.json'), files);
  seconds.set(files, known);
  return known;
}

const title = (kind: string): string =>
  hasPython ? `${kind} says the same of %s` : `${kind} is not run on %s: no Python with cryptography`;

describe.each(kinds)('$program', (kind) => {
  const policy = bytes(join(golden, kind.set, 'policy.json'));
  const wholes = kind.files.map((file) => bytes(join(golden, kind.set, file)));
  const values = wholes.map((file) => JSON.parse(utf8Decode(unpackProof(file, MOST))) as Json);
  const drawn = draws(SEED, howMany(kind.count));
  const altered = ({ which, ...draw }: Draw): Uint8Array =>
    damaged(values[which % values.length] ?? null, { which, ...draw });

  test(title(kind.program).replace('%s', `${String(drawn.length)} proofs with a place altered`), () => {
    let failed = 0;
    const differing: unknown[] = [];
    for (const [at, round] of inRounds(drawn).entries()) {
      const files = round.map(altered);
      const said = files.map((file) => answerOf(kind, file, policy));
      const names = round.map((draw) => JSON.stringify(draw));
      failed += said.filter(([result]) => result === 'FAIL').length;
      if (hasPython) differing.push(...differences(kind, files, said, names));
      tellProgress((at + 1) * round.length, drawn.length, differing.length);
    }
    // All of them at once: a long run that ends at its first difference tells one fault an hour.
    expect(differing).toEqual([]);
    expect(failed).toBeGreaterThan(drawn.length * 0.8);
  });

  test(title(kind.program).replace('%s', 'broken files'), () => {
    const files = [...bombs(), ...brokenStreams(wholes), reservedDistance(30), reservedDistance(31)];
    const said = files.map((file) => answerOf(kind, file, policy));
    if (hasPython)
      expect(
        differences(
          kind,
          files,
          said,
          files.map((_, at) => String(at)),
        ),
      ).toEqual([]);
    // A bit of gzip's header that nothing hangs on (its time, its system) may be another one: what it holds is the whole proof.
    const passed = files.filter((_file, at) => said[at]?.[0] === 'PASS').map((file) => textOf(file));
    expect(passed.filter((text) => !wholes.some((whole) => textOf(whole) === text))).toEqual([]);
  });
});
