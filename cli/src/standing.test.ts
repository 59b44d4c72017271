import { appendFileSync, cpSync } from 'node:fs';
import path from 'node:path';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import type { FolderCheck } from '@carbon-ledger/core';
import { trialCcerRegistry } from '@carbon-ledger/plant-year/trial';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { startSampleService } from '../../test/support/trial-service';
import type { RunningService } from './service/serving';
import { endedBy, endRecords, lab, month, plant } from './testing/ended-records';
import { runInProcess, type CliResult } from './testing/test-io';

/* What every command says of records that were returned, questioned or withdrawn after they were anchored. */

const sampleFolder = path.join(__dirname, '..', '..', 'scripts', 'sample');
const files = path.join(sampleFolder, 'files');
const { province, nation } = endedBy;
const homeDir = temporaryFolder('cli');
let running: RunningService;

function cli(...argv: readonly string[]): Promise<CliResult> {
  return runInProcess(argv, { homeDir, env: { CARBON_LEDGER_URL: running.url }, now: () => new Date() });
}

beforeAll(async () => {
  running = await startSampleService(path.join(temporaryFolder('cli'), 'data'), 'with documents');
  await endRecords(running.url);
});
afterAll(() => running.close());

describe('a record that an authority or its issuer ended', () => {
  it.each([
    ['coal/U1-2024-01-daily.csv', '一致但记录已失效', `by review of ${province}`, 'SAMPLING 缺少采样记录'],
    ['coal/U1-2024-02-daily.csv', '一致但记录存疑', `by review of ${nation}`, 'SAMPLING 缺少采样记录'],
    ['reports/FIC-CQ-202403-U1-103.pdf', '一致但记录已失效', `by revocation of ${lab}`, '样品混淆'],
    [
      'coal/U1-2024-03-daily.csv',
      '一致但记录存疑',
      `rests on what does not stand: ${plant}/U1/2024-03/test-report`,
      '样品混淆',
    ],
  ])('gives its file no yes: %s', async (name, ...words) => {
    const { code, stdout } = await cli('verify', path.join(files, name));
    expect(code).toBe(1);
    for (const word of words) expect(stdout).toContain(word);
  });

  it('gives its file no yes in a folder that an inspector compares either, and says why', async () => {
    const asked = ['inspect', 'check', path.join(files, 'coal'), path.join(files, 'reports'), '--plant', plant];
    const { code, stdout } = await cli(...asked, '--trial-keys', '--json');
    const { files: found } = JSON.parse(stdout) as FolderCheck;
    const of = (name: string): object | undefined => found.find((one) => one.path.endsWith(name));
    expect(code).toBe(1);
    expect([
      of('U1-2024-01-daily.csv'),
      of('U1-2024-02-daily.csv'),
      of('U1-2024-03-daily.csv'),
      of('FIC-CQ-202403-U1-103.pdf'),
      of('U1-2024-05-daily.csv'),
    ]).toMatchObject([
      { verdict: 'no-longer-stands', why: expect.stringMatching(`by review of ${province} at .*SAMPLING`) as string },
      { verdict: 'questioned', why: 'an authority questions it' },
      { verdict: 'questioned', why: `it rests on ${plant}/U1/2024-03/test-report, which does not stand` },
      {
        verdict: 'no-longer-stands',
        why: expect.stringMatching(`it was withdrawn by revocation of ${lab} .*样品混淆`) as string,
      },
      { verdict: 'same' },
    ]);
  });

  it('gives no certificate that is taken for a yes', async () => {
    const out = path.join(homeDir, 'paper.pdf');
    const folder = temporaryFolder('cli');
    for (const name of ['U1-2024-02-daily.csv', 'U1-2024-05-daily.csv'])
      cpSync(path.join(files, 'coal', name), path.join(folder, name));
    const whole = await cli('certificate', folder, '-o', out);
    expect([whole.code, whole.stderr]).toEqual([1, expect.stringContaining('一致但记录存疑')]);
    expect((await cli('certificate', path.join(folder, 'U1-2024-05-daily.csv'), '-o', out)).code).toBe(0);
    const told = await cli('certificate', month('2024-01'), '-o', out, '--json');
    expect([told.code, JSON.parse(told.stdout)]).toMatchObject([1, { stands: false, file: out }]);
  });

  it('breaks the trace, and is named with its state on it', async () => {
    const { code, stdout } = await cli('trace', `${plant}/U1/2024/annual-report#emission_tCO2`, '--depth', '9');
    expect(code).toBe(1);
    expect(stdout).toContain('〔已退回 returned〕');
    expect(stdout).toContain('〔审核后存疑 questioned after acceptance〕');
    expect(stdout).toMatch(/2024-03\/test-report#.*\(withdrawn\)/);
  });

  it('is told with its receipt, its price and the proof of what rests on it', async () => {
    const out = path.join(homeDir, 'out');
    const receipt = await cli('receipt', month('2024-01'), '-o', out);
    expect([receipt.code, receipt.stderr]).toEqual([0, expect.stringContaining('does not stand: 已退回 returned')]);
    for (const [key, told] of [
      [month('2024-01'), 'does not stand 已失效 (open)'],
      [`${plant}/U1/2024-03/test-report`, 'does not stand 已失效 (withdrawn)'],
      [month('2024-02'), 'in doubt 存疑 (questioned)'],
    ] as const)
      for (const paper of ['receipt', 'certificate']) {
        await cli(paper, key, '-o', out);
        // Offline it passes, and says that this is not the question of standing.
        const offline = await cli('verify-receipt', out);
        expect([offline.code, offline.stdout]).toEqual([0, expect.stringContaining('standing: not asked 未查询现状')]);
        const asked = await cli('verify-receipt', out, '--standing');
        expect([asked.code, asked.stdout]).toEqual([1, expect.stringContaining(told)]);
      }
    await cli('receipt', month('2024-05'), '-o', out);
    expect((await cli('verify-receipt', out, '--standing')).stdout).toContain('still stands 现行有效');
    const doubted = await cli('receipt', month('2024-02'), '-o', out);
    expect(doubted.stderr).toContain('is questioned (questioned): 审核后存疑');
    const impact = await cli('impact', `${plant}/U1/2024-03/test-report`);
    expect(impact.stderr).toContain('does not stand: 已撤回 withdrawn');
    const proof = await cli('prove', `${plant}/U1/2024-03/monthly-evidence#emission_tCO2`, '-o', out, '--json');
    expect(JSON.parse(proof.stdout)).toMatchObject({ chain: 'broken' });
    expect(proof.stderr).toContain('(withdrawn)');
    expect((await cli('verify-proof', out)).code).toBe(0);
    const asked = await cli('verify-proof', out, '--standing', '--json');
    expect([asked.code, JSON.parse(asked.stdout)]).toMatchObject([
      1,
      {
        result: 'PASS',
        standing: expect.arrayContaining([expect.objectContaining({ status: 'withdrawn' })]) as object,
      },
    ]);
    const doubtedProof = await cli('prove', `${month('2024-02')}#emission_tCO2`, '-o', out, '--json');
    expect(JSON.parse(doubtedProof.stdout)).toMatchObject({ chain: 'questioned' });
    expect(doubtedProof.stderr).toContain(`The chain is in doubt at ${month('2024-02')}`);
  });

  it('is a trace in doubt where nothing else is wrong', async () => {
    const { code, stdout } = await cli('trace', `${month('2024-02')}#emission_tCO2`);
    expect([code, stdout]).toEqual([1, expect.stringContaining('questioned 存疑')]);
    const whole = await cli('trace', `${month('2024-05')}#emission_tCO2`);
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining('intact 完整')]);
  });
});

interface Checked {
  readonly status: string;
  readonly differences: readonly { readonly record: string; readonly ended: { readonly state: string } | null }[];
  readonly hidden: readonly string[];
}

describe('check plant-year', () => {
  const sample = path.join(sampleFolder, 'sample-plant.json');
  const endings = [
    [month('2024-01'), 'RETURNED'],
    [`${plant}/U1/2024-03/test-report`, 'WITHDRAWN'],
  ];

  it('names the records of the file that no longer stand, and says how they ended', async () => {
    const { code, stdout } = await cli('check', 'plant-year', sample);
    expect(code).toBe(1);
    expect(stdout).toContain('does not stand: 已退回 returned');
    expect(stdout).toContain('does not stand: 已撤回 withdrawn');
    expect(stdout).not.toMatch(/expected ,|got $|cannot be computed|anchored nothing/m);
    const { differences, hidden } = JSON.parse((await cli('check', 'plant-year', sample, '--json')).stdout) as Checked;
    expect(differences.map(({ record, ended }) => [record, ended?.state]).sort()).toEqual(endings);
    expect(hidden).toEqual([]);
  });

  it.each([
    ['a registry, which sees none of it', trialCcerRegistry.uscc],
    ['the laboratory, which sees its own', lab],
  ])('makes no difference of what is closed to %s', async (_who, party) => {
    const env = { CARBON_LEDGER_URL: running.url, CARBON_LEDGER_PASSPHRASE: 'correct horse' };
    const as = (...argv: readonly string[]): Promise<CliResult> =>
      runInProcess([...argv, '--as', party], { homeDir, env, now: () => new Date() });
    expect((await as('keys', 'new', '--trial')).code).toBe(0);
    const { stdout, stderr } = await as('check', 'plant-year', sample, '--json');
    expect(stderr).not.toContain('acting as');
    const { differences, hidden } = JSON.parse(stdout) as Checked;
    expect(differences.map(({ record, ended }) => [record, ended?.state]).sort()).toEqual(endings);
    expect(hidden.length).toBeGreaterThan(20);
    expect((await as('check', 'plant-year', sample)).stdout).toContain('are not open to you');
  });
});

describe('import plant-year once more', () => {
  it('anchors nothing, and is no yes where something does not stand any more', async () => {
    const sample = path.join(sampleFolder, 'sample-plant.json');
    const again = ['import', 'plant-year', sample, '--documents', files, '--trial-keys'];
    const { code, stdout } = await cli(...again);
    expect([code, stdout]).toEqual([1, expect.stringContaining(`${month('2024-01')} does not stand any more`)]);
    const answer = JSON.parse((await cli('--json', ...again)).stdout) as { anchored: number; ended: readonly object[] };
    expect(answer).toMatchObject({
      anchored: 0,
      ended: expect.arrayContaining([
        { key: month('2024-01'), status: 'open' },
        { key: `${plant}/U1/2024-03/test-report`, status: 'withdrawn' },
      ]) as object,
      doubted: expect.arrayContaining([
        { key: month('2024-02'), doubts: [{ why: 'questioned' }] },
        { key: month('2024-03'), doubts: [{ why: 'input-withdrawn', by: `${plant}/U1/2024-03/test-report` }] },
      ]) as object,
    });
    expect(stdout).toContain(`${month('2024-02')} is in doubt 存疑: an authority questions it`);
  });
});

describe('import plant-year with documents that are not those of its records', () => {
  it('names each, and does not say that they stand already', async () => {
    const folder = path.join(temporaryFolder('cli'), 'files');
    cpSync(files, folder, { recursive: true });
    appendFileSync(path.join(folder, 'reports', 'FIC-CQ-202405-U1-105.pdf'), ' ');
    const sample = path.join(sampleFolder, 'sample-plant.json');
    const refused = await cli('import', 'plant-year', sample, '--documents', folder, '--trial-keys');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('FIC-CQ-202405-U1-105.pdf') as string });
    expect(refused.stderr).toContain(`${plant}/U1/2024-05/test-report: KEY_TAKEN`);
  });
});

describe('a question about what the ledger does not know', () => {
  it.each([
    ['a unit in other letters', ['--unit', 'u1', '--period', '2024-05']],
    ['a unit that is none', ['--unit', 'U9']],
    ['another year', ['--period', '2023']],
  ])('is answered with neither yes nor no: %s', async (_what, extent) => {
    const clean = temporaryFolder('cli');
    cpSync(path.join(files, 'coal', 'U1-2024-05-daily.csv'), path.join(clean, 'daily.csv'));
    const { code, stdout, stderr } = await cli('verify', clean, '--party', plant, ...extent);
    expect([code, stdout.slice(0, 2)]).toEqual([3, '一致']);
    expect(stderr).toContain('无法判定: the ledger names no');
  });

  it('is refused where it names no party, and no record', async () => {
    const csv = path.join(files, 'coal', 'U1-2024-05-daily.csv');
    expect(await cli('verify', csv, '--party', '91140000MA0FAKE09X')).toMatchObject({ code: 2 });
    expect((await cli('verify', csv, '--record', `rec:${'0'.repeat(64)}`)).stderr).toContain('NOT_FOUND');
    expect((await cli('verify', csv, '--record', month('2024-05'))).code).toBe(0);
    expect((await cli('verify', csv, '--record', month('2024-06'))).stdout).toContain('未找到');
  });
});

describe('a trace by somebody to whom figures are closed', () => {
  it('is no yes', async () => {
    const { status, hidden } = await new LedgerClient({ baseUrl: running.url }).trace(
      `${plant}/U2/2024/annual-report#emission_tCO2`,
    );
    expect([status, hidden > 0]).toEqual(['undecidable', true]);
  });

  it('still finds what does not stand beneath', async () => {
    const { status, breaks } = await new LedgerClient({ baseUrl: running.url }).trace(
      `${plant}/PLANT/2024/annual-report#emission_tCO2`,
    );
    expect(status).toBe('broken');
    expect(breaks.map(({ figure, step }) => `${figure} ${step}`).sort()).toEqual([
      `${plant}/U1/2024-01/monthly-evidence#record open`,
      `${plant}/U1/2024-03/test-report#record withdrawn`,
    ]);
  });
});
