import { noOffset } from '../offset-account';
import type { OffsetAccount } from '../../state';
import { citedRecord, effectsOf, someParties, toldOf, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, type ContentPromise } from '../testing/content-table';

const { enterprise } = someParties;
const promise: ContentPromise = {
  required: ['qty'],
  bad: ['0', '-1', '1.5', '01', ''].map((qty) => [`${qty} t`, { qty }, '/content/qty'] as const),
};

describe('the content of an offset booking', () => {
  it.each(contentTable('offset-booking', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('offset-booking', content)).toEqual(faults);
  });
});

interface Booking {
  readonly qty?: string;
  readonly cancelled?: Readonly<Record<string, unknown>>;
  readonly isChosen?: boolean;
  readonly account?: Partial<OffsetAccount>;
  readonly values?: Readonly<Record<string, string>>;
  readonly state?: string;
}

/** Of a cancellation of 5000 t, in a year of 100000 t of which 5 % may be offset. */
function booking({
  qty = '5000',
  cancelled = {},
  isChosen = true,
  account = {},
  values = {},
  state = 'CANCELLED',
}: Booking): Situation {
  const cancellation = citedRecord('ccer-cancellation', {
    kind: 'ccer-cancellation.1',
    content: { qty: '5000', ...cancelled },
  });
  const table = Object.entries({ ccerCapRate: '0.05', ...values }).map(([name, value]) => [
    name,
    { value, unit: '1', source: 'x' },
  ]);
  return {
    content: { qty },
    cited: {
      parameters: [citedRecord('parameter', { content: { values: Object.fromEntries(table) as object } })],
      surrender: [citedRecord('surrender', { cited: isChosen ? { 'ccer-cancellation': [cancellation] } : {} })],
      'ccer-cancellation': [cancellation],
    },
    state: (view) => {
      view.put('offset', `${enterprise}/2024`, {
        ...noOffset,
        due: '100000',
        confirmed: '5000',
        cancelled: '5000',
        ...account,
      });
      view.put('case', `ccer-cancellation/${cancellation.key}`, { s: state, r: 'a', v: 1, t: '', by: 'a' });
    },
  };
}

const told = (given: Booking = {}): Promise<string[]> => toldOf('offset-booking', booking(given));

describe('an offset booking', () => {
  it('books a cancellation whole (C04), one for the national market (C10), and one that the surrender uses (C03)', async () => {
    expect(await told()).toEqual([]);
    expect(await told({ qty: '4999' })).toEqual(['C04 /content/qty']);
    expect(await told({ cancelled: { purpose: 'voluntary' } })).toEqual(['C10 /cites']);
    expect(await told({ isChosen: false })).toEqual(['C03 /cites']);
  });

  it.each([
    ['exactly the cap', { due: '100000' }, []],
    ['one tonne less of a cap', { due: '99999' }, ['OVER_CAP /content/qty']],
    ['a year of which nothing is verified now', { due: undefined }, ['OVER_CAP /content/qty']],
    ['a tonne less confirmed', { confirmed: '4999' }, ['OVER_CONFIRMED /content/qty']],
    ['a tonne less cancelled', { cancelled: '4999' }, ['OVER_CONFIRMED /content/qty']],
    [
      'a tonne booked before',
      { bookings: [{ key: 'x', q: '1' }] },
      ['OVER_CONFIRMED /content/qty', 'OVER_CONFIRMED /content/qty', 'OVER_CAP /content/qty'],
    ],
  ])('is held to %s (C06, R-L21)', async (_, account, expected) => {
    const { due, ...rest } = { due: '100000', ...account };
    const given = due === undefined ? booking({ account: rest }) : booking({ account: { due, ...rest } });
    const faults = await toldOf('offset-booking', {
      ...given,
      state: (view) => {
        given.state?.(view);
        if (due === undefined)
          view.put('offset', `${enterprise}/2024`, { ...noOffset, confirmed: '5000', cancelled: '5000' });
      },
    });
    expect(faults).toEqual(expected);
  });

  it('waits for the sync of what was cancelled in the earlier registry, where the year asks for it', async () => {
    const earlier = { cancelled: { track: 'earlier' }, values: { 'offset.syncEarlier': '1' } };
    expect(await told(earlier)).toEqual(['STATE_CONFLICT /cites']);
    expect(await told({ ...earlier, state: 'SYNCED' })).toEqual([]);
    expect(await told({ ...earlier, values: {} })).toEqual([]);
    expect(await told({ values: { 'offset.syncEarlier': '1' } })).toEqual([]);
  });

  it('adds to the bookings of its year, with the share that the year admits', () => {
    const { content, cited = {} } = booking({});
    expect(effectsOf('offset-booking', { content: content ?? {}, cited })).toEqual([
      { do: 'offset', uscc: enterprise, year: '2024', booked: '5000', rate: '0.05' },
    ]);
  });
});
