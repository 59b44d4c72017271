import fc from 'fast-check';
import { addDays, lastDayOfMonth } from '../calendar';
import type { RecordScope } from '../methodology/scope';
import { modeOfKind, type CarbonTestMode } from './carbon-samples';
import { carbonTestFaults, declaredMode, expectedBasis, isCompliantTest, untestedParts } from './carbon-tests';
import { valuesOf } from './due';
import { citedParameters, citedRecord, toldOf, someParties, type Situation } from './testing/bench';

const period = '2024-02';
const end = lastDayOfMonth(period);
const onTime = addDays(end, 40);
const tooLate = addDays(end, 41);
const parameters = citedParameters({ 'carbonTest.days': '40' });

const planOf = (mode: CarbonTestMode | undefined): RecordScope =>
  citedRecord('quality-control-plan', { content: { carbonTestMode: mode } });

interface Test {
  readonly label?: string;
  readonly issued?: string;
  readonly unit?: string;
  readonly mad?: string;
}

function reportOf({ label, issued = onTime, unit = 'U1', mad = '2.84' }: Test): RecordScope {
  const of = label === undefined ? {} : /^[0-9]/.test(label) ? { sampleDay: `${period}-${label}` } : { batchNo: label };
  return citedRecord('test-report', {
    ...{ kind: label === undefined ? 'test-report' : `test-report.${label}`, subject: { unit, period } },
    content: { sampleMonth: period, issued, received: addDays(end, 1), ...of },
    figures: { Cad_pct: '62.38', Mad_pct: mad },
  });
}

type Figures = Readonly<Record<string, string>>;

/** A month by a plan of this mode, with its reports and figures. */
function monthOf(
  mode: CarbonTestMode | undefined,
  tests: readonly Test[],
  figures: Figures = {},
  content = {},
): RecordScope {
  const cited = {
    ...{ 'quality-control-plan': [planOf(mode)], 'test-report': tests.map(reportOf) },
    parameters: [parameters],
  };
  return citedRecord('monthly-evidence', {
    subject: { period },
    cited,
    figures,
    content: { dailyRecords: true, ...content },
  });
}

const toldBy = (scope: RecordScope): string[] =>
  carbonTestFaults(scope).map(({ path, details }) => `${String(details?.['rule'])} ${path}`);

describe('the mode of a sample', () => {
  it('is told by the label of its kind', () => {
    expect(['test-report', 'test-report.15', 'sample-receipt.B01'].map(modeOfKind)).toEqual([
      'monthly-composite',
      'daily',
      'batch',
    ]);
  });

  it('is what the plan declares; where it declares none, the composite', () => {
    expect(declaredMode(monthOf('batch', []))).toBe('batch');
    expect(declaredMode(monthOf(undefined, []))).toBe('monthly-composite');
  });
});

describe.each(['test-report', 'sample-receipt'] as const)('the %s of a day or batch', (type) => {
  const faults = async (kind: string, content: object): Promise<string[]> => {
    const receipt = citedRecord('sample-receipt', { kind: kind.replace(/^test-report/, 'sample-receipt') });
    const by = { kind: 'lab' as const, qualifications: [] };
    const qualification = { kind: 'CMA' as const, number: '240417250001', scope: [], validFrom: null, validTo: null };
    const situation: Situation = {
      ...{ kind, issuer: someParties.lab, by: { ...by, qualifications: [qualification] } },
      content: content as Readonly<Record<string, unknown>>,
      ...(type === 'test-report' ? { cited: { 'sample-receipt': [receipt] } } : {}),
    };
    return toldOf(type, situation);
  };

  it.each([
    ['', {}, []],
    ['.15', { sampleDay: '2024-01-15' }, []],
    ['.B01', { batchNo: 'B01' }, []],
    ['.15', {}, ['BAD_RECORD /kind']],
    ['', { sampleDay: '2024-01-15' }, ['BAD_RECORD /kind']],
    ['.16', { sampleDay: '2024-01-15' }, ['BAD_RECORD /kind']],
    ['.B02', { batchNo: 'B01' }, ['BAD_RECORD /kind']],
    ['.15', { sampleDay: '2024-02-15' }, ['BAD_RECORD /content/sampleDay']],
    ['.15', { sampleDay: '2024-01-15', batchNo: 'B01' }, ['BAD_RECORD /content/batchNo']],
  ])('filed under %j with %j', async (label, content, expected) => {
    expect(await faults(`${type}${label}`, content)).toEqual(expected);
  });
});

describe('the carbon tests of a month', () => {
  it('are of the declared mode, each once', () => {
    expect(toldBy(monthOf(undefined, [{}]))).toEqual([]);
    expect(toldBy(monthOf('monthly-composite', [{ label: '15' }]))).toEqual(['R-L53 /cites/1']);
    expect(toldBy(monthOf('daily', [{}, { label: '15' }, { label: 'B01' }]))).toEqual([
      'R-L53 /cites/1',
      'R-L53 /cites/3',
    ]);
    const twice = [{ label: '15' }, { label: '15', unit: 'U2' }];
    expect(toldBy(monthOf('daily', twice))).toEqual(['R-L53 /cites/2']);
    expect(toldBy(monthOf('monthly-composite', [{}, { unit: 'U2' }]))).toEqual(['R-L53 /cites/2']);
  });

  it('by day have daily records behind them', () => {
    expect(toldBy(monthOf('daily', [], {}, { dailyRecords: false }))).toEqual(['R-L53 /content/dailyRecords']);
  });

  it('by batch are weighed by all that was burnt, and others by no batch', () => {
    const coal = { coalConsumption_t: '100.00', 'batch.fc_t.B01': '60.00' };
    expect(toldBy(monthOf('batch', [], coal))).toEqual(['R-L53 /figures/batch.fc_t.*']);
    const whole = { ...coal, 'batch.fc_t.B02': '40.00' };
    expect(toldBy(monthOf('batch', [{ label: 'B01' }], whole))).toEqual([]);
    expect(toldBy(monthOf('batch', [{ label: 'B03' }], whole))).toEqual(['R-L53 /figures/batch.fc_t.B03']);
    expect(toldBy(monthOf('monthly-composite', [{}], whole))).toEqual(['R-L53 /figures/batch.fc_t.*']);
  });

  it('are of coal no dryer than the sample, of the day, the batch or the month (R-L05)', () => {
    const moist = { 'daily.mar_pct.15': '2.8', 'daily.mar_pct.16': '12.0', Mar_pct: '2.80', coalConsumption_t: '0.00' };
    expect(toldBy(monthOf('daily', [{ label: '15' }, { label: '16' }], moist))).toEqual([
      'R-L05 /figures/daily.mar_pct.15',
    ]);
    expect(toldBy(monthOf('monthly-composite', [{}], moist))).toEqual(['R-L05 /figures/Mar_pct']);
    const batch = { 'batch.fc_t.B01': '0.00', 'batch.mar_pct.B01': '2.8', coalConsumption_t: '0.00' };
    expect(toldBy(monthOf('batch', [{ label: 'B01' }], batch))).toEqual(['R-L05 /figures/batch.mar_pct.B01']);
  });
});

describe('the basis of a month (R-L16)', () => {
  it('by composite is measured where the report is compliant', () => {
    expect(expectedBasis(monthOf(undefined, [{}])).basis).toBe('measured');
    expect(expectedBasis(monthOf(undefined, [{ issued: tooLate }])).basis).toBe('default');
    expect(expectedBasis(monthOf(undefined, [])).basis).toBe('default');
  });

  it('takes no report of another mode into account', () => {
    expect(expectedBasis(monthOf(undefined, [{ label: '15' }])).basis).toBe('default');
    expect(expectedBasis(monthOf('daily', [{}], { 'daily.fc_t.15': '1.00' })).basis).toBe('default');
  });

  it('by day or batch is measured where every part with coal has its compliant report, and names those that have none', () => {
    const part = fc.record({
      mass: fc.constantFrom('0.00', '0.01', '3000.00'),
      report: fc.constantFrom('none', 'late', 'good'),
    });
    const labels = { daily: ['01', '02', '10', '29'], batch: ['B01', 'B02', 'B10', 'X'] } as const;
    fc.assert(
      fc.property(
        fc.constantFrom('daily' as const, 'batch' as const),
        fc.array(part, { minLength: 4, maxLength: 4 }),
        (mode, parts) => {
          const named = parts.map((one, at) => ({ ...one, label: labels[mode][at] ?? '' }));
          const tests = named
            .filter(({ report }) => report !== 'none')
            .map(({ label, report }): Test => ({ label, issued: report === 'late' ? tooLate : onTime }));
          const figures = Object.fromEntries(named.map(({ label, mass }) => [`${mode}.fc_t.${label}`, mass]));
          const open = named
            .filter(({ mass, report }) => mass !== '0.00' && report !== 'good')
            .map(({ label }) => label);
          const found = expectedBasis(monthOf(mode, tests, figures));
          expect(found.basis).toBe(tests.length > 0 && open.length === 0 ? 'measured' : 'default');
          if (tests.length > 0 && open.length > 0) expect([...(found.untested ?? [])].sort()).toEqual(open);
        },
      ),
    );
  });

  it('counts no coal of another family', () => {
    const figures = Object.entries({ 'daily.fc_t.01': '5', 'batch.fc_t.01': '5', 'daily.fc_tx.02': '5' });
    expect(
      untestedParts(
        figures.map(([name, value]) => [name, { value }]),
        'daily',
        new Set(),
      ),
    ).toEqual(['01']);
  });

  it('is compliant through the fortieth day after the month, for its sample and its report', () => {
    const values = valuesOf(parameters.record);
    expect(isCompliantTest({ issued: onTime, received: onTime }, period, values)).toBe(true);
    expect(isCompliantTest({ issued: tooLate, received: onTime }, period, values)).toBe(false);
    expect(isCompliantTest({ issued: onTime, received: tooLate }, period, values)).toBe(false);
  });
});
