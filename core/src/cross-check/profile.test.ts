import fc from 'fast-check';
import { isLedgerError, type Fault } from '../errors';
import { parseCrossCheckProfile } from './profile';

const reading = { column: '煤', record: 'monthly-evidence', figure: 'coal_t', tolerance: { absolute: '1' } };
const source = { columns: { period: '月份' }, period: 'month', readings: { coal: reading } };

/** Faults of a refusal; none where it is read. */
function faultsOf(value: unknown, name = 'stock'): readonly Fault[] {
  try {
    parseCrossCheckProfile(value, name);
    return [];
  } catch (error) {
    if (isLedgerError(error) && error.code === 'BAD_FILE') return error.faults;
    throw error;
  }
}
const ofSource = (more: object): readonly Fault[] => faultsOf({ stock: { ...source, ...more } });
const ofReading = (more: object): readonly Fault[] => ofSource({ readings: { coal: { ...reading, ...more } } });
const withoutFigure = { column: '煤', record: 'monthly-evidence', tolerance: { absolute: '1' } };

describe('a profile of outside readings', () => {
  it('says with its defaults what it does not say itself', () => {
    expect(parseCrossCheckProfile({ stock: source }, 'stock')).toEqual({
      ...source,
      unit: 'PLANT',
      units: {},
      sum: false,
      readings: { coal: { ...reading, factor: '1' } },
    });
  });

  it('is read back as it was read', () => {
    const amount = fc.stringMatching(/^(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,4})?$/);
    const tolerance = fc.oneof(
      fc.record({ absolute: amount }),
      fc.record({ share: amount }),
      fc.record({ absolute: amount, share: amount }),
    );
    const readings = fc.dictionary(
      fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,39}$/),
      fc.record({
        column: fc.string({ minLength: 1, maxLength: 20 }),
        record: fc.constantFrom('monthly-evidence', 'annual-report', 'allowance-issuance.pre'),
        figure: fc.constantFrom('coal_t', 'power_MWh', 'element.C_pct'),
        factor: fc.constantFrom('1', '10', '0.001', '-1'),
        tolerance,
      }),
      { maxKeys: 4 },
    );
    const more = fc.record({
      sum: fc.boolean(),
      period: fc.constantFrom('month', 'year'),
      unit: fc.constantFrom('U1', 'PLANT', '-'),
    });
    fc.assert(
      fc.property(readings, more, (some, rest) => {
        const read = parseCrossCheckProfile({ stock: { ...source, ...rest, readings: some } }, 'stock');
        expect(parseCrossCheckProfile({ stock: JSON.parse(JSON.stringify(read)) as unknown }, 'stock')).toEqual(read);
        expect(read.readings).toEqual(some);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, object, string]>([
    ['no headers', { columns: undefined }, '/stock/columns'],
    ['no header of the period', { columns: { uscc: '企业' } }, '/stock/columns/period'],
    ['an empty header', { columns: { period: '' } }, '/stock/columns/period'],
    ['a header of 201 letters', { columns: { period: '月'.repeat(201) } }, '/stock/columns/period'],
    ['a header of what no row says', { columns: { period: '月份', plant: '厂' } }, '/stock/columns'],
    ['a period that is neither month nor year', { period: 'day' }, '/stock/period'],
    ['a unit with a slash', { unit: 'U/1' }, '/stock/unit'],
    ['a unit of the other side that is none here', { units: { 一号: '一号' } }, '/stock/units/一号'],
    ['a sum in words', { sum: 'yes' }, '/stock/sum'],
    ['a name of a reading that begins with a digit', { readings: { '1coal': reading } }, '/stock/readings/1coal'],
    ['a name of a reading with a stroke', { readings: { 'a-b': reading } }, '/stock/readings/a-b'],
    ['a word that nobody knows', { tolerance: { absolute: '1' } }, '/stock'],
  ])('is refused with %s', (_, more, path) => {
    expect(ofSource(more).map((fault) => [fault.path, fault.code])).toEqual([[path, 'BAD_FILE']]);
  });

  it.each<[string, object, string]>([
    ['no column', { column: undefined }, 'column'],
    ['a kind in capitals', { record: 'Monthly' }, 'record'],
    ['a figure with a space', { figure: 'coal t' }, 'figure'],
    ['a figure and a field at once', { field: 'reportNo' }, ''],
    ['a factor in words', { factor: 'ten' }, 'factor'],
    ['a factor that is a number: it would be a float', { factor: 10 }, 'factor'],
    ['a factor with an exponent', { factor: '1e3' }, 'factor'],
    ['no tolerance', { tolerance: undefined }, 'tolerance'],
    ['a tolerance that says nothing', { tolerance: {} }, 'tolerance'],
    ['a tolerance below 0', { tolerance: { absolute: '-0.1' } }, 'tolerance/absolute'],
    ['a share in percent', { tolerance: { share: '1%' } }, 'tolerance/share'],
    ['a tolerance that is a number', { tolerance: { share: 0.01 } }, 'tolerance/share'],
    ['a tolerance of another kind', { tolerance: { absolute: '1', relative: '1' } }, 'tolerance'],
  ])('is refused for a reading with %s', (_, more, place) => {
    const path = `/stock/readings/coal${place === '' ? '' : `/${place}`}`;
    expect(ofReading(more).map((fault) => [fault.path, fault.code])).toEqual([[path, 'BAD_FILE']]);
  });

  it('is refused for a reading that says neither figure nor field, and taken with a field', () => {
    expect(ofSource({ readings: { coal: withoutFigure } }).map(({ path }) => path)).toEqual(['/stock/readings/coal']);
    expect(ofSource({ readings: { coal: { ...withoutFigure, field: 'reportNo' } } })).toEqual([]);
  });

  it('is refused with all faults of all sources at once, not only of the one that is asked for', () => {
    const broken = { ...source, period: 'day', unit: '' };
    expect(faultsOf({ stock: source, cems: broken, sales: { ...source, sum: 1 } }).map(({ path }) => path)).toEqual([
      '/cems/period',
      '/cems/unit',
      '/sales/sum',
    ]);
  });

  it('is of a source that is there: another is named with those there are', () => {
    for (const name of ['cems', '', 'constructor', '__proto__', 'Stock'])
      expect(() => parseCrossCheckProfile({ stock: source, sales: source }, name)).toThrow(
        expect.objectContaining({ code: 'USAGE', message: `no profile of ${name}; there are stock, sales` }) as Error,
      );
  });

  it.each([[null], [[]], ['stock'], [1], [undefined], [{ stock: null }], [{ stock: [] }], [{ '': source }]])(
    'is none: %j',
    (value) => {
      expect(faultsOf(value).length).toBeGreaterThan(0);
    },
  );
});
