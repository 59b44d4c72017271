import {
  type BuiltRecord,
  type Fault,
  formatDecimal,
  isLedgerError,
  parseDecimal,
  parseFigureAddress,
  traceFigure,
} from '@carbon-ledger/core';
import { checkSectorYear, parseSectorYear, type SectorYear } from '@carbon-ledger/plant-year';
import { figure, SectorWorld } from './world';
import { readSample, sampleYears } from './years';

const years = sampleYears.filter((name) => /^(?:coal|gas|merged)-/.test(name));

function omit<Value>(from: Readonly<Record<string, Value>>, name: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(from).filter(([one]) => one !== name));
}

/** The file with the fuel of the first unit's March changed to 95 %. */
function withLessFuel(file: SectorYear): { readonly file: SectorYear; readonly name: string } {
  const [unit, ...others] = file.units;
  const month = `${file.year}-03`;
  const march = unit!.months[month]!;
  const name = Object.keys(march.figures).find(
    (one) => one.endsWith('Consumption_t') || one.endsWith('Consumption_10k'),
  )!;
  const figures = { ...march.figures, [name]: formatDecimal(parseDecimal(march.figures[name]!).times('0.95'), 2) };
  const months = { ...unit!.months, [month]: { ...march, figures } };
  return { name, file: { ...file, units: [{ ...unit!, months }, ...others] } };
}

describe.each(years)('the year %s', (name) => {
  it('is anchored record by record, its surrender traced to what was metered and tested, and a changed amount is named', async () => {
    const world = await SectorWorld.open(readSample(name));
    const records = world.build(world.file);
    await world.anchor(records);
    const { enterprise, year } = world.file;
    const due = `${enterprise.uscc}/PLANT/${year}/surrender#allowancesToSurrender_tCO2`;
    const trace = await traceFigure(world.ledger, parseFigureAddress(due));
    expect(trace).toMatchObject({ status: 'intact', breaks: [], hidden: 0 });
    const verified = figure(records, `PLANT/${year}/verification-conclusion#verifiedEmission_tCO2`);
    expect(trace.value).toBe(verified);
    expect(Number(figure(records, `PLANT/${year}/allowance-issuance#allowance_tCO2`))).toBeGreaterThan(1_000_000);

    expect(checkSectorYear(world.file, world.market, records)).toMatchObject({ status: 'same', consequences: [] });
    const changed = withLessFuel(world.file);
    const { status, differences, consequences } = checkSectorYear(changed.file, world.market, records);
    expect(status).toBe('differs');
    expect(differences.map((one) => one.figure)).toEqual([changed.name]);
    expect(differences[0]!.pointer).toBe(`/units/0/months/${year}-03/figures/${changed.name}`);
    expect(consequences.map((one) => `${one.record}#${one.figure}`)).toContain(due);
  }, 60_000);
});

describe('a sector-year file that lacks something', () => {
  const left = (file: SectorYear, month: string): SectorYear => {
    const [unit, ...others] = file.units;
    return { ...file, units: [{ ...unit!, months: omit(unit!.months, month) }, ...others] };
  };
  const untested = (file: SectorYear, month: string): SectorYear => {
    const [unit, ...others] = file.units;
    const months = { ...unit!.months, [month]: { ...unit!.months[month]!, test: undefined } };
    return { ...file, units: [{ ...unit!, months }, ...others] };
  };

  it.each(['coal-2023', 'cement-2024', 'merged-2024', 'steel-2025', 'aluminium-2025'])(
    'is told what it lacks: %s',
    async (name) => {
      const world = await SectorWorld.open(readSample(name));
      const records = world.build(world.file);
      await world.anchor(records);
      const { file } = world;
      const [unit] = file.units;
      const month = `${file.year}-12`;
      const lackingIn = (one: SectorYear): string[] => {
        const { status, differences } = checkSectorYear(one, world.market, records);
        expect(status).toBe('differs');
        return differences
          .filter(({ found, figure: of }) => found === null && of === 'record')
          .map(({ record }) => record);
      };
      const at = `${file.enterprise.uscc}/${unit!.id}`;
      expect(lackingIn(left(file, month))).toContain(`${at}/${month}/monthly-evidence`);
      if (unit!.months[month]?.test !== undefined)
        expect(lackingIn(untested(file, month))).toEqual(
          expect.arrayContaining([`${at}/${month}/test-report`, `${at}/${month}/sample-receipt`]),
        );
      if (file.units.length > 1) {
        const gone = lackingIn({ ...file, units: file.units.slice(1) });
        expect(gone).toEqual(
          expect.arrayContaining([`${at}/${file.year}/annual-report`, `${at}/${month}/monthly-evidence`]),
        );
      }
      // One that it has and that was taken back since is told as that.
      const [taken, ...rest] = records.filter(({ record }) => record.type === 'annual-report');
      const ending = { ...taken!, id: 'rec:1', status: 'withdrawn', state: 'WITHDRAWN' };
      const others = records.filter(({ key }) => key !== taken!.key);
      expect(rest.length).toBeGreaterThan(0);
      expect(checkSectorYear(file, world.market, others, [ending]).differences).toMatchObject([
        { record: taken!.key, figure: 'record', ended: { record: 'rec:1', state: 'WITHDRAWN' } },
      ]);
      // A file that ends with its reports says nothing of how the year was verified and settled, and is not held to it.
      const reports = { ...file, verifier: undefined, surrender: undefined };
      expect(checkSectorYear(reports, world.market, records)).toMatchObject({ status: 'same' });
    },
    60_000,
  );
});

/** Rebuilds what the province files as the determination of `unit`, without one role of its citations. */
async function refusalWithout(
  world: SectorWorld,
  records: readonly BuiltRecord[],
  unit: string,
  role: string,
): Promise<string> {
  const at = records.findIndex(({ key }) => key.endsWith(`/${unit}/${world.file.year}/allowance-issuance`));
  await world.anchor(records.slice(0, at));
  const { record, ...rest } = records[at]!;
  const cites = record.cites.filter((cited) => cited.role !== role);
  expect(cites).toHaveLength(record.cites.filter((cited) => cited.role !== role).length);
  return JSON.stringify(await world.submit([{ ...rest, record: { ...record, cites } }]));
}

describe('a determination', () => {
  it.each(['coal-2020', 'coal-2022', 'coal-2023', 'coal-2025', 'gas-2024', 'merged-2024'])(
    'of %s is refused without the pre-allocation of its unit',
    async (name) => {
      const world = await SectorWorld.open(readSample(name));
      const [unit] = world.file.units;
      const refused = await refusalWithout(world, world.build(world.file), unit!.id, 'pre-issuance');
      expect(refused).toContain('CITATION_MISSING');
      expect(refused).toContain('pre-issuance');
    },
    60_000,
  );

  it('of a coal plant is refused without the pre-allocation of the plant', async () => {
    const world = await SectorWorld.open(readSample('coal-2023'));
    const refused = await refusalWithout(world, world.build(world.file), 'PLANT', 'pre-issuance');
    expect(refused).toContain('CITATION_MISSING');
    expect(refused).toContain('pre-issuance');
  }, 60_000);
});

describe('a month of gas', () => {
  it('by its tests needs no report of a laboratory, and a coal month does', async () => {
    const gas = readSample('gas-2024');
    const world = await SectorWorld.open(gas);
    await world.anchor(world.build(gas));
    const coal = readSample('coal-2022');
    const { test, ...march } = coal.units[0]!.months['2022-03']!;
    expect(test).toBeDefined();
    const months = { ...coal.units[0]!.months, '2022-03': march };
    const other = await SectorWorld.open(coal);
    const records = other.build({ ...coal, units: [{ ...coal.units[0]!, months }, ...coal.units.slice(1)] });
    const upToMarch = records.filter(({ record }) => record.type !== 'annual-report');
    expect(JSON.stringify(await other.submit(upToMarch))).toContain('R-L16');
  }, 60_000);
});

describe('a sector-year file', () => {
  it('with a test and without a laboratory names every month', () => {
    let faults: readonly Fault[] = [];
    try {
      parseSectorYear({ ...readSample('merged-2024'), lab: undefined });
    } catch (error) {
      if (isLedgerError(error)) faults = error.faults;
    }
    const months = Array.from({ length: 12 }, (_, index) => `2024-${String(index + 1).padStart(2, '0')}`);
    expect(faults.map(({ path }) => path)).toEqual(months.map((month) => `/units/0/months/${month}/test`));
  });
});

describe('merged units', () => {
  it('of non-conventional coal and gas are given by the benchmarks of gas', async () => {
    const world = await SectorWorld.open(readSample('merged-2024'));
    const records = world.build(world.file);
    const be = (unit: string): string => figure(records, `${unit}/2024/allowance-issuance#Be`);
    const bh = (unit: string): string => figure(records, `${unit}/2024/allowance-issuance#Bh`);
    expect([be('M1'), bh('M1'), be('M2'), bh('M2')]).toEqual(['0.7910', '0.1033', '0.3288', '0.0533']);
  });
});
