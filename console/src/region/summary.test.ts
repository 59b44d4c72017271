import fc from 'fast-check';
import { regionCode, ruleLines, sumOf, totalsOf, unitLines, type Month } from './summary';

const month = (more: Partial<Month> = {}): Month => ({
  ...{ month: '2024-01', state: 'filed', late: false, backDated: false, default: false },
  ...more,
});
const plant = (uscc: string, ...years: (readonly Month[])[]): Parameters<typeof unitLines>[0][number] => ({
  ...{ uscc, name: uscc },
  units: years.map((months, at) => ({ unit: `U${String(at + 1)}`, laboratories: [], months: [...months] })),
});
const finding = { severity: 'W' as const, touches: [], got: '', limit: '', inputs: '' };

describe('a region’s months', () => {
  const plants = [
    plant(
      'A',
      [month(), month({ late: true, backDated: true }), month({ state: 'missing' })],
      [month({ default: true, defaultCost_t: '10.05' }), month({ default: true, defaultCost_t: '0.96' })],
    ),
    plant('B', [month({ default: true })]),
  ];

  it('are counted a unit', () => {
    expect(unitLines(plants)).toMatchObject([
      { uscc: 'A', name: 'A', unit: 'U1', filed: 2, missing: 1, late: 1, backDated: 1, defaults: 0, cost: '0.00' },
      { uscc: 'A', name: 'A', unit: 'U2', filed: 2, missing: 0, late: 0, backDated: 0, defaults: 2, cost: '11.01' },
      { uscc: 'B', name: 'B', unit: 'U1', filed: 1, missing: 0, late: 0, backDated: 0, defaults: 1, cost: '0.00' },
    ]);
  });

  it('are added up', () => {
    expect(totalsOf(unitLines(plants))).toEqual({
      ...{ plants: 2, units: 3, filed: 5, missing: 1, late: 1, backDated: 1, defaults: 3, cost: '11.01' },
    });
    expect(totalsOf([])).toMatchObject({ plants: 0, units: 0, cost: '0.00' });
  });
});

describe('sums of tonnes', () => {
  it('are exact, below zero too', () => {
    expect([sumOf(['0.1', '0.2']), sumOf(['-1.05', '1']), sumOf(['-0.50']), sumOf([])]).toEqual([
      '0.30',
      '-0.05',
      '-0.50',
      '0.00',
    ]);
    const amount = fc.integer({ min: -1e9, max: 1e9 });
    const text = (value: bigint): string => sumOf([`${value < 0n ? '-' : ''}${String(value < 0n ? -value : value)}`]);
    fc.assert(
      fc.property(fc.array(amount), (values) => {
        const total = values.reduce((sum, value) => sum + BigInt(value), 0n);
        expect(sumOf(values.map(String))).toBe(text(total));
      }),
    );
  });
});

describe('a screening by its rules', () => {
  it('has the rule that found most first, with the plants that it asks', () => {
    const ran = (found: number, notRun = {}): { ran: number; found: number; notRun: Record<string, number> } => ({
      ...{ ran: 9, found, notRun },
    });
    const lines = ruleLines({
      rules: { 'R-A01': ran(0, { 'no stock': 3 }), 'R-B01': ran(3), 'R-A02': ran(0) },
      findings: [
        { ...finding, rule: 'R-B01', at: 'A/U1/2024-01/monthly-evidence' },
        { ...finding, rule: 'R-B01', at: 'A/U2/2024-01/monthly-evidence', explained: 'key' },
        { ...finding, rule: 'R-B01', at: 'B/U1/2024-01/monthly-evidence' },
      ],
    });
    expect(lines.map(({ rule }) => rule)).toEqual(['R-B01', 'R-A01', 'R-A02']);
    expect(lines[0]).toMatchObject({ severity: 'W', found: 3, explained: 1, plants: 2 });
    expect(lines[1]?.lacking).toEqual([{ what: 'no stock', count: 3 }]);
  });
});

test.each([
  ['140000', '14'],
  ['140100', '1401'],
  ['110105', '110105'],
  ['000000', ''],
])('the region %s is asked for as %s', (region, code) => {
  expect(regionCode(region)).toBe(code);
});
