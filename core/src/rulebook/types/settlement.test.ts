import { noOffset } from '../offset-account';
import type { OffsetAccount } from '../../state';
import { citedRecord, effectsOf, recordOf, someParties, toldOf, undoOf, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, exampleOf, type ContentPromise } from '../testing/content-table';
import { recordTypes } from '../registry';

const { enterprise } = someParties;
const sums = ['obligation_t', 'allowances_t', 'ccer_t', 'overshoot_t'] as const;
const stated: ContentPromise['bad'] = [
  ...sums.flatMap((field) =>
    ['-1', '1.0', '01', ''].map((text) => [`${field} ${text}`, { [field]: text }, `/content/${field}`] as const),
  ),
  ['101 bookings', { overshootBookings: Array.from({ length: 101 }, () => 'x') }, '/content/overshootBookings'],
  ['a booking of 161 characters', { overshootBookings: ['x'.repeat(161)] }, '/content/overshootBookings/0'],
];
const promises = {
  clearing: { required: [...sums, 'overshootBookings'], bad: stated },
  default: {
    required: [...sums, 'overshootBookings', 'shortfall_t', 'deduction_t'],
    bad: [
      ...stated,
      ['nothing missing', { shortfall_t: '0' }, '/content/shortfall_t'],
      ['a deduction below nothing', { deduction_t: '-1' }, '/content/deduction_t'],
    ],
  },
} satisfies Readonly<Record<string, ContentPromise>>;

describe.each(['clearing', 'default'] as const)('the content of a %s', (type) => {
  it.each(contentTable(type, promises[type]))('with %s', (_, content, faults) => {
    expect(contentFaultsOf(type, content)).toEqual(faults);
  });
});

interface Ended {
  /** Tonnes surrendered for the year. */
  readonly surrendered?: string;
  readonly offset?: Partial<OffsetAccount>;
  readonly handBack?: string;
  readonly content?: Readonly<Record<string, unknown>>;
  readonly parameters?: Readonly<Record<string, string | undefined>>;
  readonly time?: string;
  /** Tonnes of each booking that is cited. */
  readonly bookings?: readonly string[];
}

function booking(qty: string, index: number): ReturnType<typeof citedRecord> {
  return citedRecord('offset-booking', { kind: `offset-booking.${String(index + 1)}`, content: { qty } });
}

const first = { key: 'first', q: '4000' };
const last = { key: 'last', q: '1000' };

/** A year of 100000 t, of which 5000 t were booked of CCER. */
function ended({
  surrendered = '95000',
  offset = {},
  handBack = '0',
  content = {},
  parameters = {},
  time,
  bookings,
}: Ended): Situation {
  const values = Object.entries<string | undefined>({ 'surrender.deadline': '20251231', ...parameters })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, { value, unit: '1', source: 'x' }]);
  const account = {
    ...noOffset,
    due: '100000',
    rate: '0.05',
    confirmed: '5000',
    cancelled: '5000',
    bookings: [first, last],
    ...offset,
  };
  return {
    ...(time === undefined ? {} : { time }),
    content: {
      obligation_t: '100000',
      allowances_t: surrendered,
      ccer_t: '5000',
      overshoot_t: '0',
      overshootBookings: [],
      ...content,
    },
    cited: {
      parameters: [citedRecord('parameter', { content: { values: Object.fromEntries(values) as object } })],
      ...(bookings === undefined ? {} : { 'offset-booking': bookings.map(booking) }),
    },
    state: (view) => {
      view.put('offset', `${enterprise}/2024`, account);
      view.put('allocation', `${enterprise}/2024`, { entitled: '0', deducted: '0', deductions: {}, handBack });
      const row = { r: 'a', how: 'surrender', on: '2025-12-20' };
      view.put('holding', `${enterprise}/2024/surrendered/a-0`, { ...row, q: surrendered, for: '2024' });
      // For another year: it counts there.
      view.put('holding', `${enterprise}/2024/surrendered/b-0`, { ...row, q: '70000', for: '2023' });
      view.put('holding', `${enterprise}/2024/held/c-0`, { ...row, q: '70000' });
    },
  };
}

const clearing = (given: Ended): Promise<string[]> => toldOf('clearing', ended(given));
const defaulted = (given: Ended): Promise<string[]> => toldOf('default', ended(given));

describe('a clearing', () => {
  it('finds the obligation met to the tonne, and not with one tonne less', async () => {
    expect(await clearing({})).toEqual([]);
    expect(await clearing({ surrendered: '95001' })).toEqual([]);
    expect(await clearing({ surrendered: '94999' })).toEqual(['STATE_CONFLICT /content/obligation_t']);
  });

  it.each(sums)('states %s as the ledger has it', async (field) => {
    expect(await clearing({ content: { [field]: '1' } })).toEqual([`FIGURE_MISMATCH /content/${field}`]);
  });

  it('cites all bookings of the year, or none: what is beyond the cap among them', async () => {
    expect(await clearing({ bookings: ['4000', '1000'] })).toEqual([]);
    expect(await clearing({ bookings: ['4000'] })).toEqual(['CITATION_MISMATCH /cites']);
    const revised = { offset: { due: '79999' }, surrendered: '76000', bookings: ['4000', '1000'] };
    const words = { obligation_t: '79999', ccer_t: '3999', overshoot_t: '1001' };
    expect(await clearing({ ...revised, content: { ...words, overshootBookings: ['last', 'first'] } })).toEqual([]);
  });

  it('waits for what is still to be handed back', async () => {
    expect(await clearing({ handBack: '1' })).toEqual(['STATE_CONFLICT /content/allowances_t']);
  });

  it('names what is beyond the cap once less is verified, the last booking first', async () => {
    // 5 % of 79999 is 3999 whole tonnes: the last booking and one tonne of the first are beyond it.
    const revised = { offset: { due: '79999' }, surrendered: '76000' };
    const words = { obligation_t: '79999', ccer_t: '3999', overshoot_t: '1001' };
    expect(await clearing({ ...revised, content: { ...words, overshootBookings: ['last', 'first'] } })).toEqual([]);
    for (const overshootBookings of [[], ['last'], ['first', 'last']])
      expect(await clearing({ ...revised, content: { ...words, overshootBookings } })).toEqual([
        'OVER_CAP /content/overshootBookings',
      ]);
  });

  it('ends a default, with the deduction of the next year', () => {
    expect(effectsOf('clearing')).toEqual([
      { do: 'comply', uscc: enterprise, year: '2024', outcome: 'cleared', shortfall: '0' },
      { do: 'deduct', uscc: enterprise, vintage: '2025', what: 'default-2024', qty: '0' },
    ]);
    expect(undoOf('clearing')).toBe('refused');
  });
});

describe('a default', () => {
  const short = { surrendered: '90000', content: { shortfall_t: '5000', deduction_t: '5000' } };

  it('finds what is missing, to the tonne', async () => {
    expect(await defaulted(short)).toEqual([]);
    const more = { shortfall_t: '5001', deduction_t: '5001' };
    expect(await defaulted({ ...short, content: more })).toEqual(['FIGURE_MISMATCH /content/shortfall_t']);
    expect(await defaulted({ content: { shortfall_t: '1', deduction_t: '1' } })).toEqual([
      'FIGURE_MISMATCH /content/shortfall_t',
    ]);
  });

  it('cites all bookings of the year, or none', async () => {
    expect(await defaulted({ ...short, bookings: ['4000', '1000'] })).toEqual([]);
    expect(await defaulted({ ...short, bookings: ['1000'] })).toEqual(['CITATION_MISMATCH /cites']);
  });

  it('deducts what is missing, and nothing after the last day on which that is decided (Code, from 2026-08-15)', async () => {
    const parameters = { 'deduction.lastDecision': '20260814' };
    const none = { shortfall_t: '5000', deduction_t: '0' };
    const before = { ...short, parameters, time: '2026-08-14T15:59:59Z' };
    const after = { ...short, parameters, time: '2026-08-14T16:00:00Z' };
    expect([await defaulted(before), await defaulted({ ...before, content: none })]).toEqual([
      [],
      ['BAD_RECORD /content/deduction_t'],
    ]);
    expect([await defaulted(after), await defaulted({ ...after, content: none })]).toEqual([
      ['BAD_RECORD /content/deduction_t'],
      [],
    ]);
  });

  it('comes after the deadline, by the day of Shanghai', async () => {
    expect(await defaulted({ ...short, time: '2025-12-31T15:59:59Z' })).toEqual([
      'STATE_CONFLICT /content/shortfall_t',
    ]);
    expect(await defaulted({ ...short, time: '2025-12-31T16:00:00Z' })).toEqual([]);
  });

  it('needs parameters that name the deadline', async () => {
    expect(await defaulted({ ...short, parameters: { 'surrender.deadline': undefined } })).toEqual([
      'FIGURE_MISSING /content/shortfall_t',
    ]);
  });

  it('takes what it says off the next year’s allowances', () => {
    const { shortfall_t, deduction_t } = exampleOf('default');
    expect(effectsOf('default')).toEqual([
      { do: 'comply', uscc: enterprise, year: '2024', outcome: 'default', shortfall: shortfall_t },
      { do: 'deduct', uscc: enterprise, vintage: '2025', what: 'default-2024', qty: deduction_t },
    ]);
  });
});

it.each(['clearing', 'default'] as const)(
  'a %s takes its step in the life of the surrender and of the allowances',
  (type) => {
    expect(recordTypes[type].acts?.(recordOf(type))).toEqual([
      { role: 'surrender', trigger: type },
      { role: 'allowance-issuance', trigger: type },
    ]);
  },
);
