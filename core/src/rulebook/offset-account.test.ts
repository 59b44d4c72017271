import fc from 'fast-check';
import { capFor, noOffset, offsetStanding, rowsByProject } from './offset-account';

const bookings = (...tonnes: number[]): { key: string; q: string }[] =>
  tonnes.map((q, index) => ({ key: `b${String(index)}`, q: String(q) }));

describe('what was booked of CCER', () => {
  it('is capped at the whole tonnes of the share: exactly 5 % fits, a tonne more does not', () => {
    expect(capFor('2825960', '0.05')).toBe(141_298n);
    expect(capFor('19', '0.05')).toBe(0n);
    expect(capFor('20', '0.05')).toBe(1n);
  });

  it('names the last bookings first where the cap fell below them', () => {
    const account = { ...noOffset, due: '100000', rate: '0.05', bookings: bookings(3000, 1500, 500) };
    expect(offsetStanding(account)).toMatchObject({ booked: 5000n, cap: 5000n, overshoot: 0n, hits: [] });
    expect(offsetStanding({ ...account, due: '80000' })).toMatchObject({
      overshoot: 1000n,
      hits: [
        { key: 'b2', over: '500' },
        { key: 'b1', over: '500' },
      ],
    });
  });

  it('is beyond nothing while nothing is verified', () => {
    expect(offsetStanding({ ...noOffset, rate: '0.05', bookings: bookings(10) })).toMatchObject({
      cap: undefined,
      overshoot: 0n,
    });
  });

  it('is hit by exactly the overshoot, in whatever bookings it was made', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9999 })), fc.nat(1_000_000), (tonnes, due) => {
        const {
          overshoot,
          hits,
          booked,
          cap = 0n,
        } = offsetStanding({
          ...{ ...noOffset, due: String(due), rate: '0.05' },
          bookings: bookings(...tonnes),
        });
        expect(hits.reduce((sum, { over }) => sum + BigInt(over), 0n)).toBe(overshoot);
        expect(booked - overshoot).toBe(booked < cap ? booked : cap);
      }),
    );
  });

  it('is compared by projects however their numbers are written', () => {
    expect(
      rowsByProject([
        { projectRef: 'A-001', qty: '5' },
        { projectRef: 'a001', qty: '7' },
      ]),
    ).toEqual(rowsByProject([{ projectRef: 'a 001', qty: '12' }]));
  });
});
