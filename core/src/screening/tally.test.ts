import fc from 'fast-check';
import { Tally, type RuleCount } from './tally';

type Told = readonly ['ran' | 'found' | 'notRun', string, number];
const told = fc.tuple(
  fc.constantFrom('ran' as const, 'found' as const, 'notRun' as const),
  fc.constantFrom('R-L01', 'R-L02', 'R-D01'),
  fc.integer({ min: 1, max: 5 }),
);

function tallied(all: readonly Told[]): Record<string, RuleCount> {
  const tally = new Tally();
  for (const [what, rule, times] of all)
    if (what === 'notRun') tally.notRun(rule, 'no figure', times);
    else tally[what](rule, times);
  return tally.counts();
}

describe('counts of rules', () => {
  it('are the same in whatever order and parts they are added', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 20 }), fc.nat(20), (all, at) => {
        const parts = new Tally();
        parts.add(tallied(all.slice(at)));
        parts.add(tallied(all.slice(0, at)));
        expect(parts.counts()).toEqual(tallied(all));
        expect(tallied([...all].reverse())).toEqual(tallied(all));
      }),
    );
  });

  it('add up to what was told, and name the rules in order', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 20 }), (all) => {
        const counts = tallied(all);
        const sum = (what: Told[0]): number => all.reduce((total, one) => total + (one[0] === what ? one[2] : 0), 0);
        const values = Object.values(counts);
        expect(values.reduce((total, { ran }) => total + ran, 0)).toBe(sum('ran'));
        expect(values.reduce((total, { found }) => total + found, 0)).toBe(sum('found'));
        expect(values.reduce((total, { notRun }) => total + (notRun['no figure'] ?? 0), 0)).toBe(sum('notRun'));
        expect(Object.keys(counts)).toEqual(Object.keys(counts).sort());
      }),
    );
  });

  it('keep what was lacking apart', () => {
    const tally = new Tally();
    tally.notRun('R-L01', 'no figure x');
    tally.notRun('R-L01', 'no figure y', 2);
    tally.notRun('R-L01', 'no figure x');
    expect(tally.counts()['R-L01']?.notRun).toEqual({ 'no figure x': 2, 'no figure y': 2 });
  });
});
