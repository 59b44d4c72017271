import { addSpan } from '../../state';
import { parseSerialRange } from '../../identifiers';
import { citedRecord, effectsOf, someParties, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const promise: ContentPromise = {
  required: ['serialFrom', 'serialTo', 'qty', 'statement'],
  optional: { purpose: 'voluntary' },
  texts: ['statement'],
  bad: [
    ['no tonnes', { qty: '0' }, '/content/qty'],
    ['a purpose of its own', { purpose: 'mistake' }, '/content/purpose'],
    ['a first serial number of 61 characters', { serialFrom: '1'.repeat(61) }, '/content/serialFrom'],
  ],
};

describe('the content of a CCER reversal', () => {
  it.each(goodContents('ccer-reversal', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('ccer-reversal', content)).toEqual([]);
  });
  it.each(badContents('ccer-reversal', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('ccer-reversal', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

const cancelled = citedRecord('ccer-cancellation', { kind: 'ccer-cancellation.7' });
const lot = citedRecord('ccer-lot', { kind: 'ccer-lot.A', subject: { unit: 'P1' } });

const ofCancellation = (content: object = {}): Situation => ({
  kind: 'ccer-reversal.ccer-cancellation_7',
  subject: { unit: 'PLANT' },
  content: { ...content },
  cited: { reversed: [cancelled] },
});
const ofLot = (content: object = {}): Situation => ({
  kind: 'ccer-reversal.ccer-lot_A',
  subject: { unit: 'P1', period: '-' },
  content: { purpose: undefined, ...content },
  cited: { reversed: [lot] },
});

describe('a CCER reversal', () => {
  it('takes back a slip whole: it names what the slip named', async () => {
    expect(await toldOf('ccer-reversal', ofCancellation())).toEqual([]);
    expect(await toldOf('ccer-reversal', ofLot())).toEqual([]);
  });

  it.each([
    ['half of the numbers', { serialTo: 'FIC-A-000022500', qty: '22500' }, ['serialTo', 'qty']],
    ['one number too few', { serialFrom: 'FIC-A-000000002', qty: '44999' }, ['serialFrom', 'qty']],
    ['the same numbers in other letters', { serialFrom: 'fic-a-1' }, ['serialFrom']],
    ['another purpose', { purpose: 'voluntary' }, ['purpose']],
    ['no purpose', { purpose: undefined }, ['purpose']],
  ])('is refused where it names %s', async (_, content, fields) => {
    const expected = fields.map((field) => `BAD_RECORD /content/${field}`);
    expect(await toldOf('ccer-reversal', ofCancellation(content))).toEqual(expected);
  });

  it('of a lot has no purpose, since a lot has none', async () => {
    const found = await toldOf('ccer-reversal', ofLot({ purpose: 'national-offset' }));
    expect(found).toEqual(['BAD_RECORD /content/purpose']);
  });

  it('carries the kind of what it reverses in its own', async () => {
    const wrong = { ...ofCancellation(), kind: 'ccer-reversal.ccer-lot_A' };
    expect(await toldOf('ccer-reversal', wrong)).toEqual(['BAD_RECORD /kind']);
  });

  it('says first that its numbers make no range', async () => {
    const found = await toldOf('ccer-reversal', { ...ofCancellation({ qty: '1' }), kind: 'ccer-reversal.x' });
    expect(found).toEqual(['BAD_RECORD /content/qty']);
  });

  it.each([
    ['the first number', 'FIC-A-00001', 'FIC-A-00001', true],
    ['the last number', 'FIC-A-45000', 'FIC-A-46000', true],
    ['a number in the middle', 'ficA77', 'fic-a-80', true],
    ['only what follows', 'FIC-A-45001', 'FIC-A-46000', false],
    ['numbers of another block', 'FIC-B-00001', 'FIC-B-45000', false],
  ])('leaves a lot where it stands once %s was used', async (_, from, to, isUsed) => {
    const state: Situation['state'] = (view) => {
      addSpan(view, 'used', parseSerialRange(from, to), 'holder');
    };
    const found = await toldOf('ccer-reversal', { ...ofLot(), state });
    expect(found).toEqual(isUsed ? ['STATE_CONFLICT /content/serialFrom'] : []);
  });

  it('of a cancellation may name numbers that are used: they are its own', async () => {
    const state: Situation['state'] = (view) => {
      addSpan(view, 'used', parseSerialRange('FIC-A-00001', 'FIC-A-45000'), cancelled.key);
    };
    expect(await toldOf('ccer-reversal', { ...ofCancellation(), state })).toEqual([]);
  });

  const freed = { do: 'free-serials', serialFrom: 'FIC-A-000000001', serialTo: 'FIC-A-000045000' };

  it('frees the numbers of its lot, or those that were used, and gives the tonnes back', () => {
    expect(effectsOf('ccer-reversal', ofLot())).toEqual([{ ...freed, space: 'lot' }]);
    expect(effectsOf('ccer-reversal', ofCancellation({ purpose: 'other' }))).toEqual([{ ...freed, space: 'used' }]);
    expect(effectsOf('ccer-reversal', ofCancellation())).toEqual([
      { ...freed, space: 'used' },
      {
        do: 'offset',
        uscc: someParties.enterprise,
        year: '2024',
        cancelled: { project: '1467848700000000001', qty: '-45000' },
      },
    ]);
  });
});
