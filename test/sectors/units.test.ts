import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuiltRecord, buildRecord, type Fault } from '@carbon-ledger/core';
import { trialSalts, trialSigner } from '@carbon-ledger/plant-year/trial';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { startTrialService } from '../support/trial-service';
import type { RunningService } from '../../cli/src/service/serving';
import { runInProcess } from '../../cli/src/testing/test-io';
import { temporaryFolder } from '../support/temporary-folder';
import { SectorWorld } from './world';
import { readSample } from './years';

/*
 * A figure in another unit than the methodology's is refused with the conversion named, whichever way it comes: signed to the
 * contract, drafted at the gateway, on the command line, in a file of a year. (Workbooks: spreadsheets/src/values, tables.)
 */

const work = temporaryFolder('units');
const samples = join(__dirname, '../../scripts/sample');

const cure = /1 kWh is 1\/1000 MWh|1 kWh is 0\.001 MWh/;
let service: RunningService;

async function cli(...argv: readonly string[]): Promise<{ code: number; faults: readonly Fault[]; text: string }> {
  const { code, stdout, stderr } = await runInProcess([...argv, '--url', service.url, '--json'], {
    homeDir: work,
    now: () => new Date(),
  });
  const text = stdout || stderr;
  return { code, text, faults: (JSON.parse(text) as { faults?: readonly Fault[] }).faults ?? [] };
}

/** The text of a sample with one value changed, as a file. */
function changedFile(name: string, before: string, after: string): string {
  const text = readFileSync(join(samples, name), 'utf8');
  expect(text).toContain(before);
  const file = join(work, `${String(after.length)}.json`);
  writeFileSync(file, text.replace(before, after));
  return file;
}

const battery = readSample('battery-2024');
const { uscc } = battery.enterprise;
const march = battery.units[0]!.months['2024-03']!;
const electricity = march.figures['electricity_MWh']!;

beforeAll(async () => {
  service = await startTrialService(join(work, 'data'));
}, 60_000);
afterAll(() => service.close());

it('by the contract, of what somebody signs', async () => {
  const world = await SectorWorld.open(battery);
  const records = world.build(battery);
  const at = records.findIndex(({ key }) => key.endsWith('/2024-03/monthly-evidence'));
  await world.anchor(records.slice(0, at));
  const { record } = records[at]!;
  const cited = (role: string): BuiltRecord[] => [
    records.find(({ key }) => record.cites.some((one) => one.role === role && one.key === key))!,
  ];
  const withElectricity = (text: string): BuiltRecord =>
    buildRecord(
      {
        ...{ type: 'monthly-evidence', issuer: record.issuer, subject: record.subject, content: record.content },
        cites: {
          methodology: [world.market.methodology],
          parameters: [world.market.parameters],
          'quality-control-plan': cited('quality-control-plan'),
        },
        figures: { ...march.figures, electricity_MWh: text },
      },
      trialSalts(record.issuer),
    );
  const refused = JSON.stringify(await world.submit([withElectricity('1000.000 kWh')]));
  expect(refused).toContain('FIGURE_FORMAT');
  expect(refused).toContain('so 1000.000 kWh is 1 MWh');
  // Its own unit behind the number says nothing else than the number alone.
  expect(await world.submit([withElectricity(`${electricity} MWh`)])).toEqual([]);
}, 60_000);

it('of a sector-year file, before anything of it is anchored', async () => {
  const file = changedFile('sectors/battery-2024.json', `"${electricity}"`, '"1000.000 kWh"');
  const { code, faults } = await cli('import', 'plant-year', file, '--trial-keys');
  expect(code).not.toBe(0);
  expect(faults).toEqual([
    expect.objectContaining({
      path: '/units/0/months/2024-03/figures/electricity_MWh',
      code: 'FIGURE_FORMAT',
      message: expect.stringMatching(cure) as string,
    }),
  ]);
  const standing = await cli('list', 'records', '--party', uscc);
  expect(standing.text).not.toContain('monthly-evidence');
}, 60_000);

it('of a plant-year file, monthly and daily', async () => {
  const plant = JSON.parse(readFileSync(join(samples, 'sample-plant.json'), 'utf8')) as {
    units: { months: Record<string, unknown>[] }[];
    dailyU1Jan2024: { rows: string[][]; columns: string[] };
  };
  plant.units[0]!.months[2]!['NCVar_GJ_t'] = '21496 kJ/kg';
  plant.units[1]!.months[3]!['coalConsumption_t'] = '70000.00 t';
  plant.dailyU1Jan2024.rows[4]![plant.dailyU1Jan2024.columns.indexOf('fc_t')] = '3700000 kg';
  const file = join(work, 'plant.json');
  writeFileSync(file, JSON.stringify(plant));
  const { code, faults } = await cli('import', 'plant-year', file, '--trial-keys');
  expect(code).not.toBe(0);
  const told = Object.fromEntries(faults.map(({ path, message }) => [path, message]));
  expect(told['/units/0/months/2/NCVar_GJ_t']).toContain('so 21496 kJ/kg is 21.496 GJ/t');
  expect(told['/units/1/months/3/coalConsumption_t']).toContain('write 70000.00 alone');
  expect(told[`/dailyU1Jan2024/rows/4/${String(plant.dailyU1Jan2024.columns.indexOf('fc_t'))}`]).toContain(
    'so 3700000 kg is 3700 t',
  );
}, 60_000);

it('of a draft at the gateway and on the command line', async () => {
  await cli('import', 'plant-year', join(samples, 'sectors/battery-2024.json'), '--trial-keys');
  const unit = battery.units[0]!.id;
  const key = `${uscc}/${unit}/2024-03/monthly-evidence`;
  const correction = ['--set', 'reason=CORRECTION', '--set', 'statement=电量更正'];
  const opened = await cli('file', 'supersession', '--on', key, '--as', uscc, ...correction, '--trial-keys', '--yes');
  expect(opened).toMatchObject({ code: 0 });
  const figures = { ...march.figures, electricity_MWh: '1000.000 kWh' };
  const client = new LedgerClient({ baseUrl: service.url, party: uscc, signer: trialSigner(uscc) });
  const { faults } = await client.draft({
    ...{ type: 'monthly-evidence', subject: { uscc, unit, period: '2024-03' } },
    ...{ content: { carbonBasis: 'not-applicable', dailyRecords: false, ...march.facts }, figures },
  });
  expect(faults).toContainEqual(
    expect.objectContaining({
      path: '/figures/electricity_MWh',
      code: 'FIGURE_FORMAT',
      message: expect.stringMatching(cure) as string,
    }),
  );
  const given = Object.entries(figures).flatMap(([name, value]) => ['--figure', `${name}=${value}`]);
  const at = [
    '--unit',
    unit,
    '--period',
    '2024-03',
    '--set',
    'carbonBasis=not-applicable',
    '--set',
    'dailyRecords=false',
  ];
  const told = await cli('file', 'monthly-evidence', '--as', uscc, ...at, ...given, '--trial-keys', '--yes');
  expect(told.code).not.toBe(0);
  expect(told.text).toContain('so 1000.000 kWh is 1 MWh');
}, 60_000);
