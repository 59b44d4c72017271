import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { compareFigures, periodsBefore } from './compare';

const view = (figures: Readonly<Record<string, string>>): AnchoredRecordView =>
  ({
    record: { totals: { total: { value: '5', unit: 't', formula: 'f' } }, documents: [{ name: 'a.xlsx' }] },
    figures: Object.entries(figures).map(([name, value]) => ({
      ...{ name, value, unit: 't' },
      source: { document: 0, place: 'S!B2' },
    })),
  }) as never;

const subject = (period: string) => ({ uscc: 'X', unit: 'U1', period });

describe('figures beside their neighbours', () => {
  it.each([
    ['2024-01', '2023-12', '2023-01'],
    ['2024-12', '2024-11', '2023-12'],
    ['2024', '2023', '2023'],
  ])('%s comes after %s and %s', (period, before, yearBefore) => {
    expect(periodsBefore(subject(period))).toEqual({ before, yearBefore });
  });

  it('have none where the record is of no period', () => {
    expect(periodsBefore(subject('-'))).toBeUndefined();
  });

  it('tell the change in percent, and nothing where there is nothing to compare', () => {
    const rows = compareFigures(
      view({ coal: '110', gas: '5', 'daily.01': '1' }),
      view({ coal: '100', gas: '0' }),
      undefined,
    );
    expect(rows.map(({ name, change, before, yearBefore }) => [name, change, before, yearBefore])).toEqual([
      ['coal', '+10.0', '100', undefined],
      ['gas', undefined, '0', undefined],
      ['total', '0.0', '5', undefined],
    ]);
    expect(rows[0]?.source).toBe('a.xlsx S!B2');
  });
});
