import { LedgerError, type Fault } from '../../core/src/errors';
import { parsePlantYear } from '.';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { edited, setAt, valueAt, type Json } from '../../scripts/sample/pointer';
import { restated } from '../../scripts/sample/restate';

const sample: Json = structuredClone(sampleFile);
const january = '/units/0/months/0';

function faultsOf(value: unknown): readonly Fault[] {
  try {
    parsePlantYear(value);
    return [];
  } catch (error) {
    if (error instanceof LedgerError) return error.faults;
    throw error;
  }
}

const zeros = {
  coalConsumption_t: '0.00',
  NCVar_GJ_t: '0.000',
  Mar_pct: '0.00',
  generation_MWh: '0.000',
  heatSupply_GJ: '0.00',
  operatingHours_h: '0.00',
  onGrid_MWh: '0.000',
};

function idleMonth(root: Json, month: string): void {
  setAt(root, `${month}/lab`, null);
  for (const [name, value] of Object.entries(zeros)) setAt(root, `${month}/${name}`, value);
}

/** Coal that is not fired is not bought either. */
function balanceStock(root: Json): void {
  for (let index = 0; index < 12; index += 1) {
    const fired = ['0', '1'].reduce((sum, unit) => {
      const place = `/units/${unit}/months/${String(index)}/coalConsumption_t`;
      return sum + Number(valueAt(root, place));
    }, 0);
    const stock = { opening_t: '200000.00', purchased_t: fired.toFixed(2), closing_t: '200000.00' };
    for (const [name, value] of Object.entries(stock)) {
      setAt(root, `/plantStockBalance/${String(index)}/${name}`, value);
    }
  }
}

function dailyZeros(days: number): Json[] {
  return Array.from({ length: days }, (_, index): Json[] => [index + 1, '0.00', '0.000', '0.0']);
}

describe('a unit that stood still', () => {
  it('has zero for the month where its daily rows are zero, as the year has', () => {
    const file = edited(sample, { '/dailyU1Jan2024/rows': dailyZeros(31) });
    idleMonth(file, january);
    balanceStock(file);
    expect(faultsOf(restated(file))).toEqual([]);
  });

  it('has zero for a whole year, with daily rows of a month of them', () => {
    const file = edited(sample, { '/dailyU1Jan2024/rows': dailyZeros(31) });
    for (let month = 0; month < 12; month += 1) idleMonth(file, `/units/0/months/${String(month)}`);
    balanceStock(file);
    // Twice: the first time sees the old year's coal, by which its means would be computed.
    expect(faultsOf(restated(restated(file)))).toEqual([]);
  });

  it('has zero for both units of a plant, and no imbalance', () => {
    const file = edited(sample, { '/dailyU1Jan2024/rows': dailyZeros(31) });
    idleMonth(file, january);
    idleMonth(file, '/units/1/months/0');
    balanceStock(file);
    expect(faultsOf(restated(file))).toEqual([]);
  });

  it('may not state a heat value or moisture of coal that it did not fire', () => {
    const file = edited(sample, { '/dailyU1Jan2024/rows': dailyZeros(31) });
    idleMonth(file, january);
    balanceStock(file);
    const stated = edited(restated(file), { [`${january}/Mar_pct`]: '12.34' });
    expect(faultsOf(stated)).toMatchObject([
      { path: `${january}/Mar_pct`, code: 'FIGURE_MISMATCH', details: { expected: '0.00' } },
    ]);
  });
});
