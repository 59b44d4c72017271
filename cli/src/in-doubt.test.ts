import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Completeness } from '@carbon-ledger/client-sdk';
import type { CrossCheckReport, Impact } from '@carbon-ledger/core';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { startSampleService } from '../../test/support/trial-service';
import type { RunningService } from './service/serving';
import { endRecords, lab, month, plant } from './testing/ended-records';
import { runInProcess, type CliResult } from './testing/test-io';

/* What agrees with records that stand and are in doubt, or rests on them, is no yes. */

const homeDir = temporaryFolder('cli');
let running: RunningService;

function cli(...argv: readonly string[]): Promise<CliResult> {
  return runInProcess(argv, { homeDir, env: { CARBON_LEDGER_URL: running.url }, now: () => new Date() });
}

beforeAll(async () => {
  running = await startSampleService(path.join(temporaryFolder('cli'), 'data'), 'without documents');
  await endRecords(running.url);
});
afterAll(() => running.close());

describe('what a withdrawal would cost, asked by who may not read the figures', () => {
  const asked = ['impact', `${plant}/U1/2024-05/test-report`, '--price', '90'];

  it('is not known, and not nothing', async () => {
    const env = { CARBON_LEDGER_URL: running.url, CARBON_LEDGER_PASSPHRASE: 'correct horse' };
    const as = (...argv: readonly string[]): Promise<CliResult> =>
      runInProcess([...argv, '--as', lab], { homeDir, env, now: () => new Date() });
    expect((await as('keys', 'new', '--trial')).code).toBe(0);
    const { code, stdout, stderr } = await as(...asked);
    expect([code, stdout]).toEqual([3, expect.stringMatching(/emission_tCO2 +not known$/m)]);
    expect(stdout).not.toMatch(/tCO2 +0$/m);
    expect(stderr).toContain('无法判定: figures of');
    const told = JSON.parse((await as(...asked, '--json')).stdout) as Impact;
    expect(told.hidden).toBeGreaterThan(0);
    expect([...new Set(Object.values(told.tonnes)), told.money?.change_CNY]).toEqual([null, null]);
  });

  it('is known by the enterprise', async () => {
    const { code, stdout } = await cli(...asked);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/emission_tCO2 +\+27294$/m)]);
  });
});

describe('what is public of a key emitter', () => {
  const told = { doubts: ['input-withdrawn', 'input-doubted'] };

  it('says of a verified emission that what it rests on does not stand', async () => {
    const { stdout } = await cli('public', 'emitters', '--year', '2024', '--json');
    const [one] = (JSON.parse(stdout) as { items: readonly object[] }).items;
    expect(one).toMatchObject({ verified: told, surrender: { status: 'surrendered', rests: told } });
    expect(one).not.toHaveProperty('listed.doubts');
    const list = await cli('public', 'emitters', '--year', '2024');
    expect(list.stdout).toMatch(/4146356 +surrendered +input-withdrawn,? input-doubted/);
    const csv = await cli('public', 'emitters', '--year', '2024', '--csv');
    expect(csv.stdout).toContain('input-withdrawn input-doubted,surrendered,input-withdrawn input-doubted');
    const page = await cli('public', 'emitter', plant, '--year', '2024');
    expect(page.stdout).toMatch(/verified .*in doubt 存疑 \(input-withdrawn, input-doubted\)/);
    expect(page.stdout).toMatch(/surrender .*in doubt 存疑 \(input-withdrawn, input-doubted\)/);
  });
});

describe('what rests on a month that an authority questions', () => {
  const annual = `${plant}/PLANT/2024/annual-report`;

  it('is in doubt as far up as it reaches, in lists and receipts', async () => {
    for (const type of ['annual-report', 'verification-conclusion', 'surrender']) {
      const { stdout } = await cli('list', '--party', plant, '--type', type, '--json');
      const { items } = JSON.parse(stdout) as { items: readonly { readonly marks?: readonly object[] }[] };
      expect(items.flatMap(({ marks = [] }) => marks)).toContainEqual({ mark: 'input-doubted', by: month('2024-02') });
    }
    expect((await cli('list', '--party', plant, '--mark', 'input-doubted')).stdout).toContain(annual);
    const folder = temporaryFolder('cli');
    const receipt = path.join(folder, 'annual.receipt');
    const policy = path.join(folder, 'policy.json');
    expect((await cli('log', '--policy', '-o', policy)).code).toBe(0);
    expect((await cli('receipt', annual, '-o', receipt)).stderr).toContain('input-doubted');
    const standing = await cli('verify-receipt', receipt, '--standing', '--policy', policy);
    expect([standing.code, standing.stdout]).toEqual([1, expect.stringContaining('input-doubted')]);
  });
});

describe('lists of what is there', () => {
  it('mark the months whose records are in doubt', async () => {
    const asked = ['completeness', '--plant', plant, '--year', '2024'];
    expect((await cli(...asked)).stdout).toMatch(/ U1 .*\?/);
    const { plants } = JSON.parse((await cli(...asked, '--json')).stdout) as Completeness;
    const doubted = plants.flatMap(({ units }) => units.flatMap(({ months }) => months)).filter((one) => one.doubts);
    expect(doubted.length).toBeGreaterThan(0);
    const file = path.join(temporaryFolder('cli'), 'months.csv');
    expect((await cli('export', 'completeness', '--party', plant, '--year', '2024', '-o', file)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('已存证，存疑');
  });

  it('write why what is verified is in doubt, for who reconciles by it', async () => {
    const file = path.join(temporaryFolder('cli'), 'facts.ndjson');
    expect((await cli('export', 'offsets', '-o', file)).code).toBe(0);
    const facts = readFileSync(file, 'utf8').trimEnd().split('\n');
    const obligations = facts.filter((line) => line.includes('"obligation"')).map((line) => JSON.parse(line) as object);
    expect(obligations).toContainEqual(
      expect.objectContaining({ uscc: plant, doubts: 'input-withdrawn, input-doubted' }),
    );
  });
});

describe('readings of others that agree with what does not stand beyond doubt', () => {
  it('are no yes, each told with its reason', async () => {
    const work = temporaryFolder('cli');
    const profile = path.join(work, 'profiles.json');
    const share = { tolerance: { share: '1' } };
    const coal = { column: '耗煤', record: 'monthly-evidence', figure: 'coalConsumption_t', ...share };
    const columns = { unit: '机组', period: '月份' };
    writeFileSync(profile, JSON.stringify({ stock: { columns, period: 'month', readings: { coal } } }));
    const readings = (name: string): string => {
      const file = path.join(work, `${name}.csv`);
      writeFileSync(file, `机组,月份,耗煤\nU1,${name},100000\n`);
      return file;
    };
    const kindOf = async (name: string): Promise<unknown> => {
      const asked = ['cross-check', readings(name), '--source', 'stock', '--profile', profile, '--year', '2024'];
      const { stdout } = await cli(...asked, '--party', plant, '--trial-keys', '--json');
      const { answers } = JSON.parse(stdout) as CrossCheckReport;
      const answer = answers.find(({ figure }) => figure === `${month(name)}#coalConsumption_t`);
      return [answer?.kind, answer?.doubts];
    };
    expect(await kindOf('2024-01')).toEqual(['NO_LONGER_STANDS', undefined]);
    expect(await kindOf('2024-02')).toEqual(['IN_DOUBT', [{ why: 'questioned' }]]);
    expect(await kindOf('2024-03')).toEqual([
      'IN_DOUBT',
      [{ why: 'input-withdrawn', by: `${plant}/U1/2024-03/test-report` }],
    ]);
    expect(await kindOf('2024-05')).toEqual(['MATCHED', undefined]);
    const told = await cli(
      ...['cross-check', readings('2024-02'), '--source', 'stock', '--profile', profile, '--year', '2024'],
      ...['--party', plant, '--trial-keys'],
    );
    expect([told.code, told.stdout]).toEqual([
      1,
      expect.stringMatching(/IN_DOUBT .*in doubt 存疑: an authority questions it/),
    ]);
  });
});
