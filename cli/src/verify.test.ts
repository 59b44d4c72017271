import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { edited, type Json } from '../../scripts/sample/pointer';
import sampleJson from '../../scripts/sample/sample-plant.json';
import { startSampleService, startTrialService } from '../../test/support/trial-service';
import type { RunningService } from './service/serving';
import { runInProcess, type CliResult } from './testing/test-io';

const sampleFolder = path.join(__dirname, '..', '..', 'scripts', 'sample');
const sampleFile = path.join(sampleFolder, 'sample-plant.json');
const sampleFiles = path.join(sampleFolder, 'files');
const plant = '91140000MA0FAKE01X';
const homeDir = temporaryFolder('cli');
let running: RunningService;

function cli(...argv: readonly string[]): Promise<CliResult> {
  return runInProcess(argv, { homeDir, env: { CARBON_LEDGER_URL: running.url }, now: () => new Date() });
}

interface Answer {
  readonly counts: Readonly<Record<string, number>>;
  readonly files: readonly { path: string; verdict: string; reason: string; pathBytes?: string }[];
  readonly lacking: readonly { name: string; key: string; namedBy: string; record?: string }[];
  readonly lists: readonly string[];
  readonly anchored: number;
  readonly already: number;
}

async function json(...argv: readonly string[]): Promise<{ code: number; answer: Answer }> {
  const { code, stdout } = await cli(...argv, '--json');
  return { code, answer: JSON.parse(stdout) as Answer };
}

/** A copy of the sample's documents, to be changed. */
function copied(): string {
  const folder = path.join(temporaryFolder('cli'), 'files');
  cpSync(sampleFiles, folder, { recursive: true });
  return folder;
}

const ownData = (): string => path.join(temporaryFolder('cli'), 'data');

beforeAll(async () => {
  running = await startSampleService(ownData(), 'with documents');
});
afterAll(() => running.close());

describe('verify of a folder', () => {
  it('answers yes to it by another name, twice over, and with a manifest that was saved by another editor', async () => {
    const folder = copied();
    expect((await cli('verify', `${folder}/`, path.join(folder, '.', 'reports', '..'))).code).toBe(0);
    const list = path.join(folder, 'manifest.json');
    const text = JSON.stringify(JSON.parse(readFileSync(list, 'utf8')), null, 4).replaceAll('\n', '\r\n');
    writeFileSync(list, `\ufeff${text}\r\n`);
    expect((await cli('verify', folder)).code).toBe(0);
  });

  it('answers yes to the untouched sample, whose manifest is a list and no document', async () => {
    const { code, answer } = await json('verify', sampleFiles);
    expect(code).toBe(0);
    expect(answer.lists).toEqual([path.join(sampleFiles, 'manifest.json')]);
    expect(answer.counts).toEqual({
      consistent: 142,
      'no-longer-stands': 0,
      questioned: 0,
      inconsistent: 0,
      'not-found': 0,
      undecidable: 0,
    });
    expect((await json('verify', sampleFiles, '--party', plant)).code).toBe(0);
  });

  it('names a report that the folder lacks, by the ledger and by the manifest', async () => {
    const folder = copied();
    const report = 'FIC-CQ-202401-U1-101.pdf';
    rmSync(path.join(folder, 'reports', report));
    const byList = await json('verify', folder);
    expect(byList.code).toBe(1);
    expect(byList.answer.lacking).toMatchObject([{ name: path.join(folder, 'reports', report), namedBy: 'manifest' }]);
    rmSync(path.join(folder, 'manifest.json'));
    expect((await json('verify', folder)).code).toBe(0);
    const byLedger = await json('verify', folder, '--party', plant, '--unit', 'U1', '--period', '2024-01');
    expect(byLedger.code).toBe(1);
    expect(byLedger.answer.lacking).toMatchObject([
      { name: report, namedBy: 'ledger', key: `${plant}/U1/2024-01/test-report`, record: expect.any(String) as string },
    ]);
    expect((await json('verify', folder, '--party', plant, '--unit', 'U2')).code).toBe(0);
    expect((await cli('verify', folder, '--party', plant, '--period', '2024')).stdout).toContain('缺失 lacking');
  });

  it('lacks everything where a folder holds nothing', async () => {
    const folder = temporaryFolder('cli');
    const { code, answer } = await json('verify', folder, '--party', plant, '--period', '2024');
    expect(code).toBe(1);
    expect(answer.lacking.length).toBeGreaterThan(100);
  });

  it.each([
    [['--unit', 'U1'], 2],
    [['--period', '2024'], 2],
    [['--party', plant, '--period', '2024-13'], 2],
    [['--party', plant, '--period', '2024/1'], 2],
  ])('is called wrongly with %j', async (options, code) => {
    expect((await cli('verify', sampleFiles, ...options)).code).toBe(code);
  });

  it('cannot tell where nothing was looked at', async () => {
    const folder = temporaryFolder('cli');
    expect(await json('verify', folder)).toMatchObject({
      code: 3,
      answer: { files: [{ verdict: 'undecidable', reason: expect.stringContaining('empty') as string }] },
    });
    symlinkSync(path.join(sampleFiles, 'manifest.json'), path.join(folder, 'link.json'));
    mkdirSync(path.join(folder, 'below'));
    execFileSync('mkfifo', [path.join(folder, 'below', 'pipe')]);
    const { code, answer } = await json('verify', folder);
    expect(code).toBe(3);
    expect(answer.files.map((file) => [path.basename(file.path), file.verdict])).toEqual([
      ['pipe', 'undecidable'],
      ['link.json', 'undecidable'],
    ]);
  });

  it('cannot tell of a folder that holds nothing but its manifest', async () => {
    const folder = temporaryFolder('cli');
    writeFileSync(path.join(folder, 'manifest.json'), '{}');
    expect((await json('verify', folder)).code).toBe(3);
  });

  it('takes a manifest.json of another kind for a file like any other', async () => {
    const folder = temporaryFolder('cli');
    writeFileSync(path.join(folder, 'manifest.json'), '{"name":"app","icons":[]}');
    expect(await json('verify', folder)).toMatchObject({ code: 1, answer: { lists: [], counts: { 'not-found': 1 } } });
  });

  it('answers for the good file beside a mistyped one', async () => {
    const good = path.join(sampleFiles, 'reports', 'FIC-CQ-202401-U1-101.pdf');
    const { code, answer } = await json('verify', `${good}x`, good, '/proc/1/mem/x');
    expect(code).toBe(3);
    expect(answer.files.map(({ verdict }) => verdict)).toEqual(['undecidable', 'consistent', 'undecidable']);
    expect(answer.files[0]?.reason).toContain('ENOENT');
  });

  it('finds a document under a name in GBK', async () => {
    const folder = temporaryFolder('cli');
    const name = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from('bcecb2e2b1a8b8e6', 'hex')]);
    cpSync(path.join(sampleFiles, 'reports', 'FIC-CQ-202401-U1-101.pdf'), path.join(folder, 'report'));
    execFileSync('python3', [
      '-c',
      'import os,sys; os.rename(sys.argv[1], bytes.fromhex(sys.argv[2]))',
      path.join(folder, 'report'),
      name.toString('hex'),
    ]);
    expect(await json('verify', folder)).toMatchObject({
      code: 0,
      answer: {
        files: [{ path: path.join(folder, '检测报告'), pathBytes: name.toString('hex'), verdict: 'consistent' }],
      },
    });
  });
});

describe('documents of an import', () => {
  function withManifest(
    change: (manifest: Record<string, { role: string; path: string }[]>) => void,
  ): Promise<CliResult> {
    const folder = copied();
    const file = path.join(folder, 'manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { role: string; path: string }[]>;
    change(manifest);
    writeFileSync(file, JSON.stringify(manifest));
    return cli('import', 'plant-year', sampleFile, '--documents', folder, '--trial-keys', '--json');
  }

  it('must be of the record that the manifest gives them to', async () => {
    const [january, february] = [`${plant}/U1/2024-01`, `${plant}/U1/2024-02`];
    const swapped = await withManifest((manifest) => {
      manifest[`${january}/test-report`] = manifest[`${february}/test-report`]!;
      manifest[`${january}/monthly-evidence`]![1]!.path = 'production/U2-2024-01.xlsx';
      manifest[`${february}/monthly-evidence`]![0]!.path = 'coal/U1-2024-03-daily.csv';
    });
    expect(swapped.code).toBe(1);
    const { faults } = JSON.parse(swapped.stdout) as { faults: { path: string; message: string }[] };
    expect(faults.map(({ path: key }) => key.replace(`${plant}/`, ''))).toEqual([
      'U1/2024-02/test-report',
      'U1/2024-03/monthly-evidence',
      'U2/2024-01/monthly-evidence',
      'U1/2024-01/monthly-evidence',
      'U1/2024-02/monthly-evidence',
    ]);
    expect(faults.at(-2)?.message).toContain('R-D22: U2-2024-01.xlsx is about U2, not U1');
  });

  it('must be of a record that the file makes', async () => {
    const { code, stdout } = await withManifest((manifest) => {
      manifest[`${plant}/U3/2024-01/test-report`] = [{ role: 'report', path: 'plans/U1-2024.txt' }];
    });
    expect(code).toBe(1);
    expect(stdout).toContain(`${plant}/U3/2024-01/test-report`);
  });
});

describe('a plant-year of other bytes', () => {
  it('is refused, and read where its encoding is said', async () => {
    const file = path.join(temporaryFolder('cli'), 'gbk.json');
    const text = JSON.stringify(sampleJson);
    // Only the enterprise's name is put into GBK; the rest becomes ASCII.
    const [before, after] = text.split('晋北示范发电') as [string, string];
    const ascii = (part: string): Buffer =>
      Buffer.from(part.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`));
    writeFileSync(file, Buffer.concat([ascii(before), Buffer.from('bdfab1b1cabeb7b6b7a2b5e7', 'hex'), ascii(after)]));
    const refused = await cli('check', 'plant-year', file);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('BAD_ENCODING')]);
    expect(refused.stderr).toContain('--encoding gb18030');
    expect((await cli('check', 'plant-year', file, '--encoding', 'GBK')).code).toBe(0);
    expect((await cli('check', 'plant-year', sampleFile, '--encoding', 'gb18030')).code).toBe(2);
    expect((await cli('check', 'plant-year', file, '--encoding', 'latin1')).code).toBe(2);
  });

  it('shows what cannot be read and says of it neither rule nor cost', async () => {
    const file = path.join(temporaryFolder('cli'), 'space.json');
    const sample: Json = structuredClone(sampleJson);
    writeFileSync(file, JSON.stringify(edited(sample, { '/units/0/months/0/coalConsumption_t': '115272.04 ' })));
    const { code, stdout } = await cli('check', 'plant-year', file);
    expect(code).toBe(1);
    expect(stdout).toContain('"115272.04 " is not a decimal number');
    expect(stdout).not.toMatch(/rules|downstream|chain breaks/);
    writeFileSync(file, JSON.stringify(edited(sample, { '/units/0/name': '一号机组' })));
    const named = await cli('check', 'plant-year', file);
    expect(named.stdout).not.toMatch(/chain breaks|cannot be computed/);
  });
});

describe('imports that run at once', () => {
  let other: RunningService;
  beforeAll(async () => {
    other = await startTrialService(ownData());
  });
  afterAll(() => other.close());

  it('all end well, and anchor everything once', async () => {
    // Each with a clock of its own: what is signed at the same second is one and the same submission.
    const run = (behind: number): Promise<CliResult> =>
      runInProcess(['import', 'plant-year', sampleFile, '--trial-keys', '--json', '--url', other.url], {
        homeDir,
        now: () => new Date(Date.now() - behind * 60_000),
      });
    const results = await Promise.all([0, 1, 2].map(run));
    expect(results.map(({ code, stderr }) => [code, stderr.replace(/^Trial ledger.*\n/, '')])).toEqual(
      results.map(() => [0, '']),
    );
    const answers = results.map(({ stdout }) => JSON.parse(stdout) as Answer);
    expect(answers.reduce((sum, { anchored }) => sum + anchored, 0)).toBe(120);
    for (const { anchored, already } of answers) expect(anchored + already).toBeGreaterThanOrEqual(103);
  });
});

describe('verify of many files', () => {
  it('lists the verdicts that are asked for, and writes all of them to a file', async () => {
    const folder = copied();
    writeFileSync(path.join(folder, 'strange.txt'), 'nobody knows it');
    rmSync(path.join(folder, 'surrender', '2024.txt'));
    const report = path.join(temporaryFolder('cli'), 'verdicts.csv');
    const all = await cli('verify', folder, '-o', report, '--only', 'not-found,lacking');
    expect(all.code).toBe(1);
    expect(all.stdout.trim().split('\n')).toEqual([
      expect.stringContaining('strange.txt'),
      expect.stringMatching(/^缺失 lacking .*surrender\/2024\.txt/),
    ]);
    expect(all.stderr).toMatch(/一致 141 · 不一致 0 · 未找到 1 · 无法判定 1 · 缺失 1/);
    const rows = readFileSync(report, 'utf8').trim().split('\r\n');
    expect(rows[0]).toMatch(/^文件,结论,verdict,说明,业务键/);
    expect(rows.filter((row) => row.includes(',一致,consistent,')).length).toBeGreaterThan(140);
    expect(rows.filter((row) => /strange\.txt,未找到,not-found|2024\.txt,缺失,lacking/.test(row))).toHaveLength(2);
    const { code, answer } = await json('verify', folder, '--only', 'not-found');
    expect([code, answer.files.length, answer.lacking, answer.counts['not-found']]).toEqual([1, 1, [], 1]);
  });

  it('is told which verdicts there are, and how a list can be written, before it looks at a file', async () => {
    expect(await cli('verify', 'nowhere', '--only', 'missing')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('consistent, no-longer-stands, questioned, inconsistent') as string,
    });
    expect(await cli('verify', 'nowhere', '-o', 'x.pdf')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('x.pdf: write to a file that ends in .xlsx or .csv') as string,
    });
  });
});
