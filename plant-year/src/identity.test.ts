import { LedgerError, type Fault } from '../../core/src/errors';
import { checkPlantYear, parsePlantYear, readPlantYearLeniently } from '.';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { edited, valueAt, type Json } from '../../scripts/sample/pointer';
import { anchoredYear } from '../../test/support/anchored-year';

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

const february = '/units/0/months/1/lab/reportNo';
const spellings = [
  'FIC-CQ-202401-U1-101 ',
  'FIC－CQ－202401－U1－101',
  'fic-cq-202401-u1-101',
  'FIC-CQ-202401-U1-101\u200b',
  'FIC CQ 202401 U1 101',
  'FIC_CQ_202401_U1_0101',
];

describe('a report number written twice', () => {
  it.each(spellings)('is one number as %j: R-D01 at import', (number) => {
    expect(faultsOf(edited(sample, { [february]: number }))).toContainEqual(
      expect.objectContaining({ path: february, message: expect.stringContaining('R-D01') as string }),
    );
  });

  const anchored = anchoredYear(sample);
  it.each(spellings)('is one number as %j: R-D01 in a check', (number) => {
    const file = readPlantYearLeniently(edited(sample, { [february]: number }));
    const [difference] = checkPlantYear(file, anchored).differences;
    expect(difference).toMatchObject({ figure: 'reportNo', rules: ['R-D01'], firstBreak: null });
  });

  it('is known to the lab in whatever spelling', () => {
    const file = readPlantYearLeniently(edited(sample, { [february]: 'fic-cq-202402-u1-102' }));
    expect(checkPlantYear(file, anchored).differences).toMatchObject([{ figure: 'reportNo', rules: [] }]);
  });

  it.each(['—', ' ', '\u200b'])('is none as %j', (number) => {
    const paths = faultsOf(edited(sample, { [february]: number })).map(({ path }) => path);
    expect(new Set(paths)).toEqual(new Set([february]));
  });
});

describe('units', () => {
  it.each(['u1', 'U01', 'U-1', 'U_1'])('are not two because one is written %s', (id) => {
    const paths = faultsOf(edited(sample, { '/units/1/unitId': id })).map(({ path }) => path);
    expect(paths).toContain('/units/1/unitId');
  });

  it('are at most as many as a record can cite, which is told before anything is anchored', () => {
    const units = Array.from({ length: 41 }, (_, index) => ({
      ...(valueAt(sample, '/units/0') as Record<string, Json>),
      unitId: `U${String(index + 1)}`,
    }));
    const faults = faultsOf(edited(sample, { '/units': units }));
    expect(faults).toContainEqual(expect.objectContaining({ path: '/units', message: 'more than 40 units' }));
  });
});

const long = (block: string, from: number, to: number): Record<string, Json> => ({
  serialFrom: `CN-CCER-01-002-V01-${block}-${String(from)}`,
  serialTo: `CN-CCER-01-002-V01-${block}-${String(to)}`,
});

function withSerials(first: Record<string, Json>, second: Record<string, Json>): Json {
  const lot = (index: number, part: Record<string, Json>): Record<string, Json> =>
    Object.fromEntries(
      Object.entries(part).map(([name, value]) => [`/compliance/ccerLots/${String(index)}/${name}`, value]),
    );
  return edited(sample, { ...lot(0, first), ...lot(1, second) });
}

describe('serial numbers', () => {
  it('that are long make records of their own', () => {
    const file = withSerials(long('146784870000000000', 24_000_000_001, 24_000_045_000), {
      projectRef: '1467848700000000001',
      ...long('146784870000000000', 24_000_045_001, 24_000_060_000),
    });
    const keys = anchoredYear(file).records.map(({ record }) => `${record.subject.uscc}/${record.kind}`);
    expect(keys.filter((key) => key.includes('/ccer-lot'))).toHaveLength(2);
    expect(new Set(keys.filter((key) => key.includes('/ccer-lot'))).size).toBe(2);
  });

  it.each([
    ['two projects', { serialFrom: 'FIC-A-000000001', serialTo: 'FIC-A-000015000' }],
    ['another spelling', { serialFrom: 'fic-a-000045000', serialTo: 'fic-a-000059999' }],
    ['other zeros', { serialFrom: 'FIC-A-45000', serialTo: 'FIC-A-59999' }],
  ])('are the same in %s', (_, second) => {
    const faults = faultsOf(withSerials({}, second));
    expect(faults.map(({ path, code }) => [path, code])).toContainEqual([
      '/compliance/ccerLots/1/serialFrom',
      'SERIAL_OVERLAP',
    ]);
  });

  it('that would make one record are refused before anything is anchored', () => {
    // The same project and end, blocks that differ beyond what a label holds.
    const tail = '-CCER-01-002-V01-146784870000000000-000000';
    const file = withSerials(
      { serialFrom: `A${tail}00001`, serialTo: `A${tail}45000` },
      { projectRef: '1467848700000000001', serialFrom: `B${tail}00001`, serialTo: `B${tail}15000` },
    );
    expect(faultsOf(file)).toMatchObject([{ path: '/compliance/ccerLots/1', code: 'KEY_TAKEN' }]);
  });

  it.each(['FIC-A-０００００００１', 'FIC-A-00000001 ', '9'.repeat(61), 'FIC-A-'])('are none as %j', (serial) => {
    const faults = faultsOf(withSerials({ serialFrom: serial }, {}));
    expect(faults.map(({ path }) => path)).toContain('/compliance/ccerLots/0/serialFrom');
  });
});
