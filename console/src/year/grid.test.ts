import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { monthRows, monthlyTypes, unitsOfYear, yearly } from './grid';

function view(type: string, unit: string, period: string, version = 1): AnchoredRecordView {
  const record = { type, kind: type, version, subject: { uscc: 'P', unit, period } };
  return { id: `${type}${unit}${period}${String(version)}`, key: `P/${unit}/${period}/${type}`, record } as never;
}

const views = [
  view('monthly-evidence', 'U2', '2024-03'),
  view('monthly-evidence', 'U2', '2024-03', 2),
  view('test-report', 'U1', '2024-01'),
  view('annual-report', 'PLANT', '2024'),
  view('quality-control-plan', 'U1', '2024'),
  view('annual-report', 'PLANT', '2023'),
];

describe('a year of a plant', () => {
  it('has twelve months with a cell for each unit and type, the newest version in it', () => {
    const types = monthlyTypes(views);
    expect(types).toEqual(['test-report', 'monthly-evidence']);
    const units = unitsOfYear(views, ['U1', 'U2', 'U3']);
    expect(units).toEqual(['U1', 'U2', 'U3']);
    const rows = monthRows(views, '2024', units, types);
    expect(rows).toHaveLength(12);
    expect(rows[2]?.cells).toHaveLength(6);
    const march = rows[2]?.cells.find(({ unit, type }) => unit === 'U2' && type === 'monthly-evidence');
    expect(march?.view?.record.version).toBe(2);
    expect(rows[3]?.cells.every(({ view: one }) => one === undefined)).toBe(true);
  });

  it('lists what is about the whole year in the order of the rulebook', () => {
    expect(yearly(views, '2024').map(({ record }) => record.type)).toEqual(['quality-control-plan', 'annual-report']);
  });
});
