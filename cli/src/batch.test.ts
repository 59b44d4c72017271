import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { shelvedRules } from '@carbon-ledger/core';
import { trialNationalAuthority } from '@carbon-ledger/plant-year/trial';
import { templateOf, writeCsv, writeTemplate } from '@carbon-ledger/spreadsheets';
import { sampleLedger } from '../../test/support/sample-ledger';

/* A laboratory anchors a folder of reports by the table of their results, in a year for which the plant engaged it. */

const plant = '91140000MA0FAKE01X';
const lab = '91140100MA0FAKE2XU';
const { sector, methodology } = shelvedRules('CN-ETS-POWER', '2025');
const rules = { sector, methodology };
const form = templateOf('lab-results', rules);
const { cli, taken, answered, refused, work } = sampleLedger();
const folder = path.join(work, '报告');

type Row = Record<string, string>;
interface Summary {
  readonly anchored: readonly { readonly key: string; readonly files: readonly string[] }[];
  readonly already: readonly string[];
  readonly submissions: number;
}

const months = ['2025-05', '2025-06', '2025-07'];
const numberOf = (month: string): string => `FIC-CQ-${month.replace('-', '')}-U1`;
const after = (month: string, day: string): string => `2025-0${String(Number(month.slice(6)) + 1)}-${day}`;

function row(month: string, other: Row = {}): Row {
  return {
    uscc: plant,
    unit: 'U1',
    month,
    reportNo: numberOf(month),
    sampleKind: '月缩分样',
    received: after(month, '05'),
    testStart: after(month, '07'),
    testEnd: after(month, '09'),
    issued: after(month, '19'),
    qualification: '240417250001',
    Cad_pct: '62.45',
    Mad_pct: `2.9${month.slice(6)}`,
    Had_pct: '3.67',
    Qgr_ad_MJ_kg: '24.916',
    Qnet_ar_GJ_t: '21.595',
    St_ad_pct: '0.77',
    ...other,
  };
}

function workbook(name: string, rows: readonly Row[]): string {
  const known = new Set(form.tables[0]?.columns.map(({ id }) => id));
  const kept = rows.map((one) => Object.fromEntries(Object.entries(one).filter(([id]) => known.has(id))));
  const place = path.join(work, name);
  writeFileSync(place, writeTemplate(form, rules, { reports: kept }));
  return place;
}

const report = (name: string, text = name): void => {
  writeFileSync(path.join(folder, name), `%PDF-1.7 ${text}`);
};
const batch = (results: string, ...more: string[]): string[] => [
  ...['anchor', '--batch', folder, '--results', results, '--type', 'test-report', '--year', '2025'],
  ...['--as', lab, ...more],
];

/** The receipt of a month's sample. */
function sampled(month: string): string[] {
  return [
    ...['file', 'sample-receipt', '--subject', plant, '--unit', 'U1', '--period', month, '--as', lab],
    ...['--set', `sampleNo=U1-${month}`, '--set', `sampleMonth=${month}`, '--set', 'sampleKind=月缩分样'],
    ...['--set', `received=${after(month, '05')}`],
  ];
}

function daySample(label: string, month: string): string[] {
  const fields = { sampleNo: `U1-${month}-${label}`, sampleMonth: month, sampleKind: '日样', received: `${month}-05` };
  return Object.entries(fields).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
}

beforeAll(async () => {
  mkdirSync(folder);
  for (const month of months) report(`检测报告 ${numberOf(month)}.pdf`);
  const power = path.join(__dirname, '..', '..', 'sectors', 'power', '2025-2026-draft');
  await taken('methodology', 'file', power, '--year', '2025', '--as', trialNationalAuthority.uscc);
  await taken(
    ...['file', 'engagement', '--label', 'testing', '--period', '2025', '--set', `party=${lab}`],
    ...['--set', 'contractNo=HT-2025-001', '--as', plant],
  );
  for (const month of months) await taken(...sampled(month));
});

it('names every row without a file, every file without a row, and the files of two rows, and anchors nothing', async () => {
  report('FIC-CQ-202501-U9.pdf');
  const rows = [...months.map((month) => row(month)), row('2025-08'), row('2025-05', { unit: 'U2' })];
  const told = await refused(...batch(workbook('wrong.xlsx', rows)));
  expect(told).toMatch(/BATCH_UNMATCHED/);
  expect(told).toContain(`no file bears ${numberOf('2025-08')} in its name`);
  expect(told).toContain('FIC-CQ-202501-U9.pdf');
  expect(told).toMatch(/202505-U1\.pdf.*both name it/);
  expect(await answered<{ items: unknown[] }>('list', '--type', 'test-report', '--period', '2025-05')).toMatchObject({
    items: [],
  });
});

it('anchors all of them in one submission, and the same command again leaves them alone', async () => {
  rmSync(path.join(folder, 'FIC-CQ-202501-U9.pdf'));
  const first = workbook(
    'two.xlsx',
    months.map((month) => row(month)),
  );
  const summary = await answered<Summary>(...batch(first));
  expect(summary.submissions).toBe(1);
  expect(summary.anchored.map(({ key, files }) => [key, ...files])).toEqual(
    months.map((month) => [`${plant}/U1/${month}/test-report`, `检测报告 ${numberOf(month)}.pdf`]),
  );
  const again = await answered<Summary>(...batch(first));
  expect(again).toMatchObject({ anchored: [], submissions: 0 });
  expect(again.already).toHaveLength(months.length);
  expect(await taken('verify', folder)).toContain('一致');
});

it('files the report of a day under its day and that of a batch under its number, on the receipt of the same sample', async () => {
  const month = '2025-06';
  const [days, samples] = [path.join(work, '每日'), ['03', '04', 'B01']];
  mkdirSync(days);
  const lines = samples.map((label): Row => {
    const of = label === 'B01' ? { batchNo: label } : { sampleDay: `${month}-${label}` };
    const reportNo = `FIC-CQ-${label}-202506`;
    writeFileSync(path.join(days, `${reportNo}.pdf`), `%PDF-1.7 ${label}`);
    return row(month, { reportNo, sampleKind: '日样', received: `${month}-05`, ...of });
  });
  for (const { sampleDay, batchNo } of lines) {
    const of = sampleDay === undefined ? ['batchNo', batchNo] : ['sampleDay', sampleDay];
    const label = sampleDay?.slice(8) ?? batchNo ?? '';
    const about = ['--subject', plant, '--unit', 'U1', '--period', month, '--as', lab, '--set', of.join('=')];
    await taken('file', 'sample-receipt', '--label', label, ...about, ...daySample(label, month));
  }
  const command = ['anchor', '--batch', days, '--type', 'test-report', '--year', '2025', '--as', lab, '--results'];
  const { anchored } = await answered<Summary>(...command, workbook('days.xlsx', lines));
  expect(anchored.map(({ key }) => key)).toEqual(samples.map((label) => `${plant}/U1/${month}/test-report.${label}`));
  const twice = await refused(...command, workbook('twice.xlsx', [...lines, lines[1] ?? {}]));
  expect(twice).toMatch(/A7: ROW_TWICE: row 7 is about the same as row 5: .*2025-06-04[\s\S]*\(see A5\)/);
});

it('tells every cell of a CSV that cannot be taken', async () => {
  const columns = form.tables[0]?.columns ?? [];
  const line = row('2025-05', { Mad_pct: '2,9a', issued: '2025-02-30' });
  const csv = writeCsv([columns.map(({ title }) => title.zh), columns.map(({ id }) => line[id] ?? '')]);
  writeFileSync(path.join(work, 'results.csv'), csv);
  const told = await refused(...batch(path.join(work, 'results.csv')));
  expect(told).toMatch(/SHEET_FAULTS/);
  expect(told).toContain('2,9a');
  expect(told).toContain('2025-02-30');
});

it('answers a batch that is put into a watched folder, once, and tells what it refuses', async () => {
  const watched = path.join(work, 'out');
  const month = '2025-08';
  mkdirSync(path.join(watched, '八月'), { recursive: true });
  mkdirSync(path.join(watched, '空'), { recursive: true });
  await taken(...sampled(month));
  writeFileSync(path.join(watched, '八月', `${numberOf(month)}.pdf`), '%PDF-1.7 eight');
  copyFileSync(workbook('eight.xlsx', [row(month)]), path.join(watched, '八月', 'results.xlsx'));
  const look = async (): Promise<unknown> => {
    const { stdout } = await cli(['agent', watched, '--once', '--as', lab, '--json']);
    return (JSON.parse(stdout) as { answers: unknown }).answers;
  };
  expect(await look()).toMatchObject([
    { batch: '八月', done: 'anchored', anchored: [{ files: [`${numberOf(month)}.pdf`] }] },
    { batch: '空', done: 'refused', code: 'BATCH_UNMATCHED' },
  ]);
  expect(await look()).toEqual([]);
  mkdirSync(path.join(watched, '丙'));
  writeFileSync(path.join(watched, '丙', 'a.xlsx'), 'no workbook');
  mkdirSync(path.join(watched, '丁'));
  writeFileSync(path.join(watched, '丁', 'month.xlsx'), writeTemplate(templateOf('annual-report', rules), rules));
  expect(await look()).toMatchObject([
    { batch: '丁', done: 'refused' },
    { batch: '丙', done: 'refused', code: 'SHEET_FAULTS' },
  ]);
  for (const name of ['丙', '丁']) rmSync(path.join(watched, name), { recursive: true });
  expect(readdirSync(path.join(watched, 'answers'))).toHaveLength(4);
  copyFileSync(workbook('eight.xlsx', [row(month)]), path.join(watched, '空', 'results.xlsx'));
  expect(await look()).toMatchObject([{ batch: '空', done: 'refused', code: 'BATCH_UNMATCHED' }]);
});

function withdrawn(key: string): string[] {
  return [
    ...['file', 'revocation', '--on', key, '--as', lab],
    ...['--set', 'reason=WITHDRAWN_BY_ISSUER', '--set', 'statement=更正'],
  ];
}

it('is no yes once a report does not stand any more', async () => {
  const key = `${plant}/U1/2025-07/test-report`;
  await taken(...withdrawn(key));
  const { code, stdout } = await cli(batch(path.join(work, 'two.xlsx')));
  expect([code, stdout]).toEqual([1, expect.stringContaining(`${key} does not stand any more`)]);
});

it('says what goes together and what does not', async () => {
  const usage = async (...argv: string[]): Promise<string> => {
    const { code, stderr } = await cli(argv);
    return `${String(code)} ${stderr}`;
  };
  const alone = ['anchor', '--type', 'test-report', '--as', lab];
  expect(await usage(...alone, '--batch', folder)).toMatch(/^2 .*USAGE.*--results/s);
  expect(await usage(...alone)).toMatch(/^2 .*USAGE.*--batch/s);
  expect(await usage(...batch('x.xlsx', '--unit', 'U1'))).toMatch(/^2 .*USAGE.*--unit/s);
});
