import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { Decimal } from '../decimal';
import { fixed, fixedDecimal, Moments, Sample } from './sample';

const number = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => new Decimal(`${String(digits)}e-${String(places)}`));
const cell = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const row = fc.record({ x: cell, y: cell, a: cell });
const rows = fc.array(row, { maxLength: 8 });
type Row = Readonly<Record<'x' | 'y' | 'a', bigint>>;

function momentsOf(all: readonly Row[]): Moments {
  const moments = new Moments();
  for (const one of all) moments.add(one);
  return moments;
}

/** What is kept, with what is zero left out: a sum that came back to nothing is no sum. */
function kept({ count, sums, products }: Moments): unknown {
  const plain = (all: Readonly<Record<string, bigint>>): unknown =>
    Object.fromEntries(Object.entries(all).filter(([, value]) => value !== 0n));
  return { count, sums: plain(sums), products: plain(products) };
}

describe('a number in units of 10⁻¹²', () => {
  it.each([
    ['0', 0n],
    ['1', 10n ** 12n],
    ['-1.5', -15n * 10n ** 11n],
    ['0.0000000000005', 1n],
    ['-0.0000000000005', -1n],
    ['0.00000000000049', 0n],
    ['123456789012345678.123456789012', 123456789012345678123456789012n],
  ])('%s is %s, half up', (text, expected) => {
    expect(fixed(new Decimal(text))).toBe(expected);
  });

  it('comes back as it was, to twelve decimals', () => {
    fc.assert(
      fc.property(number, (value) => {
        expect(fixedDecimal(fixed(value)).eq(value)).toBe(true);
      }),
    );
  });

  it('is of the second power once two are multiplied', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(fixedDecimal(fixed(a) * fixed(b), 2).eq(a.times(b))).toBe(true);
      }),
    );
  });
});

describe('moments of a table', () => {
  it('are the sums that a table has, whatever the order of its rows', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const moments = momentsOf(all);
        const total = (of: (one: Row) => bigint): bigint => all.reduce((sum, one) => sum + of(one), 0n);
        expect(moments.count).toBe(all.length);
        expect(moments.sums['x'] ?? 0n).toBe(total(({ x }) => x));
        expect(moments.products[Moments.pair('y', 'x')] ?? 0n).toBe(total(({ x, y }) => x * y));
        expect(moments.products[Moments.pair('a', 'a')] ?? 0n).toBe(total(({ a }) => a * a));
        expect(momentsOf([...all].reverse())).toEqual(moments);
      }),
    );
  });

  it('name a pair of columns one way, however it is asked for', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(Moments.pair(a, b)).toBe(Moments.pair(b, a));
      }),
    );
  });

  it('of two tables are those of both, in either order and any grouping', () => {
    fc.assert(
      fc.property(rows, rows, rows, (one, two, three) => {
        const left = momentsOf(one);
        left.merge(momentsOf(two));
        left.merge(momentsOf(three));
        const right = momentsOf(three);
        const inner = momentsOf(two);
        inner.merge(momentsOf(one));
        right.merge(inner);
        expect(kept(left)).toEqual(kept(momentsOf([...one, ...two, ...three])));
        expect(kept(right)).toEqual(kept(left));
      }),
    );
  });

  it('and their negation are nothing, and negation is its own inverse', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const moments = momentsOf(all);
        expect(kept(moments.negated().negated())).toEqual(kept(moments));
        const sum = momentsOf(all);
        sum.merge(moments.negated());
        expect(kept(sum)).toEqual({ count: 0, sums: {}, products: {} });
      }),
    );
  });

  it('without a row are those of the others, and the table itself stays as it is', () => {
    fc.assert(
      fc.property(row, rows, (first, others) => {
        const whole = momentsOf([first, ...others]);
        expect(kept(whole.without(first))).toEqual(kept(momentsOf(others)));
        expect(whole).toEqual(momentsOf([first, ...others]));
      }),
    );
  });
});

describe('a column', () => {
  it('has the spread of its pairwise differences: n·Σxy − Σx·Σy = Σ (xᵢ − xⱼ)(yᵢ − yⱼ) over i < j', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const moments = momentsOf(all);
        const [x, y] = [new Sample(moments, 'x'), new Sample(moments, 'y')];
        const pairs = all.flatMap((one, at) => all.slice(at + 1).map((two) => (one.x - two.x) * (one.y - two.y)));
        expect(x.spread(y)).toBe(pairs.reduce((sum, value) => sum + value, 0n));
        expect(y.spread(x)).toBe(x.spread(y));
        expect(x.spread(x) >= 0n).toBe(true);
      }),
    );
  });

  it('has a mean that moves with its values, and a deviation that does not', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 6 }), number, (values, by) => {
        const [own, moved] = [Sample.of(values), Sample.of(values.map((value) => value.plus(by)))];
        expect(moved.deviation().eq(own.deviation())).toBe(true);
        expect(moved.mean().minus(own.mean()).minus(by).abs().lt('1e-25')).toBe(true);
        expect(own.decimals().map((value) => value.toFixed())).toEqual(values.map((value) => value.toFixed()));
      }),
    );
  });

  it.each<[string, () => unknown, string]>([
    ['mean of none', () => Sample.of([]).mean(), 'mean of nothing'],
    ['deviation of none', () => Sample.of([]).deviation(), 'less than two values'],
    ['deviation of one', () => Sample.of([new Decimal(1)]).deviation(), 'less than two values'],
    ['values where sums alone were kept', () => new Sample(new Moments(), 'x').column(), 'keeps sums, not values'],
    ['product with another table', () => Sample.of([]).product(Sample.of([])), 'two series of one window'],
  ])('has no %s', (_, ask, words) => {
    expect(codeOf(ask)).toBe('BAD_FORMULA');
    expect(ask).toThrow(words);
  });
});
