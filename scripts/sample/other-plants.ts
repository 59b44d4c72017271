import { usccCheckDigit } from '../../core/src/identifiers';
import { edited, setAt, valueAt, type Json } from './pointer';
import { restated } from './restate';

/** What is different about a unit of another plant. */
export interface OtherUnit {
  readonly id: string;
  readonly category: 'I' | 'II' | 'III' | 'IV';
  /** MW. */
  readonly capacity: number;
  /** Months (0 … 11) without any laboratory report. */
  readonly unreported: readonly number[];
  /** Months whose report came more than 40 days after their end. */
  readonly late: readonly number[];
  /** Coal of each month as a share of the sample's, in percent. */
  readonly coalShare: number;
}

export interface OtherPlant {
  /** Six digits that make its code and serial numbers its own. */
  readonly number: string;
  readonly units: readonly OtherUnit[];
  readonly hasLots: boolean;
}

function code(letter: string, number: string): string {
  const first17 = `91150000MA${letter}${number}`;
  return first17 + usccCheckDigit(first17);
}

function scaled(text: Json, percent: number): string {
  return ((Number(text) * percent) / 100).toFixed(2);
}

/** A unit of the sample made into another one: identity, class, reports and coal. */
function otherUnit(source: Json, unit: OtherUnit, number: string, index: number): Json {
  const copy = structuredClone(source);
  setAt(copy, '/unitId', unit.id);
  setAt(copy, '/facilityCode', `MF${String(100 + index).padStart(4, '0')}`);
  setAt(copy, '/categoryNo', unit.category);
  setAt(copy, '/capacity_MW', unit.capacity);
  for (let month = 0; month < 12; month += 1) {
    const place = `/months/${String(month)}`;
    setAt(copy, `${place}/coalConsumption_t`, scaled(valueAt(copy, `${place}/coalConsumption_t`), unit.coalShare));
    if (unit.unreported.includes(month)) setAt(copy, `${place}/lab`, null);
    else reportOf(copy, place, unit, number, month);
  }
  return copy;
}

function reportOf(copy: Json, place: string, unit: OtherUnit, number: string, month: number): void {
  setAt(copy, `${place}/lab/reportNo`, `T-${number}-${unit.id}-${String(month + 1)}`);
  // The sample's U2 has one late report of its own: in another plant only the listed months are late.
  const start = valueAt(copy, `${place}/lab/testEnd`);
  const day = typeof start === 'string' ? start : '';
  const late = new Date(Date.parse(`${day}T00:00:00Z`) + 45 * 86_400_000).toISOString().slice(0, 10);
  const issued = unit.late.includes(month) ? late : day;
  setAt(copy, `${place}/lab/issued`, issued);
  setAt(copy, `${place}/lab/anchoredByLab`, issued);
}

/** Coal that the feeders weighed is bought anew each month, so that the stock stays what it was. */
function stockEdits(units: readonly Json[]): Record<string, Json> {
  const edits: Record<string, Json> = {};
  for (let month = 0; month < 12; month += 1) {
    const fired = units.reduce<number>(
      (sum, unit) => sum + Number(valueAt(unit, `/months/${String(month)}/coalConsumption_t`)),
      0,
    );
    const place = `/plantStockBalance/${String(month)}`;
    Object.assign(edits, {
      [`${place}/opening_t`]: '200000.00',
      [`${place}/purchased_t`]: fired.toFixed(2),
      [`${place}/closing_t`]: '200000.00',
    });
  }
  return edits;
}

/** A plant-year of the sample's shape with other units, classes, months on default values, and other parties. */
export function otherPlantYear(sample: Json, plant: OtherPlant): Json {
  const [first, second] = [valueAt(sample, '/units/0'), valueAt(sample, '/units/1')];
  const units = plant.units.map((unit, index) =>
    otherUnit(unit.category === 'II' ? second : first, unit, plant.number, index),
  );
  const lots = plant.hasLots
    ? [
        {
          projectName: '（虚构）光热项目',
          methodology: 'CCER-01-001-V01',
          projectRef: `77${plant.number}`,
          serialFrom: 'FIC-Z-000000001',
          serialTo: 'FIC-Z-000001000',
          qty: 1000,
        },
      ]
    : [];
  const file = edited(sample, {
    '/enterprise/uscc': code('A', plant.number),
    '/lab/uscc': code('B', plant.number),
    '/verifier/uscc': code('C', plant.number),
    '/units': units,
    '/dailyU1Jan2024': undefined,
    '/compliance/ccerLots': lots,
    ...stockEdits(units),
  });
  return restated(file);
}
