import { coalPower, coalPowerParameters, screenBook, shelvedScreening, type Finding } from '@carbon-ledger/core';
import { readPlantYearLeniently } from './read';
import { bookOfPlantYear } from './screen';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { edited, valueAt, type Json } from '../../scripts/sample/pointer';
import { restated } from '../../scripts/sample/restate';

const sample: Json = structuredClone(sampleFile);
const rules = { methodology: coalPower('2024'), parameters: coalPowerParameters('2024') };

/** Findings without a ledger: what the file alone shows. */
function screen(value: Json): Finding[] {
  return [...screenBook(shelvedScreening(), bookOfPlantYear(readPlantYearLeniently(value), rules)).findings];
}

function findingsOf(id: string, value: Json): Finding[] {
  return screen(value).filter(({ rule }) => rule === id);
}

const months1 = '/units/0/months';
const months2 = '/units/1/months';
type Edits = Readonly<Record<string, Json | undefined>>;
type Case = readonly [rule: string, change: string, edits: Edits, touched: string];

/** Each rule with a change that it must see in the file alone, and a value that it must then name. */
const named: readonly Case[] = [
  [
    'R-L01',
    'coal bought',
    { '/plantStockBalance/4/purchased_t': '139109.23' },
    'PLANT/2024-05/monthly-evidence#purchased_t',
  ],
  ['R-L02', 'emission', { [`${months1}/4/emission_tCO2`]: '157353.38' }, 'U1/2024-05/monthly-evidence#emission_tCO2'],
  ['R-L03', 'carbon', { [`${months1}/4/Car_tC_t`]: '0.5555' }, 'U1/2024-05/monthly-evidence#Car_tC_t'],
  ['R-L04', 'heat value', { [`${months1}/4/NCVar_GJ_t`]: '23.200' }, 'U1/2024-05/monthly-evidence#NCVar_GJ_t'],
  ['R-L05', 'Mad above Mar', { [`${months1}/4/lab/Mad_pct`]: '13.30' }, 'U1/2024-05/test-report#Mad_pct'],
  ['R-L07', 'a day’s moisture', { '/dailyU1Jan2024/rows/3/3': '19.9' }, 'U1/2024-01/monthly-evidence#daily.mar_pct.04'],
  ['R-L08', 'a day’s coal', { '/dailyU1Jan2024/rows/3/1': '3537.62' }, 'U1/2024-01/monthly-evidence#daily.fc_t.04'],
  ['R-L09', 'load factor', { [`${months1}/4/loadFactor_pct`]: '62.75' }, 'U1/2024-05/monthly-evidence#loadFactor_pct'],
  [
    'R-L10',
    'generation',
    { [`${months1}/4/generation_MWh`]: '226732.600' },
    'U1/2024-05/monthly-evidence#generation_MWh',
  ],
  ['R-L12', 'hours', { [`${months1}/4/operatingHours_h`]: '290.00' }, 'U1/2024-05/monthly-evidence#operatingHours_h'],
  [
    'R-L15',
    'a year’s coal',
    { '/units/0/annual/coalConsumption_t': '1164444.90' },
    'U1/2024/annual-report#coalConsumption_t',
  ],
  ['R-L16', 'basis', { [`${months2}/8/carbonBasis`]: 'measured' }, 'U2/2024-09/monthly-evidence#carbonBasis'],
  ['R-L20', 'peaking factor', { '/units/0/allowance/Ff': '1.057862' }, 'U1/2024/allowance-issuance#Ff'],
  [
    'R-L20',
    'pre-allocation',
    { '/units/0/allowance/preallocation_tCO2': 1_800_000 },
    'U1/2024/allowance-issuance.pre#preallocation_tCO2',
  ],
  ['R-L21', 'offsets', { '/compliance/ccerUsed_tCO2': 207_318 }, 'PLANT/2024/surrender#ccerUsed_tCO2'],
  ['R-S02', 'carbon of a report', { [`${months1}/6/lab/Cad_pct`]: '59.72' }, 'U1/2024-07/test-report#Cad_pct'],
  ['R-D01', 'no report number', { [`${months1}/2/lab/reportNo`]: null }, 'U1/2024-03/test-report#reportNo'],
  [
    'R-D01',
    'a number twice',
    { [`${months1}/2/lab/reportNo`]: 'FIC-CQ-202402-U1-102' },
    'U1/2024-03/test-report#reportNo',
  ],
  ['R-D02', 'issued before tested', { [`${months1}/2/lab/issued`]: '2024-04-09' }, 'U1/2024-03/test-report#issued'],
  [
    'R-D02',
    'anchored long after',
    { [`${months1}/2/lab/anchoredByLab`]: '2024-05-01' },
    'U1/2024-03/test-report#issued',
  ],
  [
    'R-D03',
    'one delivery',
    { [`${months1}/2/lab/sampleReceived`]: '2024-03-05' },
    'U1/2024-03/sample-receipt#received',
  ],
  ['R-D04', 'late receipt', { [`${months1}/2/lab/sampleReceived`]: '2024-05-11' }, 'U1/2024-03/test-report#received'],
];

describe('screening', () => {
  it('asks one question of the sample: the report of U2’s September, 47 days after the month', () => {
    const findings = screen(sample);
    expect(findings).toMatchObject([
      {
        rule: 'R-D04',
        severity: 'B',
        at: '91140000MA0FAKE01X/U2/2024-09/test-report',
        touches: ['91140000MA0FAKE01X/U2/2024-09/test-report#issued'],
        got: '47 d',
        limit: '≤ 40 d after month end',
      },
    ]);
  });

  it.each(named)('%s sees a change of %s', (rule, _change, edits, touched) => {
    const touches = findingsOf(rule, edited(sample, edits)).flatMap((finding) => finding.touches);
    expect(touches).toContain(`91140000MA0FAKE01X/${touched}`);
  });

  it.each([
    ['R-L01', { [`${months2}/11/coalConsumption_t`]: '94715.61' }],
    ['R-S03', { [`${months1}/4/Mar_pct`]: '18.90' }],
    ['R-S03', { [`${months1}/6/lab/Cad_pct`]: '59.72' }],
    ['R-L04', { [`${months1}/6/lab/Cad_pct`]: '57.00' }],
    ['R-L10', { [`${months2}/11/coalConsumption_t`]: '94715.61' }],
    ['R-L10', { [`${months2}/10/heatSupply_GJ`]: '713583.59' }],
    ['R-L12', { [`${months1}/4/operatingHours_h`]: '290.00' }],
  ] satisfies [string, Edits][])('%s sees it although all that follows was computed anew', (rule, edits) => {
    expect(findingsOf(rule, restated(edited(sample, edits)))).not.toHaveLength(0);
  });

  it('sees the results of one month in another, under another number', () => {
    const results = ['Cad_pct', 'Mad_pct', 'Had_pct', 'St_ad_pct'].map((name) => [
      `${months1}/5/lab/${name}`,
      valueAt(sample, `${months1}/4/lab/${name}`),
    ]);
    const file = restated(edited(sample, Object.fromEntries(results) as Edits));
    expect(findingsOf('R-S05', file)).toHaveLength(2);
    expect(findingsOf('R-D05', file)).toHaveLength(2);
  });

  it('sees one carbon result in three months even where the other results differ', () => {
    const value = valueAt(sample, `${months1}/0/lab/Cad_pct`);
    const file = edited(sample, { [`${months1}/1/lab/Cad_pct`]: value, [`${months1}/2/lab/Cad_pct`]: value });
    expect(findingsOf('R-S05', file).map(({ severity }) => severity)).toEqual(['W', 'W', 'W']);
  });

  it('blocks a stock that lacks more than 3 %', () => {
    const stock = (purchased_t: string): Finding[] =>
      findingsOf('R-L01', edited(sample, { '/plantStockBalance/4/purchased_t': purchased_t }));
    expect(stock('134109.23').map(({ severity }) => severity)).toEqual([]);
    expect(stock('135109.23').map(({ severity }) => severity)).toEqual(['W']);
    expect(stock('139109.23').map(({ severity }) => severity)).toEqual(['B']);
  });

  /** U1 as a gas unit that makes its power with this efficiency. */
  function gasUnit(boiler: string, efficiency: number): Json {
    const months = Array.from({ length: 12 }, (_, index) => `${months1}/${String(index)}`);
    const ofMonth = (month: string): [string, Json][] => {
      const heat = Number(valueAt(sample, `${month}/generation_MWh`)) * 3.6;
      const burnt = (heat / 389.31 / efficiency).toFixed(2);
      return Object.entries({ NCVar_GJ_t: '389.310', heatSupply_GJ: '0.00', coalConsumption_t: burnt }).map(
        ([name, value]) => [`${month}/${name}`, value],
      );
    };
    return edited(sample, {
      '/units/0/categoryNo': 'IV',
      '/units/0/boiler': boiler,
      '/dailyU1Jan2024': undefined,
      ...Object.fromEntries(months.flatMap(ofMonth)),
    });
  }

  it('judges a unit by the limits of its fuel and kind', () => {
    const limits = (file: Json): (string | undefined)[] => {
      const hits = findingsOf('R-L10', file).filter(
        ({ touches, limit }) => touches[0]?.includes('/U1/') && /^[<≤≥] [0-9]+ %$/.test(limit),
      );
      return [...new Set(hits.map(({ limit, severity }) => `${limit} ${severity}`))];
    };
    expect(limits(gasUnit('燃气-蒸汽联合循环', 0.565))).toEqual([]);
    expect(limits(gasUnit('燃气-蒸汽联合循环', 0.65))).toEqual(['< 64 % B']);
    expect(limits(gasUnit('燃气-蒸汽联合循环', 0.45))).toEqual(['≥ 50 % W']);
    expect(limits(gasUnit('单循环燃气轮机', 0.565))).toEqual(['< 50 % B']);
    expect(limits(edited(gasUnit('煤粉炉', 0.565), { '/units/0/categoryNo': 'I' }))).toEqual(['< 50 % B']);
  });

  it('judges what a unit uses itself by its fuel and kind', () => {
    const usingLittle = (file: Json): Json => {
      const onGrid = (month: string): [string, Json] => {
        const made = Number(valueAt(file, `${month}/generation_MWh`));
        return [`${month}/onGrid_MWh`, (made * 0.9735).toFixed(3)];
      };
      const months = Array.from({ length: 12 }, (_, index) => `${months1}/${String(index)}`);
      return edited(file, Object.fromEntries(months.map(onGrid)));
    };
    const found = (file: Json): number =>
      findingsOf('R-L14', usingLittle(file)).filter(({ touches }) => touches[0]?.includes('/U1/')).length;
    for (const kind of ['燃气-蒸汽联合循环', '单循环燃气轮机', '燃气内燃机'])
      expect([kind, found(gasUnit(kind, 0.4))]).toEqual([kind, 0]);
    expect(found(sample)).toBe(12);
  });

  it('judges nothing by a unit’s other months where there are fewer than six', () => {
    const few = (valueAt(sample, months1) as Json[]).slice(4, 10);
    const file = edited(sample, { [months1]: few });
    expect(findingsOf('R-S02', edited(file, { [`${months1}/2/lab/Cad_pct`]: '59.72' }))).toHaveLength(0);
  });

  it('stands a file that is damaged everywhere', () => {
    const damaged = JSON.parse(JSON.stringify(sample), (key, value: unknown) =>
      key.endsWith('_pct') || key === 'issued' || key === 'month' ? 'x' : value,
    ) as Json;
    expect(() => screen(damaged)).not.toThrow();
  });
});
