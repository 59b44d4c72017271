import fc from 'fast-check';
import type { StateValues } from '../state';
import { citedRecord, putParty, someParties, toldOf, type Situation } from './testing/bench';

const { enterprise } = someParties;
type Row = Partial<StateValues['holding']> & { readonly vintage?: string };

const rule = {
  ...{ 'carryOver.base': '10000', 'carryOver.factor': '1.5', 'carryOver.into': '2025' },
  ...{ 'carryOver.soldFrom': '20240101', 'carryOver.soldTo': '20251231', 'carryOver.until': '20260610' },
};

interface Carrying {
  readonly qty: string;
  readonly rows: readonly Row[];
  readonly values?: Readonly<Record<string, string>>;
  readonly defaults?: readonly string[];
  readonly period?: string;
  readonly content?: Readonly<Record<string, unknown>>;
  readonly time?: string;
}

/** A carry-over out of what an account holds, by the plan for 2023 and 2024. */
function carrying({
  qty,
  rows,
  values = rule,
  defaults = [],
  period = '2024',
  content = {},
  time = '2026-06-10T15:59:59Z',
}: Carrying): Situation {
  const table = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, unit: '1', source: 'x' }]),
  );
  return {
    ...{
      time,
      subject: { unit: 'T-1', period },
      cited: { parameters: [citedRecord('parameter', { content: { values: table } })] },
    },
    content: {
      how: 'carry-over',
      to: undefined,
      toVintage: '2025',
      quantity_t: qty,
      tradedOn: '2026-06-10',
      ...content,
    },
    state: (view) => {
      putParty(view, enterprise, { kind: 'enterprise' });
      for (const [at, { vintage = '2024', ...row }] of rows.entries())
        view.put('holding', `${enterprise}/${vintage}/held/${String(at)}-0`, {
          q: '0',
          r: 'a',
          how: 'allowance-credit',
          on: '2024-08-01',
          ...row,
        });
      for (const year of defaults)
        view.put('compliance', `${enterprise}/${year}`, { outcome: 'default', shortfall: '1', r: 'a' });
    },
  };
}

const told = (given: Carrying): Promise<string[]> => toldOf('allowance-transfer', carrying(given));
const held = (q: string): Row => ({ q });
const sold = (q: string, more: Row = {}): Row => ({ q: `-${q}`, how: 'listed', on: '2025-03-01', ...more });

describe('what may be carried over (allocation plan 2023/2024)', () => {
  it.each([
    ['10000', [held('50000')], []],
    ['10001', [held('50000')], ['OVER_CAP /content/quantity_t']],
    // floor(10000 + 1.5 × 3333) = 14999
    ['14999', [held('50000'), sold('3333')], []],
    ['15000', [held('50000'), sold('3333')], ['OVER_CAP /content/quantity_t']],
    // Bought more than sold: nothing is added.
    ['10000', [held('50000'), sold('100'), { q: '200', how: 'block', on: '2025-03-01' }], []],
    [
      '10001',
      [held('50000'), sold('100'), { q: '200', how: 'block', on: '2025-03-01' }],
      ['OVER_CAP /content/quantity_t'],
    ],
    // Never more than was held on the last day of the window.
    ['400', [held('400')], []],
    ['401', [held('400')], ['OVER_CAP /content/quantity_t']],
    ['401', [held('400'), { q: '500', how: 'listed', on: '2026-01-01' }], ['OVER_CAP /content/quantity_t']],
  ])('%s t out of %j', async (qty, rows, expected) => {
    expect(await told({ qty, rows })).toEqual(expected);
  });

  it.each([
    ['3333', []],
    [undefined, []],
    ['3334', ['R-L29 /content/netSold_t']],
    ['-3333', ['R-L29 /content/netSold_t']],
    ['0', ['R-L29 /content/netSold_t']],
  ])('holds what is stated as sold (%s) to the account', async (netSold_t, expected) => {
    const rows = [held('50000'), sold('3333'), sold('900', { on: '2026-01-01' })];
    expect(await told({ qty: '14999', rows, content: { netSold_t } })).toEqual(expected);
  });

  it('holds what is stated as sold to the account, and what was bought counts against it', async () => {
    const rows = [held('50000'), sold('100'), { q: '250', how: 'block', on: '2025-03-01' }];
    expect(await told({ qty: '1', rows, content: { netSold_t: '-150' } })).toEqual([]);
    expect(await told({ qty: '1', rows, content: { netSold_t: '100' } })).toEqual(['R-L29 /content/netSold_t']);
  });

  it('counts sales of the window alone, from its first day to its last', async () => {
    const at = (on: string): Promise<string[]> => told({ qty: '11500', rows: [held('50000'), sold('1000', { on })] });
    const over = ['OVER_CAP /content/quantity_t'];
    expect([await at('2023-12-31'), await at('2024-01-01'), await at('2025-12-31'), await at('2026-01-01')]).toEqual([
      over,
      [],
      [],
      over,
    ]);
  });

  it.each(['provincial', 'surrender', 'cancellation', 'hand-back'])('takes no %s for a sale', async (how) => {
    expect(await told({ qty: '10001', rows: [held('50000'), sold('1000', { how })] })).toEqual([
      'OVER_CAP /content/quantity_t',
    ]);
  });

  it('counts what was carried over already, of whatever vintage', async () => {
    const rows = [held('50000'), { q: '-9000', how: 'carry-over', on: '2026-01-05', vintage: '2023' }];
    expect(await told({ qty: '1000', rows })).toEqual([]);
    expect(await told({ qty: '1001', rows })).toEqual(['OVER_CAP /content/quantity_t']);
  });

  it.each([
    [['2023'], ['STATE_CONFLICT /content/how']],
    [['2024'], ['STATE_CONFLICT /content/how']],
    [['2022', '2025'], []],
  ])('is nothing for who is in default for %j', async (defaults, expected) => {
    expect(await told({ qty: '1', rows: [held('5')], defaults })).toEqual(expected);
  });

  it('ends on a day of Shanghai, by the transaction’s time and by what is claimed', async () => {
    const rows = [held('5')];
    expect(await told({ qty: '1', rows, time: '2026-06-10T16:00:00Z' })).toEqual(['STATE_CONFLICT /content/tradedOn']);
    const claimed = { qty: '1', rows, time: '2026-06-11T16:00:00Z', content: { tradedOn: '2026-06-01' } };
    expect(await told(claimed)).toEqual(['STATE_CONFLICT /content/tradedOn']);
  });

  it('goes from an older vintage into the one that the rule names', async () => {
    const rows = [held('5'), { ...held('5'), vintage: '2025' }, { ...held('5'), vintage: '2026' }];
    expect(await told({ qty: '1', rows, content: { toVintage: '2026' } })).toEqual(['BAD_RECORD /content/toVintage']);
    for (const period of ['2025', '2026'])
      expect(await told({ qty: '1', rows, period })).toEqual(['STATE_CONFLICT /subject/period']);
  });

  it.each(Object.keys(rule))('is not known where the parameters do not say %s', async (name) => {
    const values = Object.fromEntries(Object.entries(rule).filter(([one]) => one !== name));
    expect(await told({ qty: '1', rows: [held('5')], values })).toEqual(['FIGURE_MISSING /content/how']);
  });

  it('is the lesser of the rule’s tonnes and what was held, for any sales and purchases', async () => {
    const trade = fc.record({
      q: fc.integer({ min: -400, max: 400 }),
      how: fc.constantFrom('listed', 'block', 'auction', 'provincial'),
    });
    const model = (trades: readonly { q: number; how: string }[]): number => {
      const net = -trades.filter(({ how }) => how !== 'provincial').reduce((sum, { q }) => sum + q, 0);
      const there = 2000 + trades.reduce((sum, { q }) => sum + q, 0);
      return Math.max(0, Math.min(Math.floor(500 + (3 * Math.max(0, net)) / 2), there));
    };
    await fc.assert(
      fc.asyncProperty(fc.array(trade, { maxLength: 8 }), async (trades) => {
        const rows: Row[] = [held('2000'), ...trades.map(({ q, how }) => ({ q: String(q), how, on: '2025-01-01' }))];
        const values = { ...rule, 'carryOver.base': '500' };
        const most = model(trades);
        if (most > 0) expect(await told({ qty: String(most), rows, values })).toEqual([]);
        expect(await told({ qty: String(most + 1), rows, values })).toEqual(['OVER_CAP /content/quantity_t']);
      }),
      { numRuns: 60 },
    );
  });
});
