import fc from 'fast-check';
import { filterNames, queryOf, readFilters, writeFilters, type Filters } from './filters';

describe('filters in an address', () => {
  it('come back as they went in', () => {
    const filters = fc.dictionary(fc.constantFrom(...filterNames), fc.stringMatching(/^[^\s](?:.*[^\s])?$/), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(filters, (given) => {
        expect(readFilters(`?${writeFilters(given as Filters)}`)).toEqual(given);
      }),
    );
  });

  it('leave the order and the columns of the list as they were', () => {
    expect(writeFilters({ unit: 'U2' }, 'unit=U1&type=surrender&sort=-record&hide=issuer')).toBe(
      'unit=U2&sort=-record&hide=issuer',
    );
  });

  it('leave out what is no filter', () => {
    expect(readFilters('?type=test-report&lang=en&x=1&unit=')).toEqual({ type: 'test-report' });
  });

  it('ask the service for types and states that there are', () => {
    expect(queryOf({ type: 'nonsense', status: 'lost', unit: 'U1' })).toEqual({ unit: 'U1' });
    expect(queryOf({ type: 'surrender', status: 'current' })).toEqual({ type: 'surrender', status: 'current' });
  });
});
