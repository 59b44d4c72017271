import { deflateSync } from 'node:zlib';
import { zlibSync } from 'fflate';
import fc from 'fast-check';
import { isPacked, packProof, unpackProof } from '.';
import { canonicalize } from '../canonical';
import { concat, toHex, utf8Decode, utf8Encode } from '../bytes';
import { sha256 } from '../digest/platform';
import { adler32 } from './adler32';
import words from './dictionary-1.json';

const dictionary = utf8Encode(words.join(''));
const limit = 10_000;
const hash = 'ab'.repeat(32);
const proof = { digest: `sha256:${hash}`, salt: '0f'.repeat(16), text: '月度存证' };
const packed = packProof(proof, limit);
/** A file of this content, whatever it is. */
const fileOf = (...content: Uint8Array[]): Uint8Array => zlibSync(concat(...content), { dictionary });
const unpacked = (file: Uint8Array): string => utf8Decode(unpackProof(file, limit));
const refuses = (file: Uint8Array, code: string): void => {
  expect(() => unpackProof(file, limit)).toThrow(expect.objectContaining({ code }) as Error);
};

const hex = fc.integer({ min: 0, max: 15 }).map((digit) => digit.toString(16));
const runs = fc
  .constantFrom(0, 2, 31, 32, 33, 40, 63, 64, 65, 96, 128, 130, 256)
  .chain((length) => fc.string({ unit: hex, minLength: length, maxLength: length }));
const values = fc.dictionary(
  fc.oneof(fc.string({ unit: 'binary' }), runs),
  fc.oneof(fc.string({ unit: 'binary' }), runs, fc.integer(), fc.array(runs)),
);

test('any proof comes back as it was', () => {
  fc.assert(
    fc.property(values, (value) => {
      const text = canonicalize(value);
      expect(utf8Decode(unpackProof(packProof(value, 1_000_000), 1_000_000))).toBe(text);
    }),
  );
});

test('hashes take their own bytes and no more', () => {
  const hashes = Array.from({ length: 200 }, (_, at) => (at * 7919 + 17).toString(16).padStart(64, '9a3c51e8'));
  const text = canonicalize(hashes);
  expect(text.length).toBe(200 * 67 + 1);
  expect(packProof(hashes, 100_000).length).toBeLessThan(200 * 34);
});

test('refuses to pack what no reader would take, and says by how much', () => {
  const long = 'z'.repeat(limit - 3);
  expect(unpacked(packProof(long, limit))).toBe(`"${long}"`);
  const refusal = (message: string): Error => expect.objectContaining({ code: 'PROOF_OVERSIZED', message }) as Error;
  expect(() => packProof(`${long}z`, limit)).toThrow(refusal('The proof has 10001 bytes of text; 10000 is the most.'));
  const hashes = Array.from({ length: 149 }, (_, at) => toHex(sha256(Uint8Array.of(at))));
  expect(() => packProof(hashes, limit)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/^The proof has \d+ bytes packed; 2500 is the most\.$/) as string,
    }) as Error,
  );
});

test('says that it is packed; JSON and gzip do not', () => {
  expect(isPacked(packed)).toBe(true);
  for (const first of ['{}', 'x', 'xylophone', '\u001f\u008b', ''])
    expect(isPacked(Buffer.from(first, 'latin1'))).toBe(false);
});

test('is read from any encoder of RFC 1950', () => {
  const content = concat(utf8Encode('{"a":"\u0001"}'), new Uint8Array(1), new Uint8Array(32).fill(0xab));
  expect(unpacked(deflateSync(content, { dictionary, level: 1 }))).toBe(`{"a":"${hash}"}`);
});

test('the checksum is that of RFC 1950', () => {
  expect(adler32(utf8Encode('Wikipedia'))).toBe(0x11e60398);
  expect(adler32(new Uint8Array(1_000_000).fill(255))).toBe(
    deflateSync(new Uint8Array(1_000_000).fill(255)).readUInt32BE(
      deflateSync(new Uint8Array(1_000_000).fill(255)).length - 4,
    ),
  );
});

test('the dictionary is the one that files of all times name', () => {
  expect(adler32(dictionary)).toBe(0x948b443e);
});

describe('is refused', () => {
  test.each(Array.from({ length: packed.length }, (_, at) => at))('cut after byte %i', (at) => {
    if (at >= 2) refuses(packed.subarray(0, at), 'PROOF_MALFORMED');
    else expect(isPacked(packed.subarray(0, at))).toBe(false);
  });

  test('with any byte altered', () => {
    for (let at = 6; at < packed.length; at += 1) {
      const file = packed.map((byte, index) => (index === at ? byte ^ 0x10 : byte));
      refuses(file, 'PROOF_MALFORMED');
    }
  });

  test('with bytes between or behind its parts', () => {
    const parts = [packed.subarray(0, -4), Uint8Array.of(0), packed.subarray(-4)] as const;
    refuses(concat(...parts), 'PROOF_MALFORMED');
    refuses(concat(packed, Uint8Array.of(0)), 'PROOF_MALFORMED');
  });

  test('of another dictionary', () => {
    refuses(zlibSync(utf8Encode('{}'), { dictionary: utf8Encode('another') }), 'UNSUPPORTED_VERSION');
  });

  test('with a hash too few, too many, or cut', () => {
    const text = utf8Encode('{"a":"\u0001"}\u0000');
    refuses(fileOf(text), 'PROOF_MALFORMED');
    refuses(fileOf(text, new Uint8Array(31)), 'PROOF_MALFORMED');
    refuses(fileOf(text, new Uint8Array(33)), 'PROOF_MALFORMED');
    expect(unpacked(fileOf(text, new Uint8Array(32)))).toBe(`{"a":"${'0'.repeat(64)}"}`);
  });

  test('without an end of its text, or with text that is not UTF-8', () => {
    refuses(fileOf(utf8Encode('{}')), 'PROOF_MALFORMED');
    refuses(fileOf(Uint8Array.of(0x7b, 0xff, 0x7d, 0)), 'PROOF_MALFORMED');
  });

  test('when it would unpack without end', () => {
    refuses(fileOf(new Uint8Array(limit + 1)), 'PROOF_OVERSIZED');
    refuses(fileOf(new Uint8Array(5_000_000)), 'PROOF_OVERSIZED');
    refuses(fileOf(utf8Encode('\u0005'.repeat(100)), Uint8Array.of(0), new Uint8Array(6500)), 'PROOF_OVERSIZED');
  });

  test('when it is packed in more than a quarter of its longest text', () => {
    const noise = Uint8Array.from({ length: 3000 }, (_, at) => (at * at * 7919) >>> 5);
    expect(fileOf(noise).length).toBeGreaterThan(limit / 4);
    refuses(fileOf(noise), 'PROOF_OVERSIZED');
  });
});

// What would come behind is broken: whoever inflates all of it before looking at the limit finds that instead.
test('inflating stops soon after the limit, whatever is behind it', () => {
  const bomb = deflateSync(new Uint8Array(4_000_000), { dictionary, level: 9 }).subarray(0, 2000);
  refuses(concat(bomb, new Uint8Array(400).fill(0xff)), 'PROOF_OVERSIZED');
});
