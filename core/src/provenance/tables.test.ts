import fc from 'fast-check';
import type { AnchoredRecord } from './source';
import { saysTheSame } from './tables';

type Values = Record<string, { value: string; unit: string }>;

function table(values: Values, change: Partial<AnchoredRecord> = {}, type = 'parameter'): AnchoredRecord {
  return { record: { type, content: { values } }, status: 'current', ...change } as unknown as AnchoredRecord;
}

const OF = { value: '99', unit: '%' };
const cap = { value: '20', unit: '%' };
const balance = { value: '0.7930', unit: 'tCO2/t' };

describe('a table of parameters that was continued', () => {
  it('takes nothing from what was computed by a value that stands as it stood', () => {
    expect(saysTheSame(table({ OF }), table({ OF, balance }), 'OF')).toBe(true);
    expect(saysTheSame(table({ OF, cap }), table({ OF, cap: { ...cap, value: '10' } }), 'OF')).toBe(true);
  });

  it.each<[string, Values]>([
    ['another value', { OF: { ...OF, value: '98' } }],
    ['another unit', { OF: { ...OF, unit: '1' } }],
    ['none any more', { cap }],
  ])('says something else with %s', (_, after) => {
    expect(saysTheSame(table({ OF }), table(after), 'OF')).toBe(false);
  });

  it('is held whole where it is not known what was taken', () => {
    expect(saysTheSame(table({ OF, cap }), table({ OF, cap, balance }), 'record')).toBe(true);
    expect(saysTheSame(table({ OF, cap }), table({ OF }), 'record')).toBe(false);
  });

  it.each(['withdrawn', 'open', 'superseded'] as const)('is no excuse where what follows is %s', (status) => {
    expect(saysTheSame(table({ OF }), table({ OF }, { status }), 'OF')).toBe(false);
  });

  it('is no excuse for other records, nor where nothing follows', () => {
    expect(saysTheSame(table({ OF }, {}, 'monthly-evidence'), table({ OF }), 'OF')).toBe(false);
    expect(saysTheSame(table({ OF }), undefined, 'OF')).toBe(false);
  });

  it('says the same of each value or of all, and of none that is not there', () => {
    const names = fc.constantFrom('OF', 'cap', 'balance', 'toString', '__proto__');
    const values = fc.dictionary(names, fc.record({ value: fc.constantFrom('1', '2'), unit: fc.constant('t') }));
    fc.assert(
      fc.property(values, values, (before, after) => {
        const [old, next] = [table(before), table(after)];
        const each = Object.keys(before).every((name) => saysTheSame(old, next, name));
        expect(saysTheSame(old, next, 'record')).toBe(each);
      }),
    );
  });
});
