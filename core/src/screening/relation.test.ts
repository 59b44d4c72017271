import fc from 'fast-check';
import { fittedRelation, type Observation } from './relation';

const unit = 1_000_000_000_000n;

function observation(at: number, y: number, ...x: readonly number[]): Observation {
  const fixed = (value: number): bigint => BigInt(Math.round(value * 1000)) * (unit / 1000n);
  return {
    y: fixed(y),
    x: x.map(fixed),
    record: `rec:${String(at).padStart(4, '0')}`,
    enterprise: `E${String(at % 3)}`,
  };
}

describe('a relation that is learnt', () => {
  it('is the line on which everything lies, whatever the order', () => {
    const numbers = fc.record({ a: fc.integer({ min: -50, max: 50 }), b: fc.integer({ min: -9, max: 9 }) });
    const places = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 5, maxLength: 20 });
    fc.assert(
      fc.property(numbers, places, ({ a, b }, xs) => {
        const all = xs.map((x, at) => observation(at, a + b * x, x));
        const found = fittedRelation(all, 3);
        expect(found).toMatchObject({ deviation: '0' });
        expect([Number(found?.intercept), Number(found?.slopes[0])]).toEqual([a + 0, b + 0]);
        expect(fittedRelation([...all].reverse(), 3)).toEqual(found);
      }),
      { numRuns: 60 },
    );
  });

  it('has a slope along each of two values, and none along one that never varies', () => {
    const pairs = [
      [1, 5],
      [2, 3],
      [3, 8],
      [4, 1],
      [5, 9],
    ] as const;
    const both = pairs.map(([p, q], at) => observation(at, 2 + 3 * p - q, p, q));
    expect(fittedRelation(both, 5)).toMatchObject({ intercept: '2', slopes: ['3', '-1'], deviation: '0' });
    const alone = pairs.map(([p], at) => observation(at, 2 + 3 * p, p, 0));
    expect(fittedRelation(alone, 5)).toMatchObject({ intercept: '2', slopes: ['3', '0'] });
  });

  it('leaves out what lies far from the others, and does not rest on it', () => {
    const line = Array.from({ length: 40 }, (_, at) => observation(at, at + (at % 2 === 0 ? 0.1 : -0.1), at));
    const far = observation(99, 500, 20);
    const found = fittedRelation([...line, far], 12);
    expect(found?.kept).toHaveLength(40);
    expect(found?.kept).not.toContain(far);
    expect(Number(found?.deviation)).toBeLessThan(0.2);
  });

  it('is none of few, of values that are all the same, and of two that go together', () => {
    const few = [observation(1, 1, 1), observation(2, 2, 2)];
    expect(fittedRelation(few, 3)).toBeUndefined();
    expect(fittedRelation(few, 2)).toBeUndefined();
    const same = Array.from({ length: 5 }, (_, at) => observation(at, at, 7));
    expect(fittedRelation(same, 3)).toBeUndefined();
    const together = Array.from({ length: 5 }, (_, at) => observation(at, at, at, 2 * at));
    expect(fittedRelation(together, 3)).toBeUndefined();
  });
});
