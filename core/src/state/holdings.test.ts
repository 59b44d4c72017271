import fc from 'fast-check';
import { balanceOf, holdingKey, rowsOf, sumOf, type Place } from './holdings';
import { OverlayView } from './overlay';
import { emptyView } from './view';

const accounts = ['91140000MA0FAKE01X', '91140000MA0FAKE01', '91140000MA0FAKE01XX'] as const;
const vintages = ['2023', '2024'] as const;
const pools = ['held', 'issued', 'surrendered'] as const;
const row = fc.record({
  account: fc.constantFrom(...accounts),
  vintage: fc.constantFrom(...vintages),
  pool: fc.constantFrom(...pools),
  q: fc.integer({ min: -99, max: 99 }),
});

function viewOf(rows: readonly { account: string; vintage: string; pool: Place['pool']; q: number }[]): OverlayView {
  const view = new OverlayView(emptyView);
  for (const [at, { q, vintage, ...place }] of rows.entries())
    view.put('holding', holdingKey(place, vintage, 'ab'.repeat(32), at), {
      q: String(q),
      r: 'a',
      how: 'x',
      on: '2025-01-01',
    });
  return view;
}

describe('rows of an account', () => {
  it('are all of its own and none of an account whose name begins alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 25 }), async (rows) => {
        const view = viewOf(rows);
        for (const account of accounts) {
          const own = rows.filter((one) => one.account === account);
          const found = await rowsOf(view, account);
          expect(found).toHaveLength(own.length);
          expect(new Set(found.map((one) => one.account)).size).toBeLessThanOrEqual(1);
          expect(sumOf(found)).toBe(BigInt(own.reduce((sum, { q }) => sum + q, 0)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('add up by vintage and place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 25 }), async (rows) => {
        const view = viewOf(rows);
        for (const account of accounts)
          for (const vintage of vintages)
            for (const pool of pools) {
              const own = rows.filter((one) => one.account === account && one.vintage === vintage && one.pool === pool);
              expect(await balanceOf(view, { account, pool }, vintage)).toBe(
                BigInt(own.reduce((sum, { q }) => sum + q, 0)),
              );
            }
      }),
      { numRuns: 30 },
    );
  });

  it('carry the parts of their key', async () => {
    const view = viewOf([{ account: accounts[0], vintage: '2024', pool: 'held', q: 7 }]);
    expect(await rowsOf(view, accounts[0])).toEqual([
      { q: '7', r: 'a', how: 'x', on: '2025-01-01', account: accounts[0], vintage: '2024', pool: 'held' },
    ]);
  });
});
