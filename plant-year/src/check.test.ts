import { businessKey, type BuiltRecord, type Doubt } from '@carbon-ledger/core';
import fc from 'fast-check';
import { trialNationalAuthority, trialPartyRecord } from './trial';
import { checkPlantYear, lastEnded, namedParties, readPlantYearLeniently } from '.';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { edited, valueAt, type Json } from '../../scripts/sample/pointer';
import { restated } from '../../scripts/sample/restate';
import { anchoredYear, sampleLedger } from '../../test/support/anchored-year';
import { tampered, tamperedAndRestated, variantsOf } from '../../scripts/sample/variants';

const sample: Json = structuredClone(sampleFile);
const enterprise = '91140000MA0FAKE01X';

const ledger = sampleLedger;
const anchored = anchoredYear(sample);
const check = (value: Json) => checkPlantYear(readPlantYearLeniently(value), anchored);
const address = (record: string, figure: string): string => `${record.replace(`${enterprise}/`, '')}#${figure}`;

function leaves(value: Json, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([name, part]) => leaves(part, `${at}/${name}`));
}

/** Everything that the file states of the plant-year; comments, vectors and worked cases state nothing. */
const facts = leaves(sample).filter((at) =>
  /^\/(?:units|compliance|plantStockBalance|dailyU1Jan2024\/rows)\//.test(at),
);

/** The nearest other value: the last digit changed, one more, the opposite. */
function otherValue(value: Json): Json {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  const text = typeof value === 'string' ? value : '';
  const digit = /[0-9](?=[^0-9]*$)/.exec(text);
  if (!digit) return `${text}x`;
  return text.slice(0, digit.index) + String((Number(digit[0]) + 1) % 10) + text.slice(digit.index + 1);
}

describe('checking a plant-year file', () => {
  it('finds the untouched sample the same', () => {
    expect(check(sample)).toEqual({ status: 'same', differences: [], faults: [], hidden: [], doubted: [] });
  });

  it.each(variantsOf(sample))('names what $id changed, and nothing else', (variant) => {
    const result = check(tampered(sample, variant));
    const named = result.differences.map(({ record, figure }) => address(record, figure));
    expect(result.status).toBe('differs');
    const receipts =
      variant.id === 'T2' ? variant.changed.map((one) => one.replace('test-report', 'sample-receipt')) : [];
    expect(named.sort()).toEqual([...variant.changed, ...receipts].sort());
  });

  it.each(variantsOf(sample))('tells the rules that $id breaks', (variant) => {
    for (const file of [tampered(sample, variant), tamperedAndRestated(sample, variant)]) {
      const differences = check(file).differences.filter(({ record, figure }) =>
        variant.changed.includes(address(record, figure)),
      );
      const rules = new Set(differences.flatMap((difference) => difference.rules));
      expect([...rules]).toEqual(expect.arrayContaining([...variant.rules]));
    }
  });

  it('tells the first step that breaks, and what it costs', () => {
    const mar = '/units/0/months/4/Mar_pct';
    const [difference] = check(edited(sample, { [mar]: '18.90' })).differences;
    expect(difference).toMatchObject({
      record: `${enterprise}/U1/2024-05/monthly-evidence`,
      figure: 'Mar_pct',
      anchored: '13.20',
      found: '18.90',
      firstBreak: { step: 'Car.from-Cad', expected: '0.5189', got: '0.5554' },
      impact: { unitEmission_tCO2: '-10341', emission_tCO2: '-10341', allowance_tCO2: '0', gap_tCO2: '-10341' },
    });
  });

  it('says that a value only departs from the ledger where the file agrees with itself', () => {
    const [difference] = check(restated(edited(sample, { '/units/0/months/4/Mar_pct': '18.90' }))).differences;
    expect(difference?.firstBreak).toMatchObject({ step: 'anchored', expected: '13.20', got: '18.90' });
  });

  it('finds the break behind steps that were computed anew', () => {
    const file = edited(restated(edited(sample, { '/units/0/months/4/Mar_pct': '18.90' })), {
      '/units/0/annual/emission_tCO2': 2_373_832,
    });
    const [difference] = check(file).differences;
    expect(difference).toMatchObject({
      figure: 'Mar_pct',
      firstBreak: { figure: `${enterprise}/U1/2024/annual-report#emission_tCO2`, step: 'E.year', got: '2373832' },
    });
  });

  it('prices a report that came in time after all at the default month it avoids', () => {
    const [difference] = check(edited(sample, { '/units/1/months/8/lab/issued': '2024-10-20' })).differences;
    // 100,244.41 − 85,257.35 t: `effectOfDefaultMonth` of the sample.
    expect(difference?.impact?.monthEmission_tCO2).toBe('-14987.06');
  });

  it('prices results that were taken away at the default that the month would need', () => {
    const result = check(edited(sample, { '/units/0/months/0/lab/Cad_pct': undefined }));
    const cad = result.differences.find(({ figure }) => figure === 'Cad_pct');
    expect(cad).toMatchObject({ anchored: '62.38', found: null, impact: { monthEmission_tCO2: '41990.87' } });
  });

  it.each([
    ['/units/0/months/3/lab', null, 'U1/2024-04/sample-receipt#record'],
    ['/units/0/capacity_MW', 600, 'U1/2024/quality-control-plan#capacity_MW'],
    ['/units/1/categoryNo', 'III', 'U2/2024/quality-control-plan#categoryNo'],
    ['/units/0/annual/emission_tCO2', 2_373_831, 'U1/2024/annual-report#emission_tCO2'],
    ['/units/1/allowance/Ff', '1.010000', 'U2/2024/allowance-issuance#Ff'],
    ['/compliance/ccerLots/0/serialTo', 'FIC-A-000045001', 'PLANT/2024/ccer-cancellation.1#serialTo'],
    ['/compliance/ccerUsed_tCO2', 70_000, 'PLANT/2024/surrender#ccerUsed_tCO2'],
    ['/dailyU1Jan2024/rows/4/1', '3402.68', 'U1/2024-01/monthly-evidence#daily.fc_t.05'],
    ['/plantStockBalance/2/purchased_t', '206663.39', 'PLANT/2024-03/monthly-evidence#purchased_t'],
    ['/units/0/months/0/lab/daysMonthEndToIssue', 15, 'U1/2024-01/test-report#daysMonthEndToIssue'],
    ['/units/1/months/8/carbonBasis', 'default 0.02858 tC/GJ', 'U2/2024-09/monthly-evidence#carbonBasis'],
    ['/units/1/months/8/onTime', true, 'U2/2024-09/monthly-evidence#onTime'],
    ['/lab/uscc', '91110000MA0FAKE3W8', 'U1/2024-01/test-report#issuer'],
  ])('names a change at %s', (pointer, value, changed) => {
    const named = check(edited(sample, { [pointer]: value })).differences.map(({ record, figure }) =>
      address(record, figure),
    );
    expect(named).toContain(changed);
  });

  it('names a parameter that the ledger has otherwise', () => {
    const [difference] = check(edited(sample, { '/parameters/bench2024/I': '0.8000' })).differences;
    expect(difference).toMatchObject({ figure: 'bench2024.I', anchored: '0.791', found: '0.8000' });
    expect(difference?.record).toBe(ledger.parameters.key);
    // floor(2,853,745.200 × 0.8000 × 1.057861) − 2,387,922
    expect(difference?.impact).toMatchObject({ emission_tCO2: '0', allowance_tCO2: '27170' });
  });

  it('names what a registration has otherwise', () => {
    const file = readPlantYearLeniently(sample);
    const parties = namedParties(file).map((party) => trialPartyRecord(party, trialNationalAuthority.uscc, ['A']));
    const registered = { ...anchored, records: [...anchored.records, ...parties] };
    const changed = { '/enterprise/permitNo': '91140000MA0FAKE01X002P', '/enterprise/city': '140700' };
    const others = { '/lab/cmaValidTo': '2031-03-30', '/verifier/name': '（虚构）别的核查公司' };
    expect(checkPlantYear(file, registered).status).toBe('same');
    const found = checkPlantYear(readPlantYearLeniently(edited(sample, { ...changed, ...others })), registered);
    const names = found.differences.map(({ figure }) => figure);
    expect(names.sort()).toEqual(['city', 'cmaValidTo', 'name', 'permitNo']);
  });

  it('prices a report that was taken away at the default that the month would need', () => {
    const result = check(edited(sample, { '/units/0/months/0/lab': null }));
    const report = result.differences.find(({ record }) => record.endsWith('U1/2024-01/test-report'));
    expect(report).toMatchObject({ figure: 'record', found: null, rules: ['R-L16'] });
    expect(report?.impact).toMatchObject({ monthEmission_tCO2: '41990.87', allowancesToBuy_tCO2: '41991' });
  });

  it('names whatever single value is changed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...facts), (pointer) => {
        const before = valueAt(sample, pointer);
        const result = check(edited(sample, { [pointer]: otherValue(before) }));
        expect(result.differences).not.toHaveLength(0);
      }),
      { numRuns: 40, seed: 20241231 },
    );
  });

  it('takes another writing of the same number for the same', () => {
    expect(check(edited(sample, { '/units/0/months/0/Mar_pct': '12.340' })).status).toBe('same');
  });

  it('refuses to call a file different when nothing of it is anchored', () => {
    const empty = { ...anchored, records: [] };
    expect(() => checkPlantYear(readPlantYearLeniently(sample), empty)).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }) as Error,
    );
  });
});

describe('what cannot be seen of the ledger', () => {
  const closed = (isClosed: (key: string) => boolean) => ({
    ...anchored,
    // As a gateway gives a record of which the figures are not open to who asks.
    records: anchored.records.map((state) => (isClosed(businessKey(state.record)) ? { ...state, figures: [] } : state)),
  });

  it.each([
    ['all of it', () => true],
    ['the laboratory’s reports', (key: string) => key.endsWith('/test-report')],
    ['one month', (key: string) => key.endsWith('U2/2024-07/monthly-evidence')],
  ])('is no difference: %s', (_, isClosed) => {
    const { status, differences, hidden } = checkPlantYear(readPlantYearLeniently(sample), closed(isClosed));
    expect([status, differences]).toEqual(['undecidable', []]);
    expect(hidden).not.toHaveLength(0);
    expect(hidden.every(isClosed)).toBe(true);
  });

  it('leaves what differs in the open, without a price', () => {
    const file = readPlantYearLeniently(edited(sample, { '/units/0/capacity_MW': 600 }));
    const { status, differences, hidden } = checkPlantYear(
      file,
      closed((key) => key.endsWith('/monthly-evidence')),
    );
    expect([status, hidden.length]).toEqual(['differs', 36]);
    expect(differences).toMatchObject([{ figure: 'capacity_MW', impact: null }]);
  });
});

describe('records that one side does not have', () => {
  const ending = { id: 'rec:1', status: 'withdrawn', state: 'WITHDRAWN' } as const;
  const without = (key: string) => {
    const isIt = (built: { readonly key: string }): boolean => built.key === `${enterprise}/${key}`;
    const records = anchored.records as readonly BuiltRecord[];
    return {
      left: records.filter((built) => !isIt(built)),
      taken: records.filter(isIt).map((built) => ({ ...built, ...ending })),
    };
  };

  it.each(['U1/2024-04/test-report', 'U2/2024-11/monthly-evidence', 'PLANT/2024/annual-report'])(
    'say how they ended where they no longer stand: %s',
    (key) => {
      const { left, taken } = without(key);
      const found = checkPlantYear(readPlantYearLeniently(sample), { ...anchored, records: left, ended: taken });
      expect(found.status).toBe('differs');
      expect(found.differences).toEqual([
        {
          ...{ record: `${enterprise}/${key}`, figure: 'record', anchored: null, found: key.split('/')[2] },
          ...{ unread: null, rules: [], firstBreak: null, impact: null },
          ended: { record: 'rec:1', status: 'withdrawn', state: 'WITHDRAWN' },
        },
      ]);
    },
  );

  it.each<[string, Doubt['why']]>([
    ['U1/2024-04/test-report', 'under-finding'],
    ['U2/2024-11/monthly-evidence', 'input-withdrawn'],
    ['PLANT/2024/annual-report', 'key-compromised'],
  ])('are no yes where they stand and are in doubt: %s', (key, why) => {
    const records = (anchored.records as readonly BuiltRecord[]).map((built) =>
      built.key === `${enterprise}/${key}` ? { ...built, whyDoubted: [{ why }] } : built,
    );
    const found = checkPlantYear(readPlantYearLeniently(sample), { ...anchored, records });
    expect(found).toMatchObject({
      ...{ status: 'questioned', differences: [] },
      doubted: [{ record: `${enterprise}/${key}`, doubts: [{ why }] }],
    });
    // What differs differs first, and the doubt is told with it.
    const file = readPlantYearLeniently(edited(sample, { '/units/0/months/4/Mar_pct': '18.90' }));
    expect(checkPlantYear(file, { ...anchored, records })).toMatchObject({
      status: 'differs',
      doubted: [{ doubts: [{ why }] }],
    });
  });

  it('price what else differs by the year as it was anchored', () => {
    const { left, taken } = without('U1/2024-04/test-report');
    const file = readPlantYearLeniently(edited(sample, { '/units/0/months/4/Mar_pct': '18.90' }));
    const { differences } = checkPlantYear(file, { ...anchored, records: left, ended: taken });
    expect(differences.map(({ impact }) => impact?.emission_tCO2)).toEqual([undefined, '-10341']);
  });

  it('have no chain of their own, and no price, where the ledger never had them', () => {
    const { left } = without('U1/2024-04/test-report');
    const { differences } = checkPlantYear(readPlantYearLeniently(sample), { ...anchored, records: left });
    expect(differences).toMatchObject([
      { figure: 'record', anchored: null, firstBreak: null, impact: null, ended: null },
    ]);
    const lots = check(edited(sample, { '/compliance/ccerLots/0/serialFrom': 'FIC-A-000000002' })).differences;
    for (const { figure, anchored: before, firstBreak } of lots) {
      if (figure === 'record' && before === null) expect(firstBreak).toBeNull();
      expect(firstBreak === null || (firstBreak.expected !== '' && firstBreak.got !== '')).toBe(true);
    }
  });

  it('break the chain that rests on them', () => {
    const { differences } = check(edited(sample, { '/units/0/months/11': undefined }));
    const month = differences.find(({ record }) => record.endsWith('U1/2024-12/monthly-evidence'));
    expect(month).toMatchObject({ figure: 'record', found: null });
    const value = check(edited(sample, { '/units/0/months/4/Mar_pct': undefined })).differences[0];
    expect(value?.firstBreak?.got === '' || value?.firstBreak?.expected === '').toBe(false);
  });

  it('are told by their last version, and not where a current one stands', () => {
    const records = anchored.records as readonly BuiltRecord[];
    const [first] = records;
    const version = (number: number): BuiltRecord => ({ ...first!, record: { ...first!.record, version: number } });
    const states = [2, 3, 1].map((number) => ({ ...version(number), ...ending, id: `rec:${String(number)}` }));
    expect(lastEnded(states, []).map(({ id }) => id)).toEqual(['rec:3']);
    expect(lastEnded(states, records)).toEqual([]);
  });
});
