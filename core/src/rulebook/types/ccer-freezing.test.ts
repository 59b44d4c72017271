import { addSpan } from '../../state';
import { recordTypes } from '../registry';
import {
  citedRecord,
  effectsOf,
  putParty,
  recordOf,
  someParties,
  toldOf,
  undoOf,
  type Situation,
} from '../testing/bench';
import { contentFaultsOf, contentTable, exampleOf, type ContentPromise } from '../testing/content-table';

const { enterprise } = someParties;
const project = exampleOf('ccer-freeze')['projectRef'];
const serials: ContentPromise['bad'] = [
  ['a serial number of 61 characters', { serialTo: `A-${'1'.repeat(59)}` }, '/content/serialTo'],
];
const promises = {
  'ccer-freeze': {
    required: ['projectRef', 'serialFrom', 'serialTo', 'qty', 'account'],
    bad: [
      ...serials,
      ['no number', { qty: '0' }, '/content/qty'],
      ['an account of 81 characters', { account: 'x'.repeat(81) }, '/content/account'],
    ],
  },
  'ccer-release': { required: ['serialFrom', 'serialTo', 'reason'], texts: ['reason'], bad: serials },
  'ccer-sync': {
    required: ['projectRef', 'projectName', 'projectType', 'qty'],
    texts: ['projectName'],
    bad: [
      ['parts of a tonne', { qty: '1.5' }, '/content/qty'],
      ['a kind of 61 characters', { projectType: 'x'.repeat(61) }, '/content/projectType'],
    ],
  },
} satisfies Readonly<Record<string, ContentPromise>>;

describe.each(['ccer-freeze', 'ccer-release', 'ccer-sync'] as const)('the content of a %s', (type) => {
  it.each(contentTable(type, promises[type]))('with %s', (_, content, faults) => {
    expect(contentFaultsOf(type, content)).toEqual(faults);
  });
});

const lot = citedRecord('ccer-lot', {
  content: { projectRef: project, serialFrom: 'FIC-A-000000101', serialTo: 'FIC-A-000000200', qty: '100' },
});
const span = (from: number, to: number, block = 'FIC-A'): Record<string, string> => ({
  serialFrom: `${block}-${String(from).padStart(9, '0')}`,
  serialTo: `${block}-${String(to).padStart(9, '0')}`,
  qty: String(to - from + 1),
});

function freezing(content: Record<string, unknown>, more: Situation = {}): Situation {
  return {
    cited: { 'ccer-lot': [lot] },
    content: { account: 'FIC-CCER-1', ...content },
    ...more,
    state: (view) => {
      putParty(view, enterprise, { identifiers: { ccerAccountId: 'FIC-CCER-1' } });
      more.state?.(view);
    },
  };
}

const told = (...args: Parameters<typeof freezing>): Promise<string[]> => toldOf('ccer-freeze', freezing(...args));

describe('a CCER freeze', () => {
  it.each([
    ['the whole lot', span(101, 200), []],
    ['its first number', span(101, 101), []],
    ['its last number', span(200, 200), []],
    ['one number before it', span(100, 110), ['SERIAL_NOT_ISSUED /content/serialFrom']],
    ['one number behind it', span(190, 201), ['SERIAL_NOT_ISSUED /content/serialFrom']],
    ['the same numbers of another block', span(101, 200, 'FIC-B'), ['SERIAL_NOT_ISSUED /content/serialFrom']],
    ['the same block written otherwise', span(101, 200, 'fic-a'), []],
    ['another project', { ...span(101, 200), projectRef: 'P-2' }, ['SERIAL_NOT_ISSUED /content/projectRef']],
  ])('keeps %s', async (_, content, expected) => {
    expect(await told(content)).toEqual(expected);
  });

  it('counts its numbers', async () => {
    expect(await told({ ...span(101, 200), qty: '99' })).toEqual(['BAD_RECORD /content/qty']);
  });

  it('is on the account that the enterprise’s registration binds (C11)', async () => {
    expect(await told({ ...span(101, 110), account: 'FIC-CCER-2' })).toEqual(['C11 /content/account']);
    expect(await told({ ...span(101, 110), account: 'fic-ccer-1' })).toEqual([]);
    const unbound = freezing(span(101, 110));
    expect(
      await toldOf('ccer-freeze', {
        ...unbound,
        state: (view) => {
          putParty(view, enterprise, { identifiers: {} });
        },
      }),
    ).toEqual(['C11 /content/account']);
  });

  it('keeps no number that was used, not even one', async () => {
    const used = (from: bigint, to: bigint): Situation => ({
      state: (view) => {
        addSpan(view, 'used', { block: 'FICA', from, to }, 'x');
      },
    });
    expect(await told(span(101, 150), used(150n, 160n))).toEqual(['SERIAL_OVERLAP /content/serialFrom']);
    expect(await told(span(101, 149), used(150n, 160n))).toEqual([]);
    expect(await told(span(161, 170), used(150n, 160n))).toEqual([]);
  });

  it('adds its numbers to those that are frozen', () => {
    const { serialFrom, serialTo } = exampleOf('ccer-freeze');
    expect(effectsOf('ccer-freeze')).toMatchObject([{ do: 'add-serials', space: 'frozen', serialFrom, serialTo }]);
  });
});

describe('a CCER release', () => {
  const freeze = citedRecord('ccer-freeze', { kind: 'ccer-freeze.1', content: { ...span(101, 150), account: 'x' } });
  const cited = { 'ccer-freeze': [freeze] };
  const whole = { serialFrom: span(101, 150)['serialFrom'] ?? '', serialTo: span(101, 150)['serialTo'] ?? '' };

  it('is of the whole freeze', async () => {
    expect(await toldOf('ccer-release', { cited, content: whole })).toEqual([]);
    const { serialTo } = span(101, 149);
    expect(await toldOf('ccer-release', { cited, content: { ...whole, serialTo } })).toEqual([
      'BAD_RECORD /content/serialTo',
    ]);
    const { serialFrom } = span(102, 150);
    expect(await toldOf('ccer-release', { cited, content: { ...whole, serialFrom } })).toEqual([
      'BAD_RECORD /content/serialFrom',
    ]);
  });

  it('takes out of what is frozen the numbers of its own freeze alone, and is not taken back', () => {
    expect(effectsOf('ccer-release', { cited, content: whole })).toEqual([
      { do: 'take-serials', space: 'frozen', ...whole, of: freeze.key },
    ]);
    expect(undoOf('ccer-release')).toBe('refused');
    expect(recordTypes['ccer-release'].acts?.(recordOf('ccer-release'))).toEqual([
      { role: 'ccer-freeze', trigger: 'ccer-release' },
    ]);
  });
});

describe('a CCER sync', () => {
  const words = { projectRef: 'P-1', qty: '50' };

  it.each(['ccer-freeze', 'ccer-cancellation'] as const)(
    'brings what a %s sent: project and quantity',
    async (type) => {
      const cited = { synced: [citedRecord(type, { content: words })] };
      expect(await toldOf('ccer-sync', { cited, content: words })).toEqual([]);
      expect(await toldOf('ccer-sync', { cited, content: { ...words, qty: '51' } })).toEqual([
        'BAD_RECORD /content/qty',
      ]);
      expect(await toldOf('ccer-sync', { cited, content: { ...words, projectRef: 'P-2' } })).toEqual([
        'BAD_RECORD /content/projectRef',
      ]);
    },
  );

  it('takes its step in the life of what it brings, and changes nothing else', () => {
    expect(recordTypes['ccer-sync'].acts?.(recordOf('ccer-sync'))).toEqual([{ role: 'synced', trigger: 'ccer-sync' }]);
    expect(effectsOf('ccer-sync')).toEqual([]);
  });
});
