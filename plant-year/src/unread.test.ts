import { LedgerError, type Fault } from '../../core/src/errors';
import { checkPlantYear, parsePlantYear, readPlantYearLeniently, type PlantYearCheck } from '.';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { edited, valueAt, type Json } from '../../scripts/sample/pointer';
import { anchoredYear } from '../../test/support/anchored-year';

const sample: Json = structuredClone(sampleFile);
const anchored = anchoredYear(sample);
const january = '/units/0/months/0';
const coal = `${january}/coalConsumption_t`;

type Edits = Readonly<Record<string, Json | undefined>>;

function check(edits: Edits): PlantYearCheck {
  return checkPlantYear(readPlantYearLeniently(edited(sample, edits)), anchored);
}

function faultsAfter(edits: Edits): readonly Fault[] {
  try {
    parsePlantYear(edited(sample, edits));
    return [];
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'BAD_FILE') return error.faults;
    throw error;
  }
}

const numbers = [
  ...[
    '115272.04 ',
    ' 115272.04',
    '115272.04\n',
    '115,272.04',
    '115 272.04',
    '115，272.04',
    '１１５２７２.０４',
    '115272．04',
  ],
  ...[
    '1.15E+05',
    '1.1527204E+05',
    'NaN',
    'Infinity',
    '+115272.04',
    '0115272.04',
    '115272.',
    '.5',
    '-0',
    '0x1C248',
    '',
    '—',
  ],
  ...['115272.04\u200b', '1152\u00a072.04', '115272,04', '115272.04 t', '٣', true],
] as const;

describe('a number that cannot be read', () => {
  it.each(numbers)('%j is refused at its place, and nothing else is', (value) => {
    expect(faultsAfter({ [coal]: value })).toMatchObject([
      { path: coal, code: 'BAD_FILE', details: { got: String(value) } },
    ]);
  });

  // One of each kind: what the two have in common is tested above.
  it.each(['115272.04 ', '115,272.04', '１１５２７２.０４', '1.15E+05', 'NaN', ''])(
    '%j is told by a check, by no rule, at no cost',
    (value) => {
      const { status, differences, faults } = check({ [coal]: value });
      expect(status).toBe('differs');
      expect(differences).toMatchObject([
        {
          figure: 'coalConsumption_t',
          anchored: '115272.04',
          found: value,
          rules: [],
          firstBreak: null,
          impact: null,
        },
      ]);
      expect(differences[0]?.unread).toMatch(/^not a decimal number/);
      expect(faults.map(({ path }) => path)).toEqual([coal]);
    },
  );

  it.each([
    `${january}/lab/Cad_pct`,
    `${january}/Mar_pct`,
    `${january}/emission_tCO2`,
    '/units/1/months/8/NCVar_GJ_t',
    '/units/0/annual/emission_tCO2',
    '/units/0/allowance/F_pct',
    '/units/1/allowance/A_tCO2',
    '/units/1/capacity_MW',
    '/plantStockBalance/3/closing_t',
    '/compliance/verifiedEmission_tCO2',
    '/compliance/ccerLots/0/qty',
    '/dailyU1Jan2024/rows/4/1',
    '/dailyU1Jan2024/rows/4/3',
    '/parameters/OF',
    '/parameters/bench2024/II',
  ])('at %s is one fault, and no rule speaks on it', (pointer) => {
    const edits = { [pointer]: `${JSON.stringify(valueAt(sample, pointer)).replaceAll('"', '')} ` };
    expect(faultsAfter(edits).map(({ path }) => path)).toEqual([pointer]);
    const { status, differences, faults } = check(edits);
    expect([status, faults.map(({ path }) => path)]).toEqual(['differs', [pointer]]);
    const read = differences.filter(({ unread }) => unread === null);
    expect(read).toEqual([]);
    expect(differences.flatMap(({ rules }) => rules)).toEqual([]);
  });

  it('hides no other fault', () => {
    const others = [
      '/units/1/months/2/grossEfficiency_pct',
      `${january}/operatingHours_h`,
      '/units/0/annual/Car_weighted_tC_t',
    ];
    const edits = Object.fromEntries(others.map((pointer) => [pointer, '1.00']));
    const found = faultsAfter({ ...edits, [coal]: '1e5' }).map(({ path }) => path);
    expect(found).toEqual(expect.arrayContaining([coal, '/units/1/months/2/grossEfficiency_pct']));
    expect(found).toContain('/units/0/annual/Car_weighted_tC_t');
  });
});

const issued = `${january}/lab/issued`;

describe('a day that cannot be read', () => {
  it.each([
    '2024/2/14',
    '2024-2-14',
    45_336,
    '45336',
    '2024-13-01',
    '2024-02-30',
    '2024-02-14 ',
    '２０２４-02-14',
    '14.02.2024',
    '20240214',
    '2024-02-14T00:00:00',
    '2023-02-29',
    '',
  ])('%j is refused at its place, and no rule speaks on it', (value) => {
    expect(faultsAfter({ [issued]: value })).toMatchObject([{ path: issued, message: 'not a day (YYYY-MM-DD)' }]);
    expect(check({ [issued]: value }).differences).toMatchObject([
      {
        figure: 'issued',
        found: String(value),
        unread: 'not a day (YYYY-MM-DD)',
        rules: [],
        firstBreak: null,
        impact: null,
      },
    ]);
  });

  it.each([
    `${january}/lab/sampleReceived`,
    `${january}/lab/testStart`,
    `${january}/lab/anchoredByLab`,
    `${january}/evidenceSubmitted`,
    `${january}/evidenceDue`,
    '/compliance/surrenderDeadline',
    '/lab/cmaValidTo',
  ])('at %s is one fault', (pointer) => {
    expect(faultsAfter({ [pointer]: '2024/2/14' }).map(({ path }) => path)).toEqual([pointer]);
    const { status, differences, faults } = check({ [pointer]: '2024/2/14' });
    expect([status, faults.map(({ path }) => path)]).toEqual(['differs', [pointer]]);
    expect(differences.every(({ unread, rules }) => unread !== null && rules.length === 0)).toBe(true);
  });

  it('is told beside a value of the same month that was changed', () => {
    const { differences } = check({ [issued]: '2024/2/14', [`${january}/lab/Cad_pct`]: '59.72' });
    const cad = differences.find(({ figure }) => figure === 'Cad_pct');
    expect(cad).toMatchObject({ unread: null, found: '59.72' });
    expect(cad?.rules).toContain('R-S02');
    expect(cad?.rules).not.toContain('R-L16');
    expect(cad?.firstBreak?.step).not.toBe('R-L16');
  });
});

describe('months and days that have no place', () => {
  it.each([
    ['/units/0/months/1/month', '2024-13'],
    ['/units/0/months/1/month', '2024-2'],
    ['/units/0/months/1/month', '2024/02'],
    ['/units/0/months/1/month', '2024-01'],
    ['/plantStockBalance/1/month', '2024-00'],
    ['/plantStockBalance/1/month', '2024-01'],
  ])('%s = %s is one fault, and what it leaves out is no difference of value', (pointer, value) => {
    expect(faultsAfter({ [pointer]: value }).map(({ path }) => path)).toEqual([pointer]);
    const { status, differences, faults } = check({ [pointer]: value });
    expect([status, faults.map(({ path }) => path)]).toEqual(['differs', [pointer]]);
    expect(differences).not.toHaveLength(0);
    for (const difference of differences) {
      expect(difference).toMatchObject({ figure: 'record', rules: [], firstBreak: null, impact: null });
      expect(difference.record).toContain('/2024-02/');
    }
  });

  it('a month that is there once more is told although nothing else differs', () => {
    const months = valueAt(sample, '/units/0/months') as Json[];
    const edits = { '/units/0/months': [...months, valueAt(sample, january)] };
    expect(faultsAfter(edits)).toMatchObject([{ path: '/units/0/months/12/month' }]);
    expect(check(edits)).toMatchObject({
      status: 'differs',
      differences: [],
      faults: [{ path: '/units/0/months/12/month' }],
    });
  });

  it.each([4, '2024-01-05', '5 ', 5.5, '05', 0, 32, null])('a daily row of day %j has none', (day) => {
    const row = '/dailyU1Jan2024/rows/4';
    const [fault, ...others] = faultsAfter({ [`${row}/0`]: day });
    expect(others).toEqual([]);
    expect(fault?.path.startsWith(row)).toBe(true);
    const { status, differences } = check({ [`${row}/0`]: day });
    expect(status).toBe('differs');
    expect(differences.map(({ figure, rules, impact }) => [figure, rules, impact]).sort()).toEqual(
      ['fc_t', 'mar_pct', 'ncv_GJ_t'].map((column) => [`daily.${column}.05`, [], null]),
    );
  });

  it.each([
    ['/reportYear', '2024 '],
    ['/enterprise/uscc', '91140000MA0FAKE01X '],
    ['/enterprise/uscc', '91140000MA0FAKE02X'],
    ['/units/1/unitId', 'U2 '],
    ['/units/1/unitId', 'u-1'],
  ])('%s = %j leaves nothing to compare with', (pointer, value) => {
    expect(() => check({ [pointer]: value })).toThrow(
      expect.objectContaining({ code: 'BAD_FILE', faults: [expect.objectContaining({ path: pointer })] }) as Error,
    );
    expect(faultsAfter({ [pointer]: value }).map(({ path }) => path)).toContain(pointer);
  });
});

describe('a member that nobody reads', () => {
  it.each([
    [`${january}/coalConsumption`, '115272.05'],
    [`${january}/lab/Cad`, '62.39'],
    ['/units/0/unitID', 'U1'],
    ['/compliance/gap', 0],
    ['/units/0/annual/coalConsumption_T', [1]],
  ])('is told at its place, and the file is not the same: %s', (path, value) => {
    const { status, differences, faults } = check({ [path]: value });
    expect([status, differences]).toEqual(['differs', []]);
    expect(faults).toMatchObject([{ path, message: 'not a member that is read here' }]);
    expect(faultsAfter({ [path]: value })).toMatchObject([{ path, code: 'BAD_FILE' }]);
  });
});

describe('what is in no chain', () => {
  it.each([
    ['/units/0/name', '一号机组'],
    ['/units/0/boiler', 'another boiler'],
    [`${january}/lab/sampleKind`, 'another kind'],
    [`${january}/lab/reportNo`, 'FIC-CQ-202401-U1-999'],
  ])('%s may differ, and no chain breaks', (pointer, value) => {
    const { differences } = check({ [pointer]: value });
    expect(differences.length).toBeGreaterThan(0);
    for (const { firstBreak, impact } of differences) {
      expect(firstBreak).toBeNull();
      expect(impact).toMatchObject({ emission_tCO2: '0', allowance_tCO2: '0', gap_tCO2: '0' });
    }
  });

  it('a capacity is in one', () => {
    const [difference] = check({ '/units/0/capacity_MW': 600 }).differences;
    expect(difference?.firstBreak).not.toBeNull();
  });
});
