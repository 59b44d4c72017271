import fc from 'fast-check';
import { isLedgerError } from '../errors';
import { parseSerialRange } from '../identifiers';
import { SerialIndex, SerialReader, tonnesOf } from './serials';

const span = fc.tuple(fc.constantFrom('A', 'B'), fc.nat(60), fc.nat(15)).map(([block, from, length]) => ({
  block,
  from: BigInt(from),
  to: BigInt(from + length),
}));

describe('ranges of serial numbers', () => {
  it('are found where they share a number with another, with how many they share', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), fc.array(span, { minLength: 1, maxLength: 4 }), (all, asked) => {
        const index = new SerialIndex<number>();
        for (const [at, range] of all.entries()) index.add(range, at);
        for (const one of asked) {
          const numbers = (range: typeof one): string[] =>
            Array.from(
              { length: Number(range.to - range.from) + 1 },
              (_, at) => `${range.block}${String(range.from + BigInt(at))}`,
            );
          const expected = all.flatMap((range, item) => {
            const shared = numbers(range).filter((number) => numbers(one).includes(number)).length;
            return shared === 0 ? [] : [`${String(item)} ${String(shared)}`];
          });
          const found = index.overlapping(one).map(({ item, tonnes }) => `${String(item)} ${tonnes.toString()}`);
          expect(found.sort()).toEqual(expected.sort());
        }
      }),
      { numRuns: 150 },
    );
  });

  it('may be added after it was asked', () => {
    const index = new SerialIndex<string>();
    const range = { block: 'A', from: 5n, to: 9n };
    expect(index.overlapping(range)).toEqual([]);
    index.add({ block: 'A', from: 9n, to: 20n }, 'late');
    index.add({ block: 'A', from: 1n, to: 100n }, 'wide');
    expect(index.overlapping(range)).toEqual([
      { item: 'wide', tonnes: 5n },
      { item: 'late', tonnes: 1n },
    ]);
  });
});

describe('a reader of many ranges', () => {
  const prefix = fc.constantFrom('FIC-A-', 'fic-a-', 'X', 'CN-2024-', '');
  const digits = fc.integer({ min: 0, max: 999 }).map((number) => String(number).padStart(3, '0'));

  it('reads what is read one by one, whatever it read before', () => {
    const reader = new SerialReader();
    fc.assert(
      fc.property(prefix, digits, prefix, digits, (fromPrefix, from, toPrefix, to) => {
        let expected: unknown;
        try {
          expected = parseSerialRange(fromPrefix + from, toPrefix + to);
        } catch (error) {
          if (!isLedgerError(error)) throw error;
        }
        expect(reader.read(fromPrefix + from, toPrefix + to)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['A-9', 'A-1'],
    ['A-1', 'A-10'],
    ['A-1', 'B-2'],
    ['A', 'A'],
    ['', ''],
    ['A-1', 'A-2x'],
  ])('reads nothing of %j to %j', (from, to) => {
    const reader = new SerialReader();
    reader.read('A-1', 'A-9');
    expect(reader.read(from, to)).toBeUndefined();
  });
});

describe('tonnes in a file', () => {
  it.each(['', '-1', '1.5', '1e3', ' 1', '1 000', '1'.repeat(19)])('are not %j', (text) => {
    expect(() => tonnesOf(text)).toThrow('is not a whole number of tonnes');
  });
  it('are whole', () => {
    expect([tonnesOf('0'), tonnesOf('007'), tonnesOf('9'.repeat(18))]).toEqual([0n, 7n, 999_999_999_999_999_999n]);
  });
});
