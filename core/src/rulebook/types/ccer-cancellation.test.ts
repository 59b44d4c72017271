import { citedRecord, effectsOf, putListing, putParty, someParties, toldOf, type Situation } from '../testing/bench';
import { parseSerialRange } from '../../identifiers';
import { addSpan, type OffsetAccount } from '../../state';
import { noOffset, projectKey } from '../offset-account';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const { enterprise } = someParties;

const promise: ContentPromise = {
  required: ['projectRef', 'serialFrom', 'serialTo', 'qty', 'purpose', 'account', 'cancelledOn'],
  texts: ['account'],
  bad: [
    ['a purpose that the rules do not know', { purpose: 'offset' }, '/content/purpose'],
    ['an account of 81 characters', { account: 'x'.repeat(81) }, '/content/account'],
    ['a day that is none', { cancelledOn: '2025-02-29' }, '/content/cancelledOn'],
    ['half a tonne', { qty: '0.5' }, '/content/qty'],
    ['a project with a slash', { projectRef: 'A/1' }, '/content/projectRef'],
    ['a serial number of 61 characters', { serialTo: '1'.repeat(61) }, '/content/serialTo'],
  ],
};

describe('the content of a CCER cancellation', () => {
  it.each(goodContents('ccer-cancellation', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('ccer-cancellation', content)).toEqual([]);
  });
  it.each(badContents('ccer-cancellation', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('ccer-cancellation', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

interface World {
  readonly lot?: Record<string, unknown>;
  readonly account?: { readonly confirmed: string; readonly cancelled: string };
  readonly listed?: boolean;
  readonly bound?: Record<string, string>;
  readonly figure?: string;
  readonly time?: string;
  readonly offset?: Partial<OffsetAccount>;
  readonly cited?: Situation['cited'];
  readonly state?: Situation['state'];
}

/** The example's cancellation of 45000 t, of a listed enterprise for which just as much was confirmed. */
function cancelling(content: Record<string, unknown> = {}, world: World = {}): Situation {
  const { listed = true, bound = { ccerAccountId: 'FIC-CCER-0000001' } } = world;
  const { account = { confirmed: '45000', cancelled: '0' }, figure = '45000', time } = world;
  return {
    content,
    cited: { 'ccer-lot': [citedRecord('ccer-lot', { content: world.lot ?? {} })], ...world.cited },
    figures: { ccerQty_tCO2: figure },
    ...(time === undefined ? {} : { time }),
    state: (view) => {
      putParty(view, enterprise, { identifiers: bound });
      putListing(view, enterprise, listed);
      // The whole was applied for of one project, or of as many as there are.
      const rows = Object.fromEntries(
        ['1467848700000000001', '1467848700000000002', 'sh-0001'].map((project) => [
          projectKey(project),
          account.confirmed,
        ]),
      );
      view.put('offset', `${enterprise}/2024`, { ...noOffset, ...account, rows, ...world.offset });
      world.state?.(view);
    },
  };
}

const faults = (...args: Parameters<typeof cancelling>): Promise<string[]> =>
  toldOf('ccer-cancellation', cancelling(...args));

describe('a CCER cancellation', () => {
  it('is right as its example shows it', async () => {
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['reaches beyond the lot', { serialTo: 'FIC-A-000045001', qty: '45001' }, {}],
    ['begins before the lot', {}, { serialFrom: 'FIC-A-000000002', qty: '44999' }],
    ['is of another block', {}, { serialFrom: 'FIC-B-000000001', serialTo: 'FIC-B-000045000' }],
  ])('that %s takes numbers that were never issued', async (_, content, lot) => {
    const { qty = '45000' } = content as { qty?: string };
    const world = { lot, figure: qty, account: { confirmed: '99999', cancelled: '0' } };
    expect(await faults(content, world)).toEqual(['SERIAL_NOT_ISSUED /content/serialFrom']);
  });

  it('is of the project of its lot, however that is written', async () => {
    expect(await faults({ projectRef: '1467848700000000002' })).toEqual(['SERIAL_NOT_ISSUED /content/projectRef']);
    expect(await faults({ projectRef: 'sh-0001' }, { lot: { projectRef: 'SH1' } })).toEqual([]);
  });

  it('states publicly as many tonnes as it has numbers', async () => {
    expect(await faults({}, { figure: '44999' })).toEqual(['FIGURE_MISMATCH /totals/ccerQty_tCO2']);
  });

  it('looks at nothing else while its numbers make no range', async () => {
    const found = await faults({ serialTo: 'FIC-B-1', cancelledOn: '2031-01-01' });
    expect(found).toEqual(['BAD_RECORD /content/serialFrom']);
  });

  it('is of the account that the enterprise’s registration binds to it (C11)', async () => {
    expect(await faults({ account: 'FIC-CCER-0000002' })).toEqual(['C11 /content/account']);
    expect(await faults({}, { bound: {} })).toEqual(['C11 /content/account']);
    expect(await faults({ account: 'fic ccer 1' })).toEqual([]);
  });

  it.each([
    ['2025-01-01', '2026-11-21T08:00:00Z', []],
    ['2025-12-31', '2026-11-21T08:00:00Z', []],
    ['2024-12-31', '2026-11-21T08:00:00Z', ['C08 /content/cancelledOn']],
    ['2026-01-01', '2026-11-21T08:00:00Z', ['C08 /content/cancelledOn']],
    ['2025-06-02', '2025-06-01T15:59:59Z', ['BAD_RECORD /content/cancelledOn']],
    ['2025-06-02', '2025-06-01T16:00:00Z', []],
  ])('for 2024 on %s, told at %s, is held to the year of its window (C08)', async (cancelledOn, time, expected) => {
    const terms = { freeze: false, from: '2025-01-01', to: '2025-12-31' };
    expect(await faults({ cancelledOn }, { time, offset: { terms } })).toEqual(expected);
  });

  it('for another purpose is held to no window, no list and no confirmation', async () => {
    const world = { listed: false, account: { confirmed: '0', cancelled: '0' } };
    for (const purpose of ['voluntary', 'pilot-market', 'other'])
      expect(await faults({ purpose, cancelledOn: '2026-11-21' }, world)).toEqual([]);
  });

  it('is for an enterprise on the list of the year', async () => {
    expect(await faults({}, { listed: false })).toEqual(['NOT_LISTED /subject/uscc']);
  });

  it('stays within what the province confirmed, over all cancellations (C06)', async () => {
    const over = ['OVER_CONFIRMED /content/qty'];
    expect(await faults({}, { account: { confirmed: '44999', cancelled: '0' } })).toEqual(over);
    expect(await faults({}, { account: { confirmed: '90000', cancelled: '45001' } })).toEqual(over);
    expect(await faults({}, { account: { confirmed: '90000', cancelled: '45000' } })).toEqual([]);
  });

  it('takes of each project what its row of the form says (C12)', async () => {
    const key = projectKey('1467848700000000001');
    const account = { confirmed: '90000', cancelled: '0' };
    expect(await faults({}, { account, offset: { rows: { [key]: '44999' } } })).toEqual(['C12 /content/qty']);
    expect(await faults({}, { account, offset: { rows: { [key]: '90000' }, projects: { [key]: '45001' } } })).toEqual([
      'C12 /content/qty',
    ]);
    expect(await faults({}, { account, offset: { rows: {} } })).toEqual(['C12 /content/qty']);
  });

  it.each([
    ['no known day', {}, '2025-12-02', ['C09 /cites']],
    ['a day before', { registeredOn: '2024-01-21' }, '2025-12-02', ['C09 /cites']],
    ['the first day', { registeredOn: '2024-01-22' }, '2025-12-02', []],
    ['the earlier registry, in time', { registeredOn: '2024-01-22', track: 'earlier' }, '2025-06-30', []],
    [
      'the earlier registry, a day late',
      { registeredOn: '2024-01-22', track: 'earlier' },
      '2025-07-01',
      ['C09 /content/cancelledOn'],
    ],
  ])('of a lot of %s is held to what the year admits (C09)', async (_, lot, cancelledOn, expected) => {
    const terms = {
      ...{ freeze: false, from: '2025-01-01', to: '2025-12-31' },
      ...{ registeredFrom: '2024-01-22', earlierUntil: '2025-06-30' },
    };
    const track = (lot as { track?: string }).track;
    expect(await faults({ cancelledOn, ...(track ? { track } : {}) }, { lot, offset: { terms } })).toEqual(expected);
  });

  it('keeps to the window that the parameters name; a side that they do not name is open', async () => {
    const on = (cancelledOn: string, terms: object): Promise<string[]> =>
      faults({ cancelledOn }, { offset: { terms: { freeze: false, ...terms } } });
    expect(await on('2019-01-01', { to: '2025-12-31' })).toEqual([]);
    expect(await on('2026-01-01', { to: '2025-12-31' })).toEqual(['C08 /content/cancelledOn']);
    expect(await on('2026-01-01', { from: '2025-01-01' })).toEqual([]);
    expect(await on('2024-12-31', { from: '2025-01-01' })).toEqual(['C08 /content/cancelledOn']);
    const terms = { freeze: false, from: '2025-10-26', to: '2025-12-01' };
    expect(await faults({}, { offset: { terms } })).toEqual(['C08 /content/cancelledOn']);
  });

  describe('of frozen numbers', () => {
    const freeze = citedRecord('ccer-freeze', { subject: { unit: 'PLANT' } });
    const frozen =
      (from: string, to: string, key = freeze.key): NonNullable<Situation['state']> =>
      (view) => {
        addSpan(view, 'frozen', parseSerialRange(from, to), key);
      };
    const asked = { terms: { freeze: true, from: '2025-01-01', to: '2025-12-31' } };
    const refused = ['SERIAL_FROZEN /content/serialFrom'];

    it('goes through the freeze that holds them, and through all of them', async () => {
      const cited = { 'ccer-freeze': [freeze] };
      const whole = frozen('FIC-A-000000001', 'FIC-A-000045000');
      expect(await faults({}, { offset: asked, cited, state: whole })).toEqual([]);
      expect(await faults({}, { state: whole })).toEqual(refused);
      expect(await faults({ purpose: 'voluntary' }, { state: whole })).toEqual(refused);
      const other = frozen('FIC-A-000000001', 'FIC-A-000045000', 'another');
      expect(await faults({}, { offset: asked, cited, state: other })).toEqual(refused);
      const most = frozen('FIC-A-000000002', 'FIC-A-000045000');
      expect(await faults({}, { offset: asked, cited, state: most })).toEqual(refused);
    });

    it('is asked for where the procedure of the year begins with a freeze', async () => {
      expect(await faults({}, { offset: asked })).toEqual(refused);
      expect(await faults({ purpose: 'voluntary' }, { offset: asked })).toEqual([]);
    });
  });

  it('uses up its numbers, and what is left of the confirmation only for the national market', () => {
    const serials = { do: 'add-serials', space: 'used', serialFrom: 'FIC-A-000000001', serialTo: 'FIC-A-000045000' };
    expect(effectsOf('ccer-cancellation', { content: { purpose: 'voluntary' } })).toEqual([serials]);
    expect(effectsOf('ccer-cancellation')).toEqual([
      serials,
      { do: 'offset', uscc: enterprise, year: '2024', cancelled: { project: '1467848700000000001', qty: '45000' } },
    ]);
  });
});
