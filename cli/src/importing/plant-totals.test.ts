import { formatTotals } from './plant-totals';

const plant = { uscc: '91140000MA0FAKE01X', year: '2024' };

describe('the totals of a plant', () => {
  it('are told under a heading', () => {
    expect(formatTotals({ ...plant, totals: { emission_tCO2: '1.00' } })).toEqual([
      '91140000MA0FAKE01X 2024, recomputed by the ledger:',
      '  emission_tCO2          1.00',
    ]);
  });

  it('have no heading where there are none yet', () => {
    expect(formatTotals({ ...plant, totals: {} })).toEqual([]);
  });
});
