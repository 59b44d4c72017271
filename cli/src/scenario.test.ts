import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { trialNationalAuthority } from '@carbon-ledger/plant-year/trial';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { otherPlantYear } from '../../scripts/sample/other-plants';
import { edited, valueAt, type Json } from '../../scripts/sample/pointer';
import { restated } from '../../scripts/sample/restate';
import sampleJson from '../../scripts/sample/sample-plant.json';
import { startEmbeddedService } from './service/embedded';
import { startFabricService } from './service/fabric';
import type { RunningService, ServingOptions } from './service/serving';
import { trialFounder } from './service/founding';
import { runInProcess, type CliResult } from './testing/test-io';

const sampleFile = path.join(__dirname, '..', '..', 'scripts', 'sample', 'sample-plant.json');
const plant = '91140000MA0FAKE01X';
const lab = '91140100MA0FAKE2XU';
const work = temporaryFolder('cli');
const homeDir = temporaryFolder('cli');
const sample: Json = structuredClone(sampleJson);
let running: RunningService;

function write(name: string, value: unknown): string {
  const file = path.join(work, name);
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

function cli(...argv: readonly string[]): Promise<CliResult> {
  return runInProcess(argv, { homeDir, env: { CARBON_LEDGER_URL: running.url }, now: () => new Date() });
}

/** What the commands answer, as far as it is looked at here. */
interface Answer {
  readonly logSize: number;
  readonly status: string;
  readonly value: string;
  readonly record: string;
  readonly size: number;
  readonly faults: readonly { readonly path: string; readonly code: string }[];
  readonly differences: readonly unknown[];
  readonly nodes: readonly { readonly figure: string }[];
  readonly files: readonly { readonly verdict: string }[];
  readonly plant: { readonly totals: Readonly<Record<string, string>> };
}

async function json(...argv: readonly string[]): Promise<{ code: number; answer: Answer }> {
  const { code, stdout } = await cli(...argv, '--json');
  return { code, answer: JSON.parse(stdout) as Answer };
}

async function logSize(): Promise<number> {
  return (await json('status')).answer.logSize;
}

/**
 * The same scenarios run on a real Fabric network that is up and has the contract, but no ledger yet: `npm run test:fabric`
 * names the gateway profile of the organisation to run them through.
 */
const profile = process.env['CARBON_LEDGER_TEST_PROFILE'];

beforeAll(async () => {
  const options: ServingOptions = {
    dataDir: path.join(work, 'data'),
    host: '127.0.0.1',
    port: 0,
    founder: (msp) => Promise.resolve(trialFounder(msp)),
    logLevel: 'silent',
    signal: new AbortController().signal,
    now: () => `${new Date().toISOString().slice(0, 19)}Z`,
  };
  running = await (profile === undefined
    ? startEmbeddedService({ ...options, oneThread: true })
    : startFabricService(profile, options));
});
afterAll(() => running.close());

describe('a plant-year from the command line', () => {
  it('refuses a file with all its faults and anchors nothing', async () => {
    const file = edited(sample, { '/units/0/months/0/emission_tCO2': '1.00', '/units/1/months/5': undefined });
    const before = await logSize();
    const { code, answer } = await json(...['import', 'plant-year', write('faulty.json', file), '--trial-keys']);
    expect(code).toBe(1);
    expect(answer.status).toBe('refused');
    expect(answer.faults).toContainEqual(
      expect.objectContaining({ path: '/units/0/months/0/emission_tCO2', code: 'FIGURE_MISMATCH' }),
    );
    expect(answer.faults.length).toBeGreaterThan(2);
    expect(await logSize()).toBe(before);
  });

  it('imports the sample to the digit, once', async () => {
    const first = await json(...['import', 'plant-year', sampleFile, '--trial-keys']);
    expect(first.code).toBe(0);
    expect(first.answer.plant.totals).toMatchObject({
      emission_tCO2: '4146356',
      allowance_tCO2: '4064455',
      gap_tCO2: '81901',
      ccerCap_tCO2: '207317',
    });
    const again = await json('import', 'plant-year', sampleFile, '--trial-keys');
    expect(again).toMatchObject({ code: 0, answer: { anchored: 0, already: 111 } });
  });

  it('refuses a file that says something else than the ledger, and says where', async () => {
    const file = restated(edited(sample, { '/dailyU1Jan2024': undefined, '/units/0/months/2/Mar_pct': '12.80' }));
    const other = write('other.json', file);
    const before = await logSize();
    const { code, answer } = await json('import', 'plant-year', other, '--trial-keys');
    expect(code).toBe(1);
    expect(answer.faults.map(({ path: key }) => key)).toContain(`${plant}/U1/2024-03/monthly-evidence`);
    expect(await logSize()).toBe(before);
  });

  it('checks the sample as the same, and names what was tampered with', async () => {
    expect(await json('check', 'plant-year', sampleFile)).toEqual({
      code: 0,
      answer: { status: 'same', differences: [], faults: [], hidden: [], doubted: [], shared: [] },
    });
    const file = edited(sample, { '/units/1/months/8/lab/issued': '2024-10-20' });
    const { code, answer } = await json(...['check', 'plant-year', write('t1.json', file)]);
    expect(code).toBe(1);
    expect(answer.differences).toContainEqual(
      expect.objectContaining({
        record: `${plant}/U2/2024-09/test-report`,
        figure: 'issued',
        anchored: '2024-11-16',
        found: '2024-10-20',
        rules: expect.arrayContaining(['R-D02']) as unknown,
      }),
    );
    expect((await cli('check', 'plant-year', path.join(work, 't1.json'))).stdout).toContain('emission_tCO2 -14987');
  });

  it('traces the plant emission down to laboratory tests', async () => {
    const figure = `${plant}/PLANT/2024/annual-report#emission_tCO2`;
    const { code, answer } = await json('trace', figure);
    expect({ code, value: answer.value, status: answer.status }).toEqual({
      code: 0,
      value: '4146356',
      status: 'intact',
    });
    expect(answer.nodes.filter((node) => node.figure.endsWith('/test-report#Cad_pct'))).toHaveLength(23);
    const files = ['--svg', path.join(work, 't.svg'), '--prov', path.join(work, 't.prov')];
    const drawn = await cli('trace', figure, '--depth', '1', ...files);
    expect(drawn.stdout).toContain('├─ U1/2024/annual-report#emission_tCO2  2373832 tCO2');
    expect(drawn.stderr).toContain('with its trial key');
    expect(readFileSync(path.join(work, 't.svg'), 'utf8')).toMatch(/^<(?:\?xml|svg)/);
    expect(JSON.parse(readFileSync(path.join(work, 't.prov'), 'utf8'))).toHaveProperty('entity');
  });

  it('tells what a withdrawn laboratory test costs', async () => {
    const { code, answer } = await json(...['impact', `${plant}/U1/2024-03/test-report`, '--assume', 'withdrawn']);
    expect(code).toBe(0);
    expect(answer).toMatchObject({ plants: [plant], tonnes: { emission_tCO2: '38232', gap_tCO2: '38232' } });
  });

  it('makes a receipt that verifies without the service, and not after a change', async () => {
    const file = path.join(work, 'annual.receipt');
    const made = await json('receipt', `${plant}/PLANT/2024/annual-report`, '-o', file);
    expect(made.answer.size).toBeLessThanOrEqual(4096);
    const offline = ['verify-receipt', file, '--url', 'http://127.0.0.1:9'];
    expect(await json(...offline)).toMatchObject({ code: 0, answer: { result: 'PASS' } });
    expect(await json(...offline, '--issuer', lab)).toMatchObject({ code: 1, answer: { code: 'ISSUER_MISMATCH' } });
    const stranger = write('stranger.txt', 'never anchored');
    expect(await json(...offline, '--document', stranger)).toMatchObject({
      code: 1,
      answer: { code: 'DOCUMENT_MISMATCH' },
    });
    const tlog = path.join(work, 'annual.tlog-proof');
    await json('receipt', `${plant}/PLANT/2024/annual-report`, '-o', file, '--tlog-proof', tlog);
    const exported = ['verify-receipt', tlog, '--policy', path.join(work, 'annual.policy')];
    await json('log', '--policy', '-o', path.join(work, 'annual.policy'));
    expect(await json(...exported)).toMatchObject({ code: 0, answer: { result: 'PASS' } });
    expect((await cli(...exported)).stdout).toContain(`issued by ${plant}`);
    expect(await json(...exported, '--issuer', lab)).toMatchObject({ code: 1, answer: { code: 'ISSUER_MISMATCH' } });
    const readable = await json('receipt', `${plant}/PLANT/2024/annual-report`, '-o', file, '--text');
    expect(readable.answer.size).toBeGreaterThan(made.answer.size);
    expect(await json(...offline)).toMatchObject({ code: 0, answer: { result: 'PASS' } });
    writeFileSync(file, readFileSync(file, 'utf8').replace('4146356', '4146355'));
    expect(await json(...offline)).toMatchObject({ code: 1, answer: { result: 'FAIL' } });
  });

  it('proves one figure to somebody who has only the policy', async () => {
    const file = path.join(work, 'emission.proof');
    const figure = `${plant}/PLANT/2024/annual-report#emission_tCO2`;
    const made = await json('prove', figure, '-o', file);
    expect(made.code).toBe(0);
    expect(made.answer.size).toBeLessThanOrEqual(40_000);
    const offline = ['verify-proof', file, '--url', 'http://127.0.0.1:9'];
    const passed = await json(...offline, '--figure', figure);
    expect(passed).toMatchObject({ code: 0, answer: { result: 'PASS', value: '4146356' } });
    expect((await cli(...offline)).stdout).toContain('were opened and recomputed (full)');
    const other = await json(...offline, '--figure', `${plant}/U1/2024/annual-report#emission_tCO2`);
    expect(other).toMatchObject({ code: 1, answer: { result: 'FAIL', code: 'RECORD_MISMATCH' } });
    expect((await cli('prove', figure, '-o', file, '--extent', 'everything')).code).toBe(2);
  });

  it('cannot tell without a pinned policy', async () => {
    const result = await runInProcess(['verify-receipt', path.join(work, 'annual.receipt')]);
    expect(result).toMatchObject({ code: 3, stdout: '' });
    expect(result.stderr).toContain('POLICY_NOT_PINNED');
  });

  it('imports another plant: three units, other classes, months without or with late reports', async () => {
    const elsewhere = edited(sample, { '/enterprise/province': '130000', '/enterprise/city': '130200' });
    const other = otherPlantYear(elsewhere, {
      number: '070707',
      units: [
        { id: 'A-1', category: 'III', capacity: 630, unreported: [4], late: [], coalShare: 60 },
        { id: 'B_2', category: 'IV', capacity: 630, unreported: [], late: [6], coalShare: 40 },
        { id: 'C3', category: 'II', capacity: 350, unreported: [], late: [], coalShare: 100 },
      ],
      hasLots: true,
    });
    const imported = await json(...['import', 'plant-year', write('other-plant.json', other), '--trial-keys']);
    expect(imported.code).toBe(0);
    expect(Number(imported.answer.plant.totals['emission_tCO2'])).toBe(
      valueAt(other, '/compliance/verifiedEmission_tCO2'),
    );
    expect(await json('check', 'plant-year', path.join(work, 'other-plant.json'))).toMatchObject({ code: 0 });
  });
});

describe('documents from the command line', () => {
  const folder = path.join(work, 'documents');
  const slip = path.join(folder, 'slip-2025-01.txt');
  const content = path.join(work, 'content.json');
  const where = ['--subject', plant, '--unit', 'U1', '--period', '2025-01', '--content', content];

  it('has the laboratory engaged for another year', async () => {
    mkdirSync(folder);
    const contract = path.join(work, 'contract.txt');
    writeFileSync(contract, 'contract of 2025');
    writeFileSync(content, JSON.stringify({ party: lab, contractNo: 'HT-2025' }));
    const about = ['--type', 'engagement', '--label', 'testing', '--period', '2025', '--content', content];
    expect(await json('anchor', contract, ...about, '--as', plant)).toMatchObject({ code: 0 });
  });

  it('anchors a document and verifies it, a changed copy and a stranger', async () => {
    writeFileSync(slip, 'sample of 2025-01, received 2025-02-03\n');
    writeFileSync(
      content,
      JSON.stringify({ sampleNo: 'S-1', sampleMonth: '2025-01', sampleKind: '月缩分样', received: '2025-02-03' }),
    );
    const anchored = await json('anchor', slip, '--type', 'sample-receipt', ...where, '--as', lab);
    expect(anchored.code).toBe(0);
    const { code, answer } = await json('verify', folder);
    expect(code).toBe(0);
    expect(answer.files).toEqual([
      expect.objectContaining({
        path: slip,
        verdict: 'consistent',
        verdictZh: '一致',
        record: anchored.answer.record,
        party: lab,
      }),
    ]);
    writeFileSync(slip, 'sample of 2025-01, received 2025-02-04\n');
    writeFileSync(path.join(folder, 'x.txt'), 'never anchored');
    const changed = await json('verify', folder, '--party', plant);
    expect(changed.code).toBe(1);
    expect(changed.answer.files.map(({ verdict }) => verdict)).toEqual(['inconsistent', 'not-found']);
    expect((await cli('verify', slip)).stdout).toContain('不一致 inconsistent');
  });

  it('refuses a second first version, with the reason', async () => {
    const result = await cli('anchor', slip, '--type', 'sample-receipt', ...where, '--as', lab);
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toContain('KEY_TAKEN');
  });

  it.each([
    ['an unknown type of record', ['anchor', slip, '--type', 'nonsense', '--as', lab], 2],
    ['no figure at all', ['trace', 'nonsense'], 2],
    ['a figure that nobody anchored', ['trace', `${plant}/U9/2024/annual-report#emission_tCO2`], 1],
    ['a record that nobody anchored', ['receipt', `${plant}/U9/2024/annual-report`, '-o', path.join(work, 'none')], 1],
    ['a file that is not there', ['verify', path.join(work, 'missing')], 3],
    ['the state of a service that is away', ['status', '--url', 'http://127.0.0.1:9'], 3],
    ['an import into a service that is away', ['import', 'plant-year', sampleFile, '--url', 'http://127.0.0.1:9'], 3],
  ])('answers %s with its exit code', async (_what, argv, code) => {
    expect((await cli(...argv)).code).toBe(code);
  });

  it('shows no figures to a party that may not see them', async () => {
    const figure = `${plant}/U1/2024-01/monthly-evidence#emission_tCO2`;
    const registry = await cli('trace', figure, '--as', '91420000MA0TRYA026');
    expect(registry).toMatchObject({ code: 3, stdout: '' });
    expect(registry.stderr).toContain('FIGURE_NOT_FOUND');
    const national = await json('trace', figure, '--as', trialNationalAuthority.uscc);
    expect(national).toMatchObject({ code: 0, answer: { value: '235496.63' } });
  });

  it('writes checkpoint and policy', async () => {
    expect((await cli('log')).stdout).toMatch(/^carbon-audit-ledger\/[0-9a-f]{64}\n\d+\n/);
    const policy = path.join(work, 'policy.json');
    expect((await cli('log', '--policy', '-o', policy)).code).toBe(0);
    expect(JSON.parse(readFileSync(policy, 'utf8'))).toMatchObject({ schema: 'carbon-ledger/policy/v1' });
  });
});
