import { recordTypeNames } from '@carbon-ledger/core';
import { readFilters } from '../records/filters';
import { listAt, places } from './places';

describe('an address that names what one looks for', () => {
  it.each(Object.entries(places))('%s is the list of that type', (_, type) => {
    expect(recordTypeNames).toContain(type);
    expect(readFilters(listAt(type, '').split('?')[1] ?? '')).toEqual({ type });
  });

  it('keeps filters, order and columns that it is opened with', () => {
    expect(listAt('finding', 'period=2024-09&party=91140000MA0FAKE01X&sort=-period')).toBe(
      '/records?period=2024-09&party=91140000MA0FAKE01X&sort=-period&type=finding',
    );
    expect(readFilters(listAt('finding', 'type=inspection').split('?')[1] ?? '')).toEqual({ type: 'finding' });
  });
});
