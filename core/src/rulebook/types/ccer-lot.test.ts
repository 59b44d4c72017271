import fc from 'fast-check';
import { effectsOf, toldOf } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';
import { serialFaults } from './ccer-lot';

const promise: ContentPromise = {
  required: ['projectRef', 'projectName', 'methodology', 'serialFrom', 'serialTo', 'qty'],
  texts: ['projectName'],
  bad: [
    ...['', 'a b', 'x'.repeat(41), '项目1', 'A_1'].map(
      (projectRef) => [`the project ${JSON.stringify(projectRef)}`, { projectRef }, '/content/projectRef'] as const,
    ),
    ...['0', '-1', '1.0', '01', '1e3', '1,000', '1'.repeat(19), ' 1'].map(
      (qty) => [`${qty} tonnes`, { qty }, '/content/qty'] as const,
    ),
    ['a first serial number that is too long', { serialFrom: 'A'.repeat(61) }, '/content/serialFrom'],
    ['a last serial number that is too long', { serialTo: 'A'.repeat(61) }, '/content/serialTo'],
    ['a methodology of 61 characters', { methodology: 'x'.repeat(61) }, '/content/methodology'],
  ],
};

describe('the content of a CCER lot', () => {
  it.each(goodContents('ccer-lot', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('ccer-lot', content)).toEqual([]);
  });
  it.each(badContents('ccer-lot', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('ccer-lot', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

describe('a CCER lot', () => {
  it.each([
    ['numbers of two blocks', { serialFrom: 'A-001', serialTo: 'B-009' }],
    ['a last number before the first', { serialFrom: 'A-9', serialTo: 'A-1' }],
    ['a number without digits', { serialFrom: 'A', serialTo: 'A-1' }],
    ['a number with a letter behind', { serialFrom: 'A-1x', serialTo: 'A-9' }],
    ['digits of full width', { serialFrom: 'A-１', serialTo: 'A-9' }],
    ['numbers of two widths', { serialFrom: 'A-001', serialTo: 'A-09' }],
    ['nothing', { serialFrom: '', serialTo: '' }],
  ])('is no range of %s', async (_, content) => {
    expect(await toldOf('ccer-lot', { content })).toEqual(['BAD_RECORD /content/serialFrom']);
  });

  it('holds exactly as many tonnes as numbers, both ends counted', () => {
    const number = fc.bigInt({ min: 0n, max: 10n ** 17n });
    fc.assert(
      fc.property(number, number, fc.bigInt({ min: -2n, max: 2n }), (from, length, slip) => {
        const qty = (length + 1n + slip).toString();
        const [serialFrom, serialTo] = [from, from + length].map((one) => `A-${String(one).padStart(20, '0')}`);
        const content = { serialFrom: serialFrom ?? '', serialTo: serialTo ?? '', qty };
        expect(serialFaults(content).map(({ path }) => path)).toEqual(slip === 0n ? [] : ['/content/qty']);
      }),
    );
  });

  it('puts its numbers among those that exist, and nothing else', () => {
    expect(effectsOf('ccer-lot')).toEqual([
      { do: 'add-serials', space: 'lot', serialFrom: 'FIC-A-000000001', serialTo: 'FIC-A-000045000' },
    ]);
  });
});
