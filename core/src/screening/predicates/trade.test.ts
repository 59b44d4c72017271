import fc from 'fast-check';
import type { Book, BookRecord } from '../book';
import { book, plants, record } from '../testing/books';
import { found, touched } from '../testing/found';

const [giver, taker, third] = plants;

interface Leg {
  readonly of: string;
  readonly to: string;
  readonly on: string;
  readonly quantity: string;
  readonly at?: number;
  readonly year?: string;
}

const transfer = ({ of, to, on, quantity, at = 1, year = '2024' }: Leg): BookRecord =>
  record({
    ...{ of, kind: 'allowance-transfer', unit: `T${String(at)}`, period: year },
    content: { to, tradedOn: on, quantity_t: quantity },
  });
const bookOf = (leg: Leg): Book => book([transfer(leg)], { uscc: leg.of });
const each = 'allowance-transfer@any';
const given: Leg = { of: giver, to: taker, on: '2024-11-05', quantity: '1000' };

describe('returns', () => {
  const parameters = { days: '10', share: '0.1' };
  const of = (back: Partial<Leg>): Promise<readonly string[]> => {
    const other = bookOf({ of: taker, to: giver, on: '2024-11-08', quantity: '1000', ...back });
    return found('returns', {}, { records: [transfer(given)], others: [other], each, parameters });
  };

  it.each<[string, Partial<Leg>, readonly string[]]>([
    ['the same, days later', {}, ['T1/2024 back on 2024-11-08 1000']],
    [
      'the same, on the same day',
      { on: '2024-11-05' },
      ['T1/2024 back on 2024-11-05 1000', 'T1/2024 back on 2024-11-05 1000'],
    ],
    ['the same, on the last day', { on: '2024-11-15' }, ['T1/2024 back on 2024-11-15 1000']],
    ['the same, a day later', { on: '2024-11-16' }, []],
    ['a tenth more', { quantity: '1100' }, ['T1/2024 back on 2024-11-08 1100']],
    ['a ton more than a tenth more', { quantity: '1101' }, []],
    ['a tenth less', { quantity: '900' }, ['T1/2024 back on 2024-11-08 900']],
    ['another year’s allowances', { year: '2023' }, []],
    ['to somebody else', { to: third }, []],
    ['on no day', { on: 'soon' }, []],
    ['no number', { quantity: '1e3' }, []],
    ['nothing that is told', { quantity: '' }, []],
  ])('of %s', async (_, back, expected) => {
    expect(await of(back)).toEqual(expected);
  });

  it('are told of the one who gave first, with both ends', async () => {
    const others = [bookOf({ of: taker, to: giver, on: '2024-11-08', quantity: '1000' })];
    const hits = await touched('returns', {}, { records: [transfer(given)], others, each, parameters });
    expect(hits).toEqual([['not within 10 d', 'T1/2024/allowance-transfer#to', 'T1/2024/allowance-transfer#to']]);
  });

  it('say nothing of a transfer to nobody', async () => {
    const others = [bookOf({ of: taker, to: giver, on: '2024-11-08', quantity: '1000' })];
    const records = [transfer({ ...given, to: '' })];
    expect(await found('returns', {}, { records, others, each, parameters })).toEqual([]);
  });
});

describe('concentration', () => {
  const parameters = { least: '2', share: '60' };

  it('is the share of one buyer in what changed hands, over all enterprises', async () => {
    const others = [bookOf({ of: taker, to: third, on: '2024-11-20', quantity: '600' })];
    const records = [transfer({ ...given, to: 'B', quantity: '300' })];
    expect(await found('concentration', {}, { records, others, each, parameters })).toEqual(['T1/2024 66.7 %']);
  });

  it('keeps months apart', async () => {
    const others = [bookOf({ of: taker, to: third, on: '2024-10-20', quantity: '600' })];
    const records = [transfer({ ...given, to: 'B', quantity: '300' })];
    expect(await found('concentration', {}, { records, others, each, parameters })).toEqual([]);
  });

  it('tells a trade exactly where its buyer has more than the share', async () => {
    const trade = fc.record({ to: fc.constantFrom('A', 'B', 'C'), quantity: fc.integer({ min: 0, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(trade, { minLength: 2, maxLength: 9 }), async (all) => {
        const records = all.map(({ to, quantity }, at) =>
          transfer({ of: giver, to, on: '2024-11-05', quantity: String(quantity), at: at + 1 }),
        );
        const sum = (some: typeof all): number => some.reduce((total, { quantity }) => total + quantity, 0);
        const expected = all.flatMap(({ to }, at) =>
          sum(all.filter((one) => one.to === to)) * 100 > 60 * sum(all) ? [`T${String(at + 1)}/2024`] : [],
        );
        const hits = await found('concentration', {}, { records, each, parameters });
        expect(hits.map((hit) => hit.split(' ')[0])).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('is shown with its limit', async () => {
    const records = [transfer({ ...given, quantity: '61' }), transfer({ ...given, to: 'B', quantity: '39', at: 2 })];
    expect(await touched('concentration', {}, { records, each, parameters })).toEqual([
      ['≤ 60 %', 'T1/2024/allowance-transfer#quantity_t'],
    ]);
  });
});

describe('serials', () => {
  const block = (at: number, serialFrom: string, serialTo: string): BookRecord =>
    record({ kind: 'ccer-issuance', unit: `L${String(at)}`, period: '2024', content: { serialFrom, serialTo } });
  const of = (...records: readonly BookRecord[]): Promise<readonly string[]> =>
    found('serials', {}, { records, each: 'ccer-issuance@any' });

  it.each<[string, [string, string], [string, string], boolean]>([
    ['that end where the next begins', ['A-001', 'A-010'], ['A-011', 'A-020'], false],
    ['that share one number', ['A-001', 'A-010'], ['A-010', 'A-020'], true],
    ['one within the other', ['A-001', 'A-100'], ['A-050', 'A-060'], true],
    ['of one block, however it is written', ['A-001', 'A-010'], ['a-005', 'a-020'], true],
    ['of two blocks', ['A-001', 'A-010'], ['B-001', 'B-010'], false],
    ['of which one is no range', ['A-010', 'A-001'], ['A-005', 'A-020'], false],
    ['of which one has no number', ['A', 'B'], ['A-005', 'A-020'], false],
  ])('%s', async (_, one, two, isFound) => {
    expect(await of(block(1, ...one), block(2, ...two))).toEqual(isFound ? [`L2/2024 ${two[0]}`] : []);
  });

  it('overlap exactly where they share a number', async () => {
    const range = fc.tuple(fc.nat(30), fc.nat(10)).map(([from, length]) => [from, from + length] as const);
    const text = (number: number): string => `X-${String(number).padStart(3, '0')}`;
    await fc.assert(
      fc.asyncProperty(range, range, async (one, two) => {
        const isShared = one[0] <= two[1] && two[0] <= one[1];
        const hits = await of(block(1, text(one[0]), text(one[1])), block(2, text(two[0]), text(two[1])));
        expect(hits).toHaveLength(Number(isShared));
      }),
      { numRuns: 60 },
    );
  });

  it('name the range that has the number already', async () => {
    const records = [block(1, 'A-001', 'A-010'), block(2, 'A-005', 'A-006')];
    expect(await touched('serials', {}, { records, each: 'ccer-issuance@any' })).toEqual([
      [`not in ${records[0]?.key ?? ''}`, 'L2/2024/ccer-issuance#serialFrom', 'L2/2024/ccer-issuance#serialTo'],
    ]);
  });
});
