import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { monthRows, monthlyTypes, unitsOfYear, yearly } from './grid';
import { gridTable } from './grid-table';

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

const names: Readonly<Record<string, string>> = { 'monthly-evidence': '月度存证', 'test-report': '检测报告' };

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

  it('is taken away as it is shown: a line a month, a column for each type of each unit', () => {
    const types = monthlyTypes(views);
    const units = ['U1', 'U2'];
    const [titles, ...months] = gridTable({ rows: monthRows(views, '2024', units, types), units, types }, 'zh');
    expect(titles).toEqual([
      '月份',
      ...units.flatMap((_, at) => types.map((type) => `${String(at + 1)} 号机组 ${names[type] ?? ''}`)),
    ]);
    expect(months).toHaveLength(12);
    expect(new Set(months.map((month) => month.length))).toEqual(new Set([titles.length]));
    expect(months.at(-1)?.slice(1)).toEqual(Array.from({ length: titles.length - 1 }, () => '未提交'));
  });
});
