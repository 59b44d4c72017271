import fc from 'fast-check';
import type { SerialRange } from '../identifiers';
import { addSpan, emptyView, overlappingSpans, OverlayView, removeSpan, takeSpans, type SerialSpan } from '.';

const HIGHEST = 40;
const blocks = ['A', 'AB', ''] as const;
const range: fc.Arbitrary<SerialRange> = fc
  .tuple(fc.constantFrom(...blocks), fc.nat(HIGHEST), fc.nat(12))
  .map(([block, from, more]) => ({ block, from: BigInt(from), to: BigInt(from + more) }));

const nameOf = (block: string, number: bigint): string => `${block}#${String(number)}`;
const numbersOf = ({ block, from, to }: SerialRange): string[] =>
  Array.from({ length: Number(to - from) + 1 }, (_, at) => nameOf(block, from + BigInt(at)));
const everything = (block: string): SerialRange => ({ block, from: 0n, to: BigInt(2 * HIGHEST) });
const rangeOf = (block: string, { from, to }: SerialSpan): SerialRange => ({
  block,
  from: BigInt(from),
  to: BigInt(to),
});

/** Who holds which single number: slow, and right. */
class Model {
  readonly owners = new Map<string, string>();

  isFree(wanted: SerialRange): boolean {
    return !numbersOf(wanted).some((number) => this.owners.has(number));
  }

  add(wanted: SerialRange, key: string): void {
    for (const number of numbersOf(wanted)) this.owners.set(number, key);
  }

  take(wanted: SerialRange): void {
    for (const number of numbersOf(wanted)) this.owners.delete(number);
  }
}

interface World {
  readonly view: OverlayView;
  readonly model: Model;
}

async function worldOf(steps: readonly (readonly [isTaking: boolean, range: SerialRange])[]): Promise<World> {
  const world = { view: new OverlayView(emptyView), model: new Model() };
  for (const [at, [isTaking, wanted]] of steps.entries()) {
    if (isTaking) {
      await takeSpans(world.view, 'frozen', wanted);
      world.model.take(wanted);
    } else if (world.model.isFree(wanted)) {
      addSpan(world.view, 'frozen', wanted, `holder ${String(at)}`);
      world.model.add(wanted, `holder ${String(at)}`);
    }
  }
  return world;
}

const steps = fc.array(fc.tuple(fc.boolean(), range), { maxLength: 20 });

describe('numbers taken out of spans', () => {
  it('leave every other number with whoever held it, and none that was taken', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { view, model } = await worldOf(all);
        const found = new Map<string, string>();
        for (const block of blocks)
          for (const span of await overlappingSpans(view, 'frozen', everything(block)))
            for (const number of numbersOf(rangeOf(block, span))) {
              expect(found.has(number)).toBe(false);
              found.set(number, span.key);
            }
        expect(found).toEqual(model.owners);
      }),
      { numRuns: 120 },
    );
  });

  it('are found by any range that shares one with them, in the order of their numbers', async () => {
    await fc.assert(
      fc.asyncProperty(steps, range, async (all, wanted) => {
        const { view, model } = await worldOf(all);
        const found = await overlappingSpans(view, 'frozen', wanted);
        const shared = numbersOf(wanted).filter((number) => model.owners.has(number));
        const told = found.flatMap((span) => numbersOf(rangeOf(wanted.block, span)));
        expect(told.filter((number) => numbersOf(wanted).includes(number))).toEqual(shared);
        for (const span of found) expect(BigInt(span.from) <= wanted.to && BigInt(span.to) >= wanted.from).toBe(true);
      }),
      { numRuns: 120 },
    );
  });

  it('can be taken twice: the second time changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(steps, range, async (all, wanted) => {
        const [once, twice] = [await worldOf(all), await worldOf(all)];
        await takeSpans(once.view, 'frozen', wanted);
        await takeSpans(twice.view, 'frozen', wanted);
        await takeSpans(twice.view, 'frozen', wanted);
        for (const block of blocks)
          expect(await overlappingSpans(twice.view, 'frozen', everything(block))).toEqual(
            await overlappingSpans(once.view, 'frozen', everything(block)),
          );
      }),
      { numRuns: 40 },
    );
  });

  it.each<[string, bigint, bigint, readonly (readonly [string, string])[]]>([
    ['the whole span', 10n, 19n, []],
    ['more than the span', 0n, 30n, []],
    ['its first number', 10n, 10n, [['11', '19']]],
    ['its last number', 19n, 19n, [['10', '18']]],
    [
      'its middle',
      12n,
      14n,
      [
        ['10', '11'],
        ['15', '19'],
      ],
    ],
    ['what ends before it', 0n, 9n, [['10', '19']]],
    ['what begins behind it', 20n, 25n, [['10', '19']]],
    ['what reaches into it', 5n, 12n, [['13', '19']]],
    ['what reaches out of it', 17n, 40n, [['10', '16']]],
  ])('are %s', async (_, from, to, left) => {
    const view = new OverlayView(emptyView);
    addSpan(view, 'frozen', { block: 'A', from: 10n, to: 19n }, 'holder');
    await takeSpans(view, 'frozen', { block: 'A', from, to });
    expect(await overlappingSpans(view, 'frozen', everything('A'))).toEqual(
      left.map(([first, last]) => ({ from: first, to: last, key: 'holder' })),
    );
  });

  it('are of one space and block: what other spaces and blocks hold stays', async () => {
    const view = new OverlayView(emptyView);
    const numbers = { block: 'A', from: 1n, to: 5n };
    for (const space of ['lot', 'frozen', 'used'] as const) addSpan(view, space, numbers, space);
    addSpan(view, 'frozen', { ...numbers, block: 'AB' }, 'other block');
    await takeSpans(view, 'frozen', { ...numbers, from: 2n });
    expect(await overlappingSpans(view, 'frozen', everything('A'))).toEqual([{ from: '1', to: '1', key: 'frozen' }]);
    expect(await overlappingSpans(view, 'lot', everything('A'))).toEqual([{ from: '1', to: '5', key: 'lot' }]);
    expect(await overlappingSpans(view, 'used', everything('A'))).toEqual([{ from: '1', to: '5', key: 'used' }]);
    expect(await overlappingSpans(view, 'frozen', everything('AB'))).toEqual([
      { from: '1', to: '5', key: 'other block' },
    ]);
  });

  it('of a span that is removed are free again', async () => {
    await fc.assert(
      fc.asyncProperty(range, async (wanted) => {
        const view = new OverlayView(emptyView);
        addSpan(view, 'used', wanted, 'holder');
        removeSpan(view, 'used', wanted);
        expect(await overlappingSpans(view, 'used', everything(wanted.block))).toEqual([]);
        expect([...view.writes().values()]).toEqual([null]);
      }),
      { numRuns: 30 },
    );
  });
});
