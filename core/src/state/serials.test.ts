import fc from 'fast-check';
import type { SerialRange } from '../identifiers';
import { addSpan, emptyView, overlappingSpan, OverlayView, removeSpan, spanKey } from '.';

const blocks = ['', 'A', 'B', 'CN-A', 'CN'];
const range: fc.Arbitrary<SerialRange> = fc
  .tuple(fc.constantFrom(...blocks), fc.bigInt({ min: 0n, max: 60n }), fc.bigInt({ min: 0n, max: 15n }))
  .map(([block, from, length]) => ({ block, from, to: from + length }));

/** Numbers of a range, one by one: slow, and right. */
const numbersOf = ({ block, from, to }: SerialRange): string[] =>
  Array.from({ length: Number(to - from) + 1 }, (_, at) => `${block}#${(from + BigInt(at)).toString()}`);

describe('serial numbers in the state', () => {
  it('overlap exactly where a set of single numbers says so, through additions and removals', async () => {
    const step = fc.tuple(fc.boolean(), range);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const view = new OverlayView(emptyView);
        const owners = new Map<string, string>();
        const held: { readonly range: SerialRange; readonly key: string }[] = [];
        for (const [index, [isRemoval, wanted]] of steps.entries()) {
          const taken = numbersOf(wanted).flatMap((number) => owners.get(number) ?? []);
          const found = await overlappingSpan(view, 'used', wanted);
          expect(found === undefined).toBe(taken.length === 0);
          if (found !== undefined) expect(taken).toContain(found.key);
          const oldest = held[0];
          if (isRemoval && oldest !== undefined) {
            removeSpan(view, 'used', oldest.range);
            for (const number of numbersOf(oldest.range)) owners.delete(number);
            held.shift();
          } else if (taken.length === 0) {
            const key = `record ${String(index)}`;
            addSpan(view, 'used', wanted, key);
            for (const number of numbersOf(wanted)) owners.set(number, key);
            held.push({ range: wanted, key });
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('of lots and of uses do not see each other', async () => {
    const view = new OverlayView(emptyView);
    const numbers = { block: 'A', from: 1n, to: 9n };
    addSpan(view, 'lot', numbers, 'k');
    expect(await overlappingSpan(view, 'used', numbers)).toBeUndefined();
    expect(await overlappingSpan(view, 'lot', { ...numbers, from: 9n, to: 12n })).toEqual({
      from: '1',
      to: '9',
      key: 'k',
    });
  });

  it('of a block whose name goes on do not stand in it', async () => {
    const view = new OverlayView(emptyView);
    for (const block of ['A0', 'AA', 'A-1']) addSpan(view, 'lot', { block, from: 0n, to: 99n }, block);
    expect(await overlappingSpan(view, 'lot', { block: 'A', from: 0n, to: 99n })).toBeUndefined();
  });

  it('stand under their last number, in the order of numbers whatever their length', () => {
    const number = fc.bigInt({ min: 0n, max: 10n ** 60n - 1n });
    fc.assert(
      fc.property(fc.constantFrom(...blocks), number, number, (block, a, b) => {
        expect(spanKey(block, a) < spanKey(block, b)).toBe(a < b);
        expect(spanKey(block, a) < `${block}0`).toBe(true);
      }),
    );
  });

  it('keep numbers of sixty digits whole', async () => {
    const view = new OverlayView(emptyView);
    const last = 10n ** 60n - 1n;
    addSpan(view, 'lot', { block: '', from: last, to: last }, 'k');
    expect(await overlappingSpan(view, 'lot', { block: '', from: last - 1n, to: last - 1n })).toBeUndefined();
    expect(await overlappingSpan(view, 'lot', { block: '', from: last - 1n, to: last })).toMatchObject({ key: 'k' });
  });
});
