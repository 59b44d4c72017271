import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { trialNationalAuthority } from '@carbon-ledger/plant-year/trial';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { startSampleService, startTrialService } from '../../test/support/trial-service';
import type { RunningService } from './service/serving';
import { runInProcess, type CliResult } from './testing/test-io';

const sampleFile = path.join(__dirname, '..', '..', 'scripts', 'sample', 'sample-plant.json');
const plant = '91140000MA0FAKE01X/PLANT/2024/annual-report';
const work = temporaryFolder('cli');
const homeDir = temporaryFolder('cli');
const at = (name: string): string => path.join(work, name);
let running: RunningService | undefined;

function cli(...argv: readonly string[]): Promise<CliResult> {
  const env = running === undefined ? {} : { CARBON_LEDGER_URL: running.url };
  return runInProcess(argv, { homeDir, env, now: () => new Date() });
}

async function json(...argv: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await cli(...argv, '--json');
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${String(code)} ${stderr}${stdout}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

async function serve(name: string): Promise<void> {
  running = await startTrialService(at(name));
}

async function stop(): Promise<void> {
  await running?.close();
  running = undefined;
}

/** What a reader is told of the plant's year: every figure with its way from the sources, but not when or where. */
async function story(): Promise<unknown> {
  const { nodes, edges, value, status } = await json('trace', `${plant}#emission_tCO2`);
  const figures = (nodes as Record<string, unknown>[]).map((node) => ({
    ...node,
    anchoredAt: undefined,
    earlier: undefined,
  }));
  return { value, status, edges, figures };
}

describe('a pilot that moves', () => {
  const pilot = at('pilot.jsonl');
  let before: unknown;
  let ledger: unknown;

  afterAll(stop);

  it('is exported by its founder, while it runs', async () => {
    running = await startSampleService(at('pilot'), 'without documents');
    before = await story();
    ledger = (await json('status')).ledger;
    await json('receipt', plant, '-o', at('pilot.receipt'));
    const closed = await cli('export', 'ledger', '-o', at('closed.jsonl'), '--as', '91140100MA0FAKE2XU');
    expect(closed).toMatchObject({ code: 1, stderr: expect.stringContaining('EXPORT_INCOMPLETE') as string });
    expect(await json('export', 'ledger', '-o', pilot)).toMatchObject({ status: 'exported', ledger, records: 121 });
    expect(await json('export', 'ledger', '-o', at('again.jsonl'))).toMatchObject({ records: 121 });
    expect(readFileSync(at('again.jsonl')).equals(readFileSync(pilot))).toBe(true);
    await stop();
  });

  it('is refused when the file was changed, with the place, and nothing is made', async () => {
    expect(await json('import', 'ledger', pilot, '--check')).toMatchObject({ status: 'checked', ledger, records: 121 });
    const known = ['--check', '--known', at('pilot.receipt')];
    expect(await json('import', 'ledger', pilot, ...known)).toMatchObject({ status: 'checked', records: 121 });
    writeFileSync(at('edited.jsonl'), readFileSync(pilot, 'utf8').replace('"value":"4146356"', '"value":"4146355"'));
    const refused = await cli('import', 'ledger', at('edited.jsonl'), '--data', at('new'), '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ status: 'refused', code: 'EXPORT_DAMAGED' });
    expect((await cli('import', 'ledger', pilot)).code).toBe(2);
    expect((await cli('import', 'ledger', pilot, '--data', at('new'), '--organisation', 'A')).code).toBe(2);
    const other = await cli('import', 'ledger', pilot, '--data', at('new'), '--as', '91140000MA0FAKE01X');
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining(trialNationalAuthority.uscc) as string });
  });

  it('tells the same story on the new ledger, and says where it was told first', async () => {
    const counts = { status: 'imported', from: ledger, imported: 121, already: 0 };
    expect(await json('import', 'ledger', pilot, '--data', at('new'))).toMatchObject(counts);
    expect(await json('import', 'ledger', pilot, '--data', at('new'))).toMatchObject({ imported: 0, already: 121 });
    await serve('new');
    expect(await json('status')).toMatchObject({ logSize: 121, earlier: { ledger, size: 121, complete: true } });
    expect((await json('status')).ledger).not.toBe(ledger);
    expect(await story()).toEqual(before);
    const { stdout } = await cli('trace', `${plant}#emission_tCO2`);
    expect(stdout).toContain(`were anchored first on ledger ${String(ledger).slice(0, 12)}`);
    expect((await cli('status')).stdout).toContain('all of them are here');
    const year = await json('import', 'plant-year', sampleFile, '--trial-keys');
    expect(year).toMatchObject({ anchored: 0, already: 111, plant: { totals: { gap_tCO2: '81901' } } });
  });

  it('proves each record on both ledgers, offline', async () => {
    await json('receipt', plant, '-o', at('new.receipt'));
    await json('receipt', plant, '-o', at('earlier.receipt'), '--earlier');
    await json('prove', `${plant}#emission_tCO2`, '-o', at('figure.proof'));
    await stop();
    for (const name of ['pilot.receipt', 'earlier.receipt', 'new.receipt'])
      expect(await json('verify-receipt', at(name))).toMatchObject({ result: 'PASS' });
    expect(await json('verify-proof', at('figure.proof'))).toMatchObject({ result: 'PASS' });
  });
});
