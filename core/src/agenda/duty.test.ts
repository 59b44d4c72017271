import fc from 'fast-check';
import { addDays } from '../calendar';
import { daysLate, toldFrom } from './deadline';
import { byUrgency, type Duty } from './duty';

const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays('2025-01-01', days));
const duty = fc
  .record({
    until: fc.option(day, { nil: undefined }),
    since: fc.option(day, { nil: undefined }),
    key: fc.constantFrom('a', 'b', 'c'),
  })
  .map(({ until, since, key }): Duty => ({
    ...{
      step: 'filed',
      file: { type: 'surrender', kind: 'surrender' },
      subject: { uscc: 'x', unit: 'U1', period: '2024' },
      key,
    },
    ...(until === undefined ? {} : { until }),
    ...(since === undefined ? {} : { since: `${since}T00:00:00Z` }),
  }));

describe('what a party is to do', () => {
  it('stands by its day, nearest first, what has none last; then what waits longest', () => {
    fc.assert(
      fc.property(fc.array(duty, { maxLength: 12 }), (all) => {
        const sorted = [...all].sort(byUrgency);
        for (const [at, next] of sorted.slice(1).entries()) {
          const one = sorted[at];
          const [first, second] = [one?.until ?? '9', next.until ?? '9'];
          expect(first <= second).toBe(true);
          if (first === second) expect((one?.since ?? '9') <= (next.since ?? '9')).toBe(true);
        }
      }),
    );
  });

  it('is in one order, whatever order it came in', () => {
    fc.assert(
      fc.property(fc.array(duty, { maxLength: 8 }), (all) => {
        const rank = (one: readonly Duty[]): string[] =>
          [...one].sort(byUrgency).map(({ until, since, key }) => `${String(until)} ${String(since)} ${key}`);
        expect(rank([...all].reverse())).toEqual(rank(all));
        for (const one of all) expect(byUrgency(one, one)).toBe(0);
      }),
    );
  });
});

describe('lateness', () => {
  it.each([
    ['2025-03-31', '2025-03-31', undefined],
    ['2025-03-31', '2025-04-01', 1],
    ['2025-03-31', '2025-03-01', undefined],
    [undefined, '2025-03-01', undefined],
    ['2024-02-28', '2024-03-01', 2],
  ])('of what was due on %s is on %s: %s days', (until, today, late) => {
    expect(daysLate(until, today)).toBe(late);
  });
});

describe('what is filed for a period is told', () => {
  it.each([
    ['a month, once it is over', '2024-01', '2024-03-11', '2024-02-01'],
    ['a year, once it is over', '2024', '2025-03-31', '2025-01-01'],
    // A plan is due before its year begins: told sixty days ahead.
    ['a plan, sixty days before it is due', '2025', '2024-12-31', '2024-11-01'],
  ])('as to be done: %s', (_, period, due, from) => {
    expect(toldFrom(period, due)).toBe(from);
  });
});
