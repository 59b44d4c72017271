import fc from 'fast-check';
import { Group, type Row } from './groups';
import { Tally } from './tally';

const rowOf = (x: number, y: number): Row => ({ x: BigInt(x), y: BigInt(y) });
const rows = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
  minLength: 1,
  maxLength: 12,
});
const groupOf = (pairs: readonly (readonly [number, number])[], keepsRows = true): Group => {
  const group = new Group(keepsRows);
  for (const [x, y] of pairs) group.add(rowOf(x, y));
  return group;
};

describe('what several enterprises have in common at a check', () => {
  it('is the same whether it is gathered at once or in parts, in any order', () => {
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        const parts = new Group(true);
        parts.merge(groupOf(other).state());
        parts.merge(groupOf(one).state());
        const whole = groupOf([...other, ...one]);
        expect(parts.state()).toEqual(whole.state());
      }),
    );
  });

  it('survives plain JSON', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const read = new Group(true);
        read.merge(JSON.parse(JSON.stringify(groupOf(all).state())) as ReturnType<Group['state']>);
        expect(read.state()).toEqual(groupOf(all).state());
      }),
    );
  });

  it('is seen by a member without itself, once, also where another has the same values', () => {
    fc.assert(
      fc.property(rows, fc.nat(11), (all, at) => {
        const index = at % all.length;
        const own = all[index] ?? [0, 0];
        const rest = groupOf(all)
          .others(rowOf(...own))
          .state();
        const expected = groupOf(all.filter((_, other) => other !== index)).state();
        const sorted = (state: typeof rest): string[] => state.rows.map((row) => JSON.stringify(row)).sort();
        // Sums that come to nothing are nothing: whether their names are kept makes no difference.
        expect([rest.count, sorted(rest)]).toEqual([expected.count, sorted(expected)]);
        for (const name of ['x', 'y']) expect(rest.sums[name] ?? '0').toBe(expected.sums[name] ?? '0');
      }),
    );
  });

  it('is what lies beyond a group inside it', () => {
    fc.assert(
      fc.property(rows, rows, (inner, outer) => {
        const beyond = groupOf([...inner, ...outer], false)
          .beyond(groupOf(inner, false))
          .state();
        const expected = groupOf(outer, false).state();
        expect(beyond.count).toBe(expected.count);
        for (const name of ['x', 'y']) expect(beyond.sums[name] ?? '0').toBe(expected.sums[name] ?? '0');
      }),
    );
  });

  it('keeps single values only where a rule asks for them', () => {
    expect(groupOf([[1, 2]], false).state().rows).toEqual([]);
    expect(groupOf([[1, 2]]).state().rows).toEqual([{ x: '1', y: '2' }]);
  });
});

describe('a tally of rules', () => {
  type Act = readonly ['ran' | 'found' | 'notRun', string];
  const acts = fc.array(fc.tuple(fc.constantFrom('ran', 'found', 'notRun'), fc.constantFrom('R-X01', 'R-L04')), {
    maxLength: 20,
  });
  const tallyOf = (all: readonly Act[]): Tally => {
    const tally = new Tally();
    for (const [act, rule] of all) {
      if (act === 'notRun') tally.notRun(rule, 'no test-report');
      else tally[act](rule);
    }
    return tally;
  };

  it('of parts is that of the whole, in any order', () => {
    fc.assert(
      fc.property(acts, acts, (one, other) => {
        const sum = tallyOf([]);
        sum.add(tallyOf(other).counts());
        sum.add(tallyOf(one).counts());
        expect(sum.counts()).toEqual(tallyOf([...one, ...other] as Act[]).counts());
      }),
    );
  });

  it('counts each reason for which a rule was not run, rules in order', () => {
    const tally = new Tally();
    tally.notRun('R-X02', 'no class');
    tally.notRun('R-X02', 'no report', 2);
    tally.ran('R-X01', 3);
    tally.found('R-X01');
    expect(Object.entries(tally.counts())).toEqual([
      ['R-X01', { ran: 3, found: 1, notRun: {} }],
      ['R-X02', { ran: 0, found: 0, notRun: { 'no class': 1, 'no report': 2 } }],
    ]);
  });
});
