import { constants, crc32 as zlibCrc32, deflateRawSync, gzipSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { utf8Encode } from '../bytes';
import { isLedgerError } from '../errors';
import { crc32 } from './crc32';
import { gunzipWithin } from './gzip';
import { inflateWithin } from './inflate';

const MOST = 100_000;
const dictionary = utf8Encode('{"schema":"carbon-ledger/receipt/v1","sha256:');

/** DEFLATE data bit by bit: `n/w` is the number n in w bits, the lowest first; `=…` bits of a code word, as they stand. */
function bits(...fields: string[]): Uint8Array {
  const all = fields.flatMap((field) => {
    if (field.startsWith('=')) return Array.from(field.slice(1), Number);
    const [value = 0, width = 0] = field.split('/').map(Number);
    return Array.from({ length: width }, (_, at) => (value >> at) & 1);
  });
  const data = new Uint8Array(Math.ceil(all.length / 8));
  for (const [at, bit] of all.entries()) data[at >> 3] = (data[at >> 3] ?? 0) | (bit << (at & 7));
  return data;
}

/** What zlib makes of the same data; undefined where it refuses them, or leaves some of them unread. */
function byZlib(data: Uint8Array, withDictionary?: Uint8Array): Buffer | undefined {
  try {
    const { buffer, engine } = inflateRawSync(data, {
      info: true,
      maxOutputLength: MOST,
      ...(withDictionary === undefined ? {} : { dictionary: withDictionary }),
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    return engine.bytesWritten === data.length ? buffer : undefined;
  } catch {
    return undefined;
  }
}

function byOurs(data: Uint8Array, withDictionary?: Uint8Array): Buffer | undefined {
  try {
    return Buffer.from(inflateWithin(data, MOST, withDictionary));
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE];
const contents = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc.string({ maxLength: 600, unit: fc.constantFrom(...Array.from('{}":abc0123456789')) }).map(utf8Encode),
  fc.nat({ max: 40_000 }).map((length) => new Uint8Array(length).fill(7)),
);
const streams = fc
  .record({
    content: contents,
    level: fc.nat({ max: 9 }),
    strategy: fc.constantFrom(...strategies),
    known: fc.boolean(),
  })
  .map(({ content, level, strategy, known }) => {
    const options = { level, strategy, ...(known ? { dictionary } : {}) };
    return { content, known: known ? dictionary : undefined, data: new Uint8Array(deflateRawSync(content, options)) };
  });

test('inflates what zlib deflates, in any way', () => {
  fc.assert(
    fc.property(streams, ({ content, known, data }) => {
      expect(inflateWithin(data, MOST, known)).toEqual(content);
    }),
  );
});

test('reads a damaged stream as zlib does, or refuses it as zlib does', () => {
  const damage = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 7 })), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(streams, damage, fc.nat({ max: 30 }), ({ known, data }, flips, cut) => {
      const damaged = data.slice(0, cut < 3 ? Math.max(data.length - cut, 1) : undefined);
      // Most of what can be wrong stands in the first bytes, where the codes are.
      for (const [place, bit] of flips) {
        const at = Math.floor(place ** 4 * damaged.length);
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      }
      expect(byOurs(damaged, known)).toEqual(byZlib(damaged, known));
    }),
    { numRuns: 400 },
  );
});

test('reads noise as zlib does', () => {
  const noise = fc.tuple(fc.constantFrom(0b001, 0b011, 0b101, 0b100), fc.uint8Array({ minLength: 1, maxLength: 80 }));
  fc.assert(
    fc.property(noise, ([type, data]) => {
      data[0] = ((data[0] ?? 0) & ~7) | type;
      expect(byOurs(data)).toEqual(byZlib(data));
    }),
    { numRuns: 1000 },
  );
});

// A fixed block of the letter a (10010001), then the symbol 257 (0000001): three letters more.
const letters = ['1/1', '1/2', '=10010001', '=0000001'];
const end = '=0000000';
/** A block with codes of its own; `lengths` are those of the code for code lengths, in the order of the format. */
const own = (literals: number, distances: number, lengths: readonly number[]): string[] => [
  ...['1/1', '2/2', `${String(literals - 257)}/5`, `${String(distances - 1)}/5`, `${String(lengths.length - 4)}/4`],
  ...lengths.map((length) => `${String(length)}/3`),
];

test('reads a match of its own', () => {
  const data = bits(...letters, '=00000', end);
  expect(byOurs(data)).toEqual(Buffer.from('aaaa'));
  expect(byZlib(data)).toEqual(Buffer.from('aaaa'));
});

test.each([
  ['the distance symbol 30, which is reserved', bits(...letters, '=11110', end)],
  ['the distance symbol 31, which is reserved', bits(...letters, '=11111', end)],
  ['the length symbol 286, which is reserved', bits('1/1', '1/2', '=10010001', '=11000110', '=00000', end)],
  ['the length symbol 287, which is reserved', bits('1/1', '1/2', '=10010001', '=11000111', '=00000', end)],
  ['a match that begins before the content', bits(...letters, '=00001', end)],
  ['a block of type 3', bits('1/1', '3/2', end)],
  ['a stored block whose length is damaged', bits('1/1', '0/2', '0/5', '1/16', '1/16', '97/8')],
  ['more than 286 literals and lengths', bits(...own(288, 1, [1, 1, 0, 0]), '0/64')],
  ['more than 30 distances', bits(...own(257, 32, [1, 1, 0, 0]), '0/64')],
  ['a code for lengths with words to spare', bits(...own(257, 1, [0, 0, 0, 2]), '0/64')],
  ['a code for lengths with too many words', bits(...own(257, 1, [1, 1, 1, 1]), '0/64')],
  ['the first length repeated', bits(...own(257, 1, [1, 0, 0, 1]), '=1', '0/2')],
  ['no word for the end of a block', bits(...own(257, 1, [0, 0, 1, 1]), '=1', '127/7', '=1', '109/7')],
])('refuses %s', (_what, data) => {
  expect(byZlib(data)).toBeUndefined();
  expect(() => inflateWithin(data, MOST)).toThrow(expect.objectContaining({ code: 'PROOF_MALFORMED' }) as Error);
});

test('stops at the limit, not before', () => {
  const data = deflateRawSync(new Uint8Array(5000));
  expect(inflateWithin(data, 5000)).toHaveLength(5000);
  for (const most of [0, 10, 4999])
    expect(() => inflateWithin(data, most)).toThrow(expect.objectContaining({ code: 'PROOF_OVERSIZED' }) as Error);
});

describe('a gzip file', () => {
  const content = utf8Encode('{"a":1}'.repeat(40));
  const file = new Uint8Array(gzipSync(content));

  it('is read, also with the optional parts of its header', () => {
    expect(gunzipWithin(file, MOST)).toEqual(content);
    const head = Uint8Array.of(...file.subarray(0, 3), 0b11110, ...file.subarray(4, 10), 2, 0, 9, 9, 110, 0, 99, 0);
    const sum = zlibCrc32(head) & 0xffff;
    const parts = Uint8Array.of(...head, sum & 0xff, sum >> 8, ...file.subarray(10));
    expect(gunzipWithin(parts, MOST)).toEqual(content);
    parts[head.length] = (parts[head.length] ?? 0) ^ 1;
    expect(() => gunzipWithin(parts, MOST)).toThrow(expect.objectContaining({ code: 'PROOF_MALFORMED' }) as Error);
  });

  it('is refused with any byte altered that says something, cut, or with bytes behind it', () => {
    const refused = (bytes: Uint8Array): void => {
      expect(() => gunzipWithin(bytes, MOST)).toThrow(expect.objectContaining({ code: 'PROOF_MALFORMED' }) as Error);
    };
    // Bytes 4 to 9 are time, effort and system: they say nothing of the content.
    for (let at = 2; at < file.length; at++)
      if (at < 4 || at > 9) refused(file.map((byte, index) => (index === at ? byte ^ 0x20 : byte)));
    for (let length = 2; length < file.length; length++) refused(file.subarray(0, length));
    refused(Uint8Array.of(...file, 0));
  });

  it('has the checksum of zlib', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => crc32(bytes) === zlibCrc32(bytes)));
  });
});
