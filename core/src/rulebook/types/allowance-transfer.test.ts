import { effectsOf, putParty, someParties, toldOf, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, type ContentPromise } from '../testing/content-table';
import { partyKinds } from '../authority';

const { enterprise, lab } = someParties;
const buyer = '91350100M000100Y43';
const promise: ContentPromise = {
  required: ['how', 'quantity_t', 'tradedOn'],
  optional: { to: lab, price_yuan_t: '72.50', group: '（虚构）能源集团', netSold_t: '-5' },
  bad: [
    ['a way that there is not', { how: 'gift' }, '/content/how'],
    ['nothing', { quantity_t: '0' }, '/content/quantity_t'],
    ['parts of a tonne', { quantity_t: '0.5' }, '/content/quantity_t'],
    ['less than nothing', { quantity_t: '-5' }, '/content/quantity_t'],
    ['a receiver whose check digit is wrong', { to: '91350100M000100Y40' }, '/content/to'],
    ['a day that there is not', { tradedOn: '2025-02-29' }, '/content/tradedOn'],
    ['a vintage of two digits', { toVintage: '25' }, '/content/toVintage'],
  ],
};

describe('the content of an allowance transfer', () => {
  it.each(contentTable('allowance-transfer', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('allowance-transfer', content)).toEqual(faults);
  });
});

interface Kinds {
  readonly from?: string;
  readonly to?: string;
  readonly regions?: readonly [string, string];
  readonly handBack?: string;
}

function giving(
  content: Record<string, unknown>,
  { from = 'enterprise', to = 'enterprise', regions = ['140600', '140600'], handBack = '0' }: Kinds = {},
): Situation {
  return {
    ...{ subject: { unit: 'T-1' }, content: { to: buyer, ...content } },
    state: (view) => {
      putParty(view, enterprise, { kind: from, region: regions[0] });
      putParty(view, buyer, { kind: to, region: regions[1] });
      view.put('allocation', `${enterprise}/2024`, { entitled: '0', deducted: '0', handBack, deductions: {} });
    },
  };
}

const told = (...args: Parameters<typeof giving>): Promise<string[]> => toldOf('allowance-transfer', giving(...args));
const between = ['listed', 'block', 'auction', 'provincial'] as const;
const alone = ['cancellation', 'hand-back'] as const;

describe('an allowance transfer', () => {
  it.each(between)('%s names who receives it, and somebody else', async (how) => {
    expect(await told({ how, to: undefined }, { to: 'province-authority' })).toEqual(['BAD_RECORD /content/to']);
    expect((await told({ how, to: enterprise }, { from: 'province-authority' }))[0]).toBe('BAD_RECORD /content/to');
    expect(await told({ how }, { to: 'province-authority', regions: ['140600', '140000'] })).toEqual([]);
  });

  it.each(alone)('%s is received by nobody', async (how) => {
    expect(await told({ how, quantity_t: '5' }, { handBack: '5' })).toEqual(['BAD_RECORD /content/to']);
    expect(await told({ how, to: undefined, quantity_t: '5' }, { handBack: '5' })).toEqual([]);
  });

  it('names a vintage that it is carried into where it is carried over, and nowhere else', async () => {
    expect(await told({ how: 'listed', toVintage: '2025' })).toEqual(['BAD_RECORD /content/toVintage']);
    expect(await told({ how: 'carry-over', to: undefined })).toContain('BAD_RECORD /content/toVintage');
  });

  it('stands under its own number, and is not still to come', async () => {
    for (const unit of ['-', 'PLANT'])
      expect(await toldOf('allowance-transfer', { ...giving({}), subject: { unit } })).toEqual([
        'BAD_RECORD /subject/unit',
      ]);
    expect(await told({ tradedOn: '2026-11-21' })).toEqual([]);
    expect(await told({ tradedOn: '2026-11-22' })).toEqual(['BAD_RECORD /content/tradedOn']);
  });

  it.each(partyKinds)('is given and received by a %s only where it may hold an account', async (kind) => {
    const mayHold = ['enterprise', 'province-authority', 'national-authority'].includes(kind);
    expect(await told({}, { from: kind })).toEqual(mayHold ? [] : ['PARTY_UNKNOWN /subject/uscc']);
    expect(await told({}, { to: kind })).toEqual(mayHold ? [] : ['PARTY_UNKNOWN /content/to']);
  });

  it.each([
    ['enterprise', 'province-authority', ['140600', '140000'], []],
    ['province-authority', 'enterprise', ['140000', '140600'], []],
    ['enterprise', 'province-authority', ['140600', '150000'], ['BAD_RECORD /content/to']],
    ['enterprise', 'enterprise', ['140600', '140600'], ['BAD_RECORD /content/to']],
  ] as const)('of the provincial account goes from a %s to a %s of %j', async (from, to, regions, expected) => {
    expect(await told({ how: 'provincial' }, { from, to, regions })).toEqual(expected);
  });

  it('hands back no tonne more than is due', async () => {
    const back = (quantity_t: string): Promise<string[]> =>
      told({ how: 'hand-back', to: undefined, quantity_t }, { handBack: '500' });
    expect(await back('500')).toEqual([]);
    expect(await back('501')).toEqual(['STATE_CONFLICT /content/quantity_t']);
  });
});

describe('what an allowance transfer moves', () => {
  const moved = { do: 'move', vintage: '2024', qty: '7', line: 0, on: '2025-06-30' };
  const held = (account: string): object => ({ account, pool: 'held' });
  const pool = (name: string): object => ({ account: enterprise, pool: name });
  const effects = (how: string, more: object = {}): unknown =>
    effectsOf('allowance-transfer', { content: { how, quantity_t: '7', to: undefined, ...more } });

  it.each(between)('is held by the receiver: %s', (how) => {
    expect(effects(how, { to: buyer })).toEqual([{ ...moved, how, from: held(enterprise), to: held(buyer) }]);
  });

  it('is gone once it is cancelled, and unissued once it is handed back, of which less is due then', () => {
    expect(effects('cancellation')).toEqual([
      { ...moved, how: 'cancellation', from: held(enterprise), to: pool('cancelled') },
    ]);
    expect(effects('hand-back')).toEqual([
      { ...moved, how: 'hand-back', from: held(enterprise), to: pool('issued') },
      { do: 'hand-back', uscc: enterprise, vintage: '2024', qty: '7' },
    ]);
  });

  it('leaves one vintage and begins in another, tonne for tonne, where it is carried over', () => {
    expect(effects('carry-over', { toVintage: '2025' })).toEqual([
      { ...moved, how: 'carry-over', from: held(enterprise), to: pool('issued') },
      { ...moved, how: 'carry-over', vintage: '2025', from: pool('issued'), to: held(enterprise), line: 1 },
    ]);
  });
});
