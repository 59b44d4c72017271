import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { receiptsInCertificate } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { startSampleService } from '../../../test/support/trial-service';
import type { RunningService } from '../service/serving';
import { runInProcess, type CliResult } from '../testing/test-io';

const sample = path.join(__dirname, '../../../scripts/sample');
const annual = '91140000MA0FAKE01X/PLANT/2024/annual-report';
const homeDir = temporaryFolder('cli');
const work = temporaryFolder('cli');
const at = (name: string): string => path.join(work, name);
let running: RunningService;

function cli(...argv: readonly string[]): Promise<CliResult> {
  return runInProcess(argv, { homeDir, env: { CARBON_LEDGER_URL: running.url }, now: () => new Date() });
}

async function json(...argv: readonly string[]): Promise<{ code: number; answer: Record<string, unknown> }> {
  const { code, stdout, stderr } = await cli(...argv, '--json');
  return { code, answer: JSON.parse(stdout === '' ? stderr : stdout) as Record<string, unknown> };
}

/** One more record: the newest checkpoint is another one. */
async function grow(): Promise<void> {
  const plant = ['--as', '91140000MA0FAKE01X', '--trial-keys'];
  writeFileSync(at('reason.txt'), '更正');
  writeFileSync(at('reason.json'), JSON.stringify({ reason: 'CORRECTION', statement: '更正' }));
  const key = '91140000MA0FAKE01X/U1/2024-02/monthly-evidence';
  const about = ['--type', 'supersession', '--label', 'monthly-evidence', '--unit', 'U1', '--period', '2024-02'];
  const { code, stderr } = await cli(
    ...['anchor', at('reason.txt'), ...about, '--content', at('reason.json'), '--cite', `superseded=${key}`, ...plant],
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
}

beforeAll(async () => {
  running = await startSampleService(path.join(temporaryFolder('cli'), 'data'), 'with documents');
});
afterAll(() => running.close());

describe('certificate of a record', () => {
  it('is the same whenever it is asked for, and verify-receipt reads the receipt in it', async () => {
    expect((await cli('certificate', annual, '-o', at('one.pdf'))).code).toBe(0);
    await cli('certificate', annual, '-o', at('two.pdf'));
    expect(readFileSync(at('one.pdf')).equals(readFileSync(at('two.pdf')))).toBe(true);
    const { code, answer } = await json('verify-receipt', at('one.pdf'));
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      result: 'PASS',
      pages: { asIssued: true },
      receipts: [{ result: 'PASS', record: { key: annual } }],
    });
    const text = await cli('verify-receipt', at('one.pdf'));
    expect(text.stdout).toMatch(/版面与附件一致[\s\S]*PASS/);
  });

  it('cannot tell where the pages were altered, though the receipt passes', async () => {
    await cli('certificate', annual, '-o', at('one.pdf'), '--language', 'en');
    const pdf = readFileSync(at('one.pdf'));
    pdf.write('Z', pdf.indexOf('/Title (') + 12, 'latin1');
    writeFileSync(at('altered.pdf'), pdf);
    const { code, answer } = await json('verify-receipt', at('altered.pdf'));
    expect([code, answer['result'], answer['pages']]).toEqual([3, 'UNDECIDABLE', { asIssued: false }]);
  });

  it('is found by the file that it names, or made of its receipt alone', async () => {
    const report = path.join(sample, 'files/reports/FIC-CQ-202401-U1-101.pdf');
    expect((await cli('certificate', report, '-o', at('report.pdf'))).code).toBe(0);
    expect((await json('verify-receipt', at('report.pdf'), '--document', report)).code).toBe(0);
    const other = path.join(sample, 'files/reports/FIC-CQ-202402-U1-102.pdf');
    expect((await json('verify-receipt', at('report.pdf'), '--document', other)).answer).toMatchObject({
      receipts: [{ result: 'FAIL', code: 'DOCUMENT_MISMATCH' }],
    });
    await cli('receipt', annual, '-o', at('annual.receipt'));
    expect((await cli('certificate', at('annual.receipt'), '-o', at('offline.pdf'))).code).toBe(0);
    expect((await json('verify-receipt', at('offline.pdf'))).answer).toMatchObject({ pages: { asIssued: true } });
    await cli('receipt', annual, '-o', at('text.receipt'), '--text');
    writeFileSync(at('forged.receipt'), readFileSync(at('text.receipt'), 'utf8').replace('"version":1', '"version":2'));
    const forged = await cli('certificate', at('forged.receipt'), '-o', at('forged.pdf'));
    expect([forged.code, existsSync(at('forged.pdf'))]).toEqual([1, false]);
  });

  it.each([
    [['certificate', 'rec:00', '-o', 'x.pdf'], /BAD_REQUEST|NOT_FOUND|rec:/],
    [['certificate', annual, '-o', 'x.pdf', '--language', 'fr'], /--language fr/],
    [['certificate', path.join(sample, 'sample-plant.json'), '-o', 'x.pdf'], /no record/],
    [['verify-receipt', path.join(sample, 'files/reports/FIC-CQ-202401-U1-101.pdf')], /CERTIFICATE_MALFORMED/],
  ])('refuses %j', async (argv, reason) => {
    const { code, stderr } = await cli(...argv);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(reason);
  });
});

describe('certificate of a folder', () => {
  const copied = (): string => {
    const folder = path.join(temporaryFolder('cli'), 'reports');
    cpSync(path.join(sample, 'files/reports'), folder, { recursive: true });
    return folder;
  };

  it('carries the receipt of every record that names a file of it, and the list', async () => {
    const folder = copied();
    const { code, answer } = await json('certificate', folder, '-o', at('folder.pdf'));
    expect(code).toBe(0);
    const receipts = receiptsInCertificate(readFileSync(at('folder.pdf')));
    expect(receipts).toHaveLength((answer['records'] as unknown[]).length);
    const report = path.join(folder, 'FIC-CQ-202401-U1-101.pdf');
    const verified = await json('verify-receipt', at('folder.pdf'), '--document', report);
    expect(verified).toMatchObject({ code: 0, answer: { pages: { asIssued: true }, documentNamed: true } });
    const stranger = path.join(sample, 'sample-plant.json');
    expect(await json('verify-receipt', at('folder.pdf'), '--document', stranger)).toMatchObject({
      code: 1,
      answer: { result: 'FAIL', documentNamed: false },
    });
  });

  it('is the same when the log has grown; one that leads to a site of its own, or is too large for the service, is made here', async () => {
    const folder = copied();
    await json('certificate', folder, '-o', at('before.pdf'));
    await grow();
    await json('certificate', folder, '-o', at('after.pdf'));
    expect(readFileSync(at('after.pdf')).equals(readFileSync(at('before.pdf')))).toBe(true);
    const { code } = await json('certificate', folder, '-o', at('own.pdf'), '--site', 'https://ledger.example');
    expect(code).toBe(0);
    expect(readFileSync(at('own.pdf')).equals(readFileSync(at('before.pdf')))).toBe(false);
    expect((await json('verify-receipt', at('own.pdf'))).answer).toMatchObject({ pages: { asIssued: true } });
    const deep = path.join(folder, ...Array.from({ length: 9 }, () => '很深的文件夹'.repeat(10)));
    mkdirSync(deep, { recursive: true });
    cpSync(path.join(sample, 'files/reports/FIC-CQ-202401-U1-101.pdf'), path.join(deep, 'FIC-CQ-202401-U1-101.pdf'));
    expect((await json('certificate', folder, '-o', at('deep.pdf'))).code).toBe(0);
  });

  it('names every file that is not anchored as it is, and writes nothing', async () => {
    const folder = copied();
    writeFileSync(path.join(folder, 'FIC-CQ-202401-U1-101.pdf'), 'changed');
    writeFileSync(path.join(folder, 'unknown.txt'), 'unknown');
    const { code, stderr } = await cli('certificate', folder, '-o', at('none.pdf'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/FIC-CQ-202401-U1-101\.pdf/);
    expect(stderr).toMatch(/unknown\.txt/);
    expect(() => readFileSync(at('none.pdf'))).toThrow('ENOENT');
  });
});
