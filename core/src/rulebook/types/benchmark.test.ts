import fc from 'fast-check';
import { addDays } from '../../calendar';
import { toldOf } from '../testing/bench';
import { contentFaultsOf, contentTable, type ContentPromise } from '../testing/content-table';

const value = {
  name: 'Be.I',
  value: '0.7910',
  unit: 'tCO2/MWh',
  effectiveFrom: '2024-01-01',
  effectiveTo: '2024-12-31',
};
const inputs = { root: 'ab'.repeat(32), size: 2087 };
const of = (...changes: readonly object[]): Record<string, unknown> => ({
  values: changes.map((change) => ({ ...value, ...change })),
});
const promise: ContentPromise = {
  required: ['kind', 'source', 'values'],
  texts: ['source'],
  bad: [
    ['a kind that there is not', { kind: 'guess' }, '/content/kind'],
    ['no value', { values: [] }, '/content/values'],
    ['a name with a space', of({ name: 'Be I' }), '/content/values/0/name'],
    ['an amount that is no number', of({ value: '0,79' }), '/content/values/0/value'],
    ['a day that there is not', of({ effectiveFrom: '2024-02-30' }), '/content/values/0/effectiveFrom'],
    [
      'a root of 31 bytes',
      { ...of({ inputs: { ...inputs, root: 'ab'.repeat(31) } }), kind: 'balance' },
      '/content/values/0/inputs/root',
    ],
    [
      'a data set of nobody',
      { ...of({ inputs: { ...inputs, size: 0 } }), kind: 'balance' },
      '/content/values/0/inputs/size',
    ],
  ],
};

describe('the content of benchmarks', () => {
  it.each(contentTable('benchmark', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('benchmark', content)).toEqual(faults);
  });
});

const told = (content: Record<string, unknown>): Promise<string[]> => toldOf('benchmark', { content });

describe('a benchmark', () => {
  it('is not negative, and ends no day before it begins', async () => {
    expect(await told(of({ value: '0' }))).toEqual([]);
    expect(await told(of({ value: '-0.1' }))).toEqual(['BAD_RECORD /content/values/0/value']);
    expect(await told(of({ effectiveTo: '2024-01-01' }))).toEqual([]);
    expect(await told(of({ effectiveTo: '2023-12-31' }))).toEqual(['BAD_RECORD /content/values/0/effectiveTo']);
    expect(await told(of({ effectiveTo: null }))).toEqual([]);
  });

  it('names the data that it was solved from where it is a balance value, and nowhere else', async () => {
    expect(await told({ ...of({ inputs }), kind: 'balance' })).toEqual([]);
    expect(await told({ ...of({}), kind: 'balance' })).toEqual(['BAD_RECORD /content/values/0/inputs']);
    expect(await told(of({ inputs }))).toEqual(['BAD_RECORD /content/values/0/inputs']);
  });

  it('has one value a name on every day', async () => {
    const days = fc.tuple(fc.nat(40), fc.option(fc.nat(20), { nil: null }));
    const window = ([from, length]: readonly [number, number | null]): {
      effectiveFrom: string;
      effectiveTo: string | null;
    } => ({
      effectiveFrom: addDays('2024-01-01', from),
      effectiveTo: length === null ? null : addDays('2024-01-01', from + length),
    });
    await fc.assert(
      fc.asyncProperty(days, days, fc.boolean(), async (one, other, isNamesake) => {
        const [a, b] = [window(one), window(other)];
        const on = (day: string, { effectiveFrom, effectiveTo }: typeof a): boolean =>
          effectiveFrom <= day && day <= (effectiveTo ?? '9999');
        const meet = Array.from({ length: 62 }, (_, at) => addDays('2024-01-01', at)).some(
          (day) => on(day, a) && on(day, b),
        );
        const found = await told(of(a, { ...b, name: isNamesake ? 'Be.I' : 'Be.II' }));
        expect(found).toEqual(meet && isNamesake ? ['BAD_RECORD /content/values/1/effectiveFrom'] : []);
      }),
      { numRuns: 80 },
    );
  });
});
