import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fromHex, sha256, toHex, type FolderCheck } from '@carbon-ledger/core';
import { trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import { unzipSync, zipSync } from 'fflate';
import { settled } from '../../../test/support/settled';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { pdfPage } from '../../../scripts/sample/documents/pdf';
import { startSampleService } from '../../../test/support/trial-service';
import type { RunningService } from '../service/serving';
import { runInProcess, type CliResult } from '../testing/test-io';
import { changeJune, makeStick } from './testing/stick';

const sample = path.join(__dirname, '../../../scripts/sample');
const plant = '91140000MA0FAKE01X';
const province = trialProvinceAuthority('140000').uscc;
const work = temporaryFolder('inspection');
const seed = '5e'.repeat(32);
const plan = `${province}/-/2024/inspection.1`;
const offline = { CARBON_LEDGER_URL: 'http://127.0.0.1:9', CARBON_LEDGER_POLICY: path.join(work, 'policy.json') };
let running: RunningService;

const at = (...parts: string[]): string => path.join(work, ...parts);

function cli(...argv: readonly string[]): Promise<CliResult> {
  return runInProcess(argv, { homeDir: work, env: { CARBON_LEDGER_URL: running.url }, now: () => new Date() });
}

/** On the laptop: no service can be reached, and the policy is pinned. */
function laptop(...argv: readonly string[]): Promise<CliResult> {
  return runInProcess(argv, { homeDir: work, env: offline, now: () => new Date() });
}

async function done(result: Promise<CliResult>): Promise<string> {
  const { code, stdout, stderr } = await result;
  if (code !== 0) throw new Error(`${String(code)} ${stdout} ${stderr}`);
  return stdout;
}

function write(name: string, value: unknown): string {
  writeFileSync(at(name), typeof value === 'string' ? value : JSON.stringify(value));
  return at(name);
}

let coal = '';
let moreCoal = '';

beforeAll(async () => {
  running = await startSampleService(at('data'), 'with documents');
  await done(cli('log', '--policy', '-o', at('policy.json')));
  const shown = await done(cli('show', `${plant}/U1/2024-06/monthly-evidence`, '--as', plant, '--json'));
  const { figures } = JSON.parse(shown) as { figures: readonly { name: string; value: string }[] };
  coal = figures.find(({ name }) => name === 'coalConsumption_t')?.value ?? '';
  moreCoal = (Number(coal) + 1000).toFixed(2);
  makeStick(at('stick'));
  changeJune(at('stick'), coal, moreCoal);
  const sealed = {
    ...{ basis: '碳排放数据质量专项监督执法', frame: [plant], size: 1, rule: 'lowest-ticket', tickets: [7] },
    commitment: toHex(sha256(fromHex(seed))),
  };
  const opened = {
    ...{ seed, covered: [{ uscc: plant, years: ['2024'] }], papers: ['晋环执法〔2025〕7号'] },
    inspectors: ['SX-01', 'SX-02'].map((role) => ({ role, party: province })),
  };
  const filing = ['inspect', 'new', '--period', '2024', '--label', '1', '--as', province, '--trial-keys', '--yes'];
  await done(cli(...filing, '--from', write('plan.json', { content: { stage: 'plan', ...sealed } })));
  const second = { content: { stage: 'open', ...sealed, ...opened }, cites: { plan: [plan] } };
  await done(cli(...filing, '--from', write('open.json', second)));
});
afterAll(() => running.close());

async function checked(...more: readonly string[]): Promise<FolderCheck> {
  const { code, stdout, stderr } = await laptop(
    'inspect',
    'check',
    at('stick'),
    '--pack',
    at('a.pack'),
    '--json',
    ...more,
  );
  if (code > 1) throw new Error(stderr);
  return JSON.parse(stdout) as FolderCheck;
}

function fileIn({ files }: FolderCheck, name: string): FolderCheck['files'][number] | undefined {
  return files.find(({ path: where }) => where.endsWith(name));
}

describe('a flight check on a laptop without network', () => {
  it('takes one signed file along, and refuses one in which a bit was changed', async () => {
    await done(cli('inspect', 'pack', plan, '-o', at('a.pack'), '--as', province, '--trial-keys'));
    const parts = unzipSync(readFileSync(at('a.pack')));
    const records = Buffer.from(parts['records.jsonl'] ?? []).toString('utf8');
    const forged = { ...parts, 'records.jsonl': Buffer.from(records.replace(coal, moreCoal)) };
    writeFileSync(at('forged.pack'), zipSync(forged));
    const { code, stderr } = await laptop('inspect', 'check', at('stick'), '--pack', at('forged.pack'));
    expect([code, stderr]).toEqual([1, expect.stringContaining('records.jsonl was changed')]);
  });

  it('tells of every file what it is, also in archives in archives and under Chinese names', async () => {
    const found = await checked();
    expect(found.counts).toMatchObject({ changed: 3, 'other-name': 2, missing: 2, unreadable: 0, ambiguous: 0 });
    expect(fileIn(found, '检测报告（扫描）.pdf')).toMatchObject({
      verdict: 'other-name',
      anchoredName: 'FIC-CQ-202401-U1-101.pdf',
    });
    expect(fileIn(found, '现场资料.zip » 内层.zip » 现场/U2-2024-05-daily.csv')?.verdict).toBe('same');
    expect(fileIn(found, '便条.txt')?.verdict).toBe('not-anchored');
    expect(found.missing.map(({ name }) => name)).toEqual(['U1-2024-02.txt', 'FIC-CQ-202404-U1-104.pdf']);
    expect(found.twins).toEqual([
      expect.objectContaining({ by: 'copies', reports: [expect.anything(), expect.anything()] }),
    ]);
  });

  it('says of a changed table that only the whole file can be compared, without opening or own copy', async () => {
    const file = fileIn(await checked(), 'U1-2024-03-daily.csv');
    expect(file).toMatchObject({ verdict: 'changed', compared: 'whole-file' });
    expect(file?.why).toContain('only the whole file can be compared');
  });

  it('names the cell with both values by the opening, and what rests on it in tonnes', async () => {
    const table = path.join(sample, 'files/coal/U1-2024-03-daily.csv');
    const making = ['inspect', 'opening', '--as', plant, '--trial-keys'];
    await done(cli(...making, table, '-o', at('o1.json')));
    await done(cli(...making, path.join(sample, 'files/production/U1-2024-06.xlsx'), '-o', at('o2.json')));
    await done(cli(...making, path.join(sample, 'files/coal/U1-2024-06-daily.csv'), '-o', at('o4.json')));
    const openings = ['o1.json', 'o2.json', 'o4.json'].flatMap((name) => ['--opening', at(name)]);
    const found = await checked(...openings);
    expect(fileIn(found, 'U1-2024-03-daily.csv')).toMatchObject({
      compared: 'opening',
      cells: [{ sheet: 'CSV', cell: expect.stringMatching(/^[A-Z]3$/) as unknown }],
    });
    const daily = fileIn(found, 'U1-2024-06-daily.csv');
    const coalFigure = `${plant}/U1/2024-06/monthly-evidence#coalConsumption_t`;
    const changedCoal = { sheet: 'CSV', cell: 'B33', anchored: coal, found: moreCoal, figure: coalFigure, by: 'value' };
    expect(daily?.cells).toEqual([changedCoal]);
    // 1,000 t of coal at 0.5633 tC/t and an oxidation factor of 99 %.
    expect(Number(daily?.impact?.tonnes.emission_tCO2)).toBeCloseTo(2045, 0);
    expect(daily?.impact?.tonnes.allowancesToBuy_tCO2).toBe(daily?.impact?.tonnes.emission_tCO2);
  });

  it('tells of power that was added what it costs in allowances', async () => {
    const power = fileIn(await checked('--opening', at('o2.json')), 'U1-2024-06.xlsx');
    expect(power?.cells).toEqual([expect.objectContaining({ cell: 'B29', anchored: '236880', found: '246880' })]);
    expect(Number(power?.impact?.tonnes.allowance_tCO2)).toBeGreaterThan(0);
  });

  it('comes to the same with the party’s own copies, and refuses an opening that is not what was anchored', async () => {
    const opened = await checked('--opening', at('o2.json'));
    const copies = await checked('--own', path.join(sample, 'files/production'));
    const cellsOf = (found: FolderCheck): unknown => fileIn(found, 'U1-2024-06.xlsx')?.cells;
    expect(cellsOf(copies)).toEqual(cellsOf(opened));
    const opening = readFileSync(at('o2.json'), 'utf8');
    writeFileSync(at('o3.json'), opening.replace('236880', '246880'));
    const { code, stderr } = await laptop(
      'inspect',
      'check',
      at('stick'),
      '--pack',
      at('a.pack'),
      '--opening',
      at('o3.json'),
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining('is not what was anchored')]);
  });

  it('tells pages and text of a changed PDF against the own copy', async () => {
    writeFileSync(at('stick/reports/FIC-CQ-202405-U1-105.pdf'), pdfPage('x', [{ text: '检测报告 FIC' }]));
    const found = await checked('--own', path.join(sample, 'files/reports'));
    expect(fileIn(found, 'FIC-CQ-202405-U1-105.pdf')).toMatchObject({ verdict: 'changed', compared: 'own-copy' });
    expect(fileIn(found, 'FIC-CQ-202405-U1-105.pdf')?.differs?.join(' ')).toMatch(/were anchored.*1 pages in both/);
    cpSync(path.join(sample, 'files/reports/FIC-CQ-202405-U1-105.pdf'), at('stick/reports/FIC-CQ-202405-U1-105.pdf'));
  });

  it('proves one cell of a table and no other', async () => {
    const record = `${plant}/U1/2024-03/monthly-evidence`;
    await done(cli('inspect', 'open-cell', at('o1.json'), 'CSV!A2', '-o', at('cell.json')));
    expect(await done(cli('inspect', 'verify-cell', at('cell.json'), '--record', record))).toContain('PASS');
    const proof = readFileSync(at('cell.json'), 'utf8');
    expect(proof).not.toContain('seed');
    writeFileSync(at('cell.json'), proof.replace(/"text":"(.)/, '"text":"9$1'));
    expect(await cli('inspect', 'verify-cell', at('cell.json'), '--record', record)).toMatchObject({ code: 1 });
  });

  it('proves a cell of a table that any record was filed with, unless it was filed without its cells', async () => {
    const table = write('现场测量.csv', '设备,读数\n皮带秤,12.5\n');
    const filing = ['--set', 'decision=accept', '--document', table, '--as', province, '--trial-keys', '--yes'];
    const filed = async (month: string, ...more: readonly string[]): Promise<string> => {
      const said = await done(cli('review', `${plant}/U1/${month}/monthly-evidence`, ...filing, ...more));
      await settled(running.url, [], said);
      return /^rec:[0-9a-f]{64}$/m.exec(said)?.[0] ?? '';
    };
    const [whole, bare] = [await filed('2024-07'), await filed('2024-08', '--no-cells')];
    await done(cli('inspect', 'opening', table, '-o', at('o5.json'), '--as', province, '--trial-keys'));
    await done(cli('inspect', 'open-cell', at('o5.json'), 'CSV!B2', '-o', at('reading.json')));
    expect(await done(cli('inspect', 'verify-cell', at('reading.json'), '--record', whole))).toContain('12.5');
    const { code, stderr } = await cli('inspect', 'verify-cell', at('reading.json'), '--record', bare);
    expect([code, stderr]).toEqual([1, expect.stringContaining('commits to no cells')]);
  });

  it('signs a finding on the spot, files it later, and keeps both times apart in a report that verifies offline', async () => {
    const month = `${plant}/U1/2024-06/monthly-evidence`;
    const bound = { record: month, figure: 'coalConsumption_t', unit: 't', decimals: 2 };
    const stated = {
      ...{ subject: { uscc: plant, unit: 'U1', period: '2024-06' }, number: 1, cites: { evidence: [month] } },
      content: { clause: '燃料消耗量', seen: '与皮带秤原始读数不一致', figures: [bound], documents: [] },
      figures: { atStake_tCO2: '2040', 'anchored.1': coal, 'found.1': moreCoal },
    };
    const asProvince = ['--as', province, '--trial-keys'];
    const signing = ['inspect', 'sign', write('finding.json', stated), '--pack', at('a.pack'), '-o', at('signed.json')];
    await done(laptop(...signing, ...asProvince));
    expect(await done(cli('inspect', 'send', at('signed.json')))).toMatch(/\(claimed\), anchored at/);
    await done(cli('inspect', 'pack', plan, '-o', at('a.pack'), ...asProvince));
    await laptop('inspect', 'check', at('stick'), '--pack', at('a.pack'), '-o', at('check.json'));
    const written = ['-o', at('report.json'), '--pdf', at('report.pdf')];
    const reporting = ['inspect', 'report', '--pack', at('a.pack'), '--check', at('check.json'), ...written];
    await done(laptop(...reporting, ...asProvince));
    expect(await done(laptop('inspect', 'verify', at('report.json')))).toMatch(/^PASS/);
    const text = readFileSync(at('report.json'), 'utf8');
    const { body } = JSON.parse(text) as { body: Record<string, unknown> };
    expect(body).toMatchObject({
      plan: { key: plan },
      sample: { drawn: [plant], rule: 'lowest-ticket', tickets: [7] },
      findings: [{ clause: '燃料消耗量', values: { 'found.1': moreCoal } }],
    });
    writeFileSync(at('forged.json'), text.replace('"found.1":"', '"found.1":"9'));
    expect(await laptop('inspect', 'verify', at('forged.json'))).toMatchObject({ code: 1 });
  });

  it('writes the report as a paper that carries it: the same bytes from the same report, and verified offline', async () => {
    expect(await done(laptop('inspect', 'verify', at('report.pdf')))).toMatch(/^PASS\npages: as this version/);
    await done(laptop('inspect', 'paper', at('report.json'), '-o', at('again.pdf')));
    const [paper, again] = ['report.pdf', 'again.pdf'].map((name) => readFileSync(at(name)));
    expect(paper?.equals(again ?? Buffer.of())).toBe(true);
    await done(laptop('inspect', 'paper', at('report.pdf'), '-o', at('english.pdf'), '--language', 'en'));
    expect(readFileSync(at('english.pdf')).equals(paper ?? Buffer.of())).toBe(false);
    const altered = Buffer.from(paper ?? Buffer.of());
    const place = altered.indexOf('/Title') + 10;
    altered[place] = (altered[place] ?? 0) ^ 1;
    writeFileSync(at('altered.pdf'), altered);
    const { code, stdout } = await laptop('inspect', 'verify', at('altered.pdf'));
    expect([code, stdout]).toEqual([3, expect.stringContaining('pages: NOT as this version')]);
  });

  it('screens what was taken along by the rules that were in force', async () => {
    const { stdout } = await laptop('screen', '--pack', at('a.pack'), '--plant', plant, '--year', '2024', '--json');
    const { digest } = JSON.parse(stdout) as { digest: string };
    const online = await cli('screen', '--plant', plant, '--year', '2024', '--as', province, '--json');
    if (online.code > 1) throw new Error(online.stderr);
    expect((JSON.parse(online.stdout) as { digest: string }).digest).toBe(digest);
  });
});

describe('the sample of a plan', () => {
  it('is drawn again by anybody from the record, and from a seed that is given', async () => {
    expect(JSON.parse(await done(cli('inspect', 'sample', '--plan', plan, '--json')))).toMatchObject({
      ...{ rule: 'lowest-ticket', seed, drawn: [plant] },
    });
    const drawing = ['--region', '140000', '--year', '2024', '--size', '1', '--seed', seed, '--as', province, '--json'];
    const risky = await done(cli('inspect', 'sample', ...drawing));
    expect(JSON.parse(risky)).toMatchObject({ drawn: [plant], risk: [{ uscc: plant, months: 24, defaults: 1 }] });
  });
});
