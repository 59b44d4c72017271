import { LedgerError, type Fault } from '../../core/src/errors';
import { parsePlantYear, readPlantYearLeniently } from '.';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { edited, type Json } from '../../scripts/sample/pointer';
import { restated } from '../../scripts/sample/restate';

const sample: Json = structuredClone(sampleFile);

function faultsOf(value: unknown): readonly Fault[] {
  try {
    parsePlantYear(value);
    return [];
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'BAD_FILE') return error.faults;
    throw error;
  }
}

function faultsAfter(edits: Readonly<Record<string, Json | undefined>>): readonly Fault[] {
  return faultsOf(edited(sample, edits));
}

const month = '/units/0/months/4';

describe('parsing a plant-year file', () => {
  it('finds no fault in the sample', () => {
    expect(parsePlantYear(sample).units.map(({ id }) => id)).toEqual(['U1', 'U2']);
  });

  it('names figure, expected, got and step of a figure that does not follow from its inputs', () => {
    const [fault] = faultsAfter({ [`${month}/emission_tCO2`]: '157353.38' });
    expect(fault).toMatchObject({
      path: `${month}/emission_tCO2`,
      code: 'FIGURE_MISMATCH',
      details: { figure: 'emission_tCO2', expected: '157353.37', got: '157353.38', step: 'E.month.measured' },
    });
  });

  it.each([
    [`${month}/Car_tC_t`, '0.5555', 'FIGURE_MISMATCH'],
    [`${month}/CarMeasured_tC_t`, '0.5555', 'FIGURE_MISMATCH'],
    [`${month}/loadFactor_pct`, '61.74', 'FIGURE_MISMATCH'],
    ['/units/1/annual/coalConsumption_t', '862186.94', 'FIGURE_MISMATCH'],
    ['/units/0/allowance/Ff', '1.057860', 'FIGURE_MISMATCH'],
    ['/units/1/allowance/Ah_tCO2', 345_234, 'FIGURE_MISMATCH'],
    ['/compliance/gap_tCO2', 81_900, 'FIGURE_MISMATCH'],
    ['/compliance/ccerCap_tCO2', 207_318, 'FIGURE_MISMATCH'],
    ['/plantStockBalance/3/imbalance_pct', '0.32', 'FIGURE_MISMATCH'],
    ['/plantStockBalance/3/opening_t', '171240.01', 'FIGURE_MISMATCH'],
    [`${month}/lab/daysMonthEndToIssue`, 22, 'FIGURE_MISMATCH'],
    ['/parameters/bench2024/II', '0.8050', 'FIGURE_MISMATCH'],
    [`${month}/NCVar_GJ_t`, '21.13', 'FIGURE_FORMAT'],
    [`${month}/NCVar_GJ_t`, '21,126', 'BAD_FILE'],
    [`${month}/generation_MWh`, undefined, 'BAD_FILE'],
    [`${month}/lab/reportNo`, undefined, 'BAD_FILE'],
    [`${month}/lab/reportNo`, 'FIC-CQ-202401-U1-101', 'BAD_FILE'],
    [`${month}/lab/issued`, '2024-06-31', 'BAD_FILE'],
    [`${month}/lab/testStart`, '2024-06-03', 'BAD_FILE'],
    [`${month}/lab/anchoredByLab`, '2024-06-20', 'BAD_FILE'],
    [`${month}/evidenceSubmitted`, '2024-05-31', 'BAD_FILE'],
    [`${month}/evidenceDue`, '2024-07-11', 'BAD_RECORD'],
    [`${month}/onTime`, false, 'BAD_FILE'],
    [`${month}/carbonBasis`, 'default 0.03085 tC/GJ', 'RULE_REFUSED'],
    [`${month}/strangeField`, 'x', 'BAD_FILE'],
    ['/enterprise/uscc', '91140000MA0FAKE02X', 'BAD_FILE'],
    ['/compliance/ccerLots/0/qty', 44_999, 'BAD_FILE'],
    ['/compliance/ccerLots/1/serialTo', 'FIC-A-000015000', 'BAD_FILE'],
    ['/units/0/months/6/month', '2024-06', 'BAD_FILE'],
    ['/units/0/categoryNo', 'II', 'BAD_RECORD'],
    ['/units/1/unitId', 'U1', 'BAD_FILE'],
    ['/dailyU1Jan2024/rows/9/0', 9, 'BAD_FILE'],
    ['/lab/cmaValidTo', '2024-03-01', 'RULE_REFUSED'],
    ['/reportYear', 2031, 'FORMULA_UNDEFINED'],
  ])('refuses %s = %p', (pointer, value, code) => {
    const codes = faultsAfter({ [pointer]: value }).map((fault) => fault.code);
    expect(codes).toContain(code);
  });

  it('holds the stock that a month opens with to what the month before closed with', () => {
    const pointer = '/plantStockBalance/3/opening_t';
    const faults = faultsOf(restated(edited(sample, { [pointer]: '171240.01' })));
    expect(faults).toMatchObject([{ path: pointer, details: { expected: '171240.00', got: '171240.01' } }]);
  });

  it('tells all faults at once, each with its place', () => {
    const pointers = [`${month}/emission_tCO2`, '/units/1/months/2/grossEfficiency_pct', '/enterprise/uscc'];
    const faults = faultsAfter(Object.fromEntries(pointers.map((pointer) => [pointer, '1.00'])));
    expect(faults.map((fault) => fault.path)).toEqual(expect.arrayContaining(pointers));
  });

  it('says a fault of spelling once', () => {
    const pointer = `${month}/coalConsumption_t`;
    expect(faultsAfter({ [pointer]: 'many' }).filter((fault) => fault.path === pointer)).toHaveLength(1);
  });

  it.each([null, [], 'text', {}, { reportYear: 2024 }, { reportYear: 2024, enterprise: { uscc: 'x' }, units: [{}] }])(
    'refuses %p, which is no plant-year',
    (value) => {
      expect(faultsOf(value)).not.toHaveLength(0);
      expect(() => readPlantYearLeniently(value)).toThrow(expect.objectContaining({ code: 'BAD_FILE' }) as Error);
    },
  );

  it('takes daily rows of any unit and month from a list too', () => {
    const { columns, rows } = sampleFile.dailyU1Jan2024;
    const daily = [{ unit: 'U1', month: '2024-01', columns, rows }];
    const file = edited(edited(sample, { '/dailyU1Jan2024': undefined }), { '/daily': daily });
    expect(parsePlantYear(file).daily).toHaveLength(1);
    const moved = edited(file, { '/daily/0/month': '2024-02' });
    expect(faultsOf(moved)).not.toHaveLength(0);
  });
});

describe('reading leniently', () => {
  it('keeps what is missing missing', () => {
    const file = readPlantYearLeniently(
      edited(sample, { [`${month}/lab/reportNo`]: undefined, '/compliance': undefined }),
    );
    expect(file.units[0]?.months[4]?.lab?.fields.has('reportNo')).toBe(false);
    expect(file.lots).toEqual([]);
  });
});
