import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { shelvedRules } from '@carbon-ledger/core';
import {
  headerOf,
  readWorkbook,
  templateOf,
  writeLists,
  writeTemplate,
  type ColumnSpec,
} from '@carbon-ledger/spreadsheets';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { startSampleService } from '../../test/support/trial-service';
import type { RunningService } from './service/serving';
import { runInProcess, type CliResult } from './testing/test-io';

const sampleFile = path.join(__dirname, '..', '..', 'scripts', 'sample', 'sample-plant.json');
const plant = '91140000MA0FAKE01X';
const work = temporaryFolder('workbooks');
const homeDir = temporaryFolder('workbooks');
let running: RunningService;

const at = (name: string): string => path.join(work, name);

function cli(...argv: readonly string[]): Promise<CliResult> {
  return runInProcess(argv, { homeDir, env: { CARBON_LEDGER_URL: running.url }, now: () => new Date() });
}

/** As the enterprise, on the trial ledger. */
const asPlant = (...argv: readonly string[]): Promise<CliResult> =>
  cli(...argv, '--as', plant, '--trial-keys', '--json');

const { sector, methodology } = shelvedRules('CN-ETS-POWER', '2024');
const rules = { sector, methodology };

/** Of the sample: U1 in a month without daily records. */
function evidenceOf(month: number): Record<string, string> {
  const sample = JSON.parse(readFileSync(sampleFile, 'utf8')) as {
    units: { months: Record<string, string>[] }[];
  };
  const row = sample.units[0]?.months[month] ?? {};
  const columns = templateOf('monthly-evidence', rules).tables[0]?.columns.map(({ id }) => id) ?? [];
  const figures = Object.fromEntries(columns.flatMap((id) => (typeof row[id] === 'string' ? [[id, row[id]]] : [])));
  return { ...figures, unit: 'U1', month: row['month'] ?? '', carbonBasis: 'measured' };
}

function workbook(name: string, ...months: readonly Record<string, string>[]): string {
  writeFileSync(at(name), writeTemplate(templateOf('monthly-evidence', rules), rules, { months }));
  return at(name);
}

beforeAll(async () => {
  running = await startSampleService(at('data'), 'without documents');
});
afterAll(() => running.close());

describe('template', () => {
  it('writes the workbook of a form', async () => {
    const { code, stdout } = await cli(
      'template',
      'monthly-evidence',
      '--year',
      '2024',
      '-o',
      at('empty.xlsx'),
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'monthly-evidence',
      year: '2024',
      sheets: ['月度汇总', '逐日数据'],
    });
    expect(readWorkbook(readFileSync(at('empty.xlsx'))).sheets[0]?.name).toBe('月度汇总');
    expect((await cli('template', 'unheard-of', '-o', at('x.xlsx'))).code).toBe(2);
  });
});

describe('anchor with a workbook', () => {
  const key = `${plant}/U1/2024-02/monthly-evidence`;

  it('refuses a workbook with all its faults, on screen and as a workbook, and anchors nothing', async () => {
    const file = workbook(
      'faulty.xlsx',
      { ...evidenceOf(1), generation_MWh: '1.23456', heatSupply_GJ: '' },
      evidenceOf(1),
    );
    const { code, stderr } = await cli(
      'anchor',
      file,
      '--type',
      'monthly-evidence',
      '--as',
      plant,
      '--trial-keys',
      '--faults',
      at('faults.xlsx'),
    );
    expect(code).toBe(1);
    for (const words of [
      '月度汇总!M4: CELL_ROUNDING',
      '1.235',
      '月度汇总!N4: CELL_EMPTY',
      '月度汇总!A5: ROW_TWICE',
      '请按规定位数四舍五入',
    ])
      expect(stderr).toContain(words);
    expect(readWorkbook(readFileSync(at('faults.xlsx'))).sheets[0]?.rows).toHaveLength(4);
  });

  it('refuses figures that the workbook says otherwise, and a workbook of another unit', async () => {
    const file = workbook('february.xlsx', evidenceOf(1));
    writeFileSync(at('figures.json'), JSON.stringify({ ...figuresOf(evidenceOf(1)), coalConsumption_t: '1.00' }));
    writeFileSync(at('content.json'), JSON.stringify({ carbonBasis: 'default' }));
    const stated = [
      '--type',
      'monthly-evidence',
      '--period',
      '2024-02',
      '--figures',
      at('figures.json'),
      '--content',
      at('content.json'),
    ];
    const { code, stderr } = await asPlant('anchor', file, ...stated, '--unit', 'U1');
    expect(code).toBe(1);
    const { error } = JSON.parse(stderr.slice(stderr.indexOf('{'))) as {
      error: { code: string; faults: { path: string }[] };
    };
    expect(error.code).toBe('CELL_DIFFERS');
    expect(error.faults.map((fault) => fault.path)).toEqual(['月度汇总!C4', '月度汇总!E4']);
    const other = await asPlant('anchor', file, ...stated, '--unit', 'U2');
    expect(other.stderr).toContain('has no row for monthly-evidence U2 2024-02: it is about U1 2024-02');
  });

  it('tells what the ledger refuses with the cell of the figure', async () => {
    const file = workbook('wrong.xlsx', { ...evidenceOf(1), emission_tCO2: '1.00' });
    await open(key, 'U1', '2024-02');
    const { code, stderr } = await asPlant('anchor', file, '--type', 'monthly-evidence');
    expect(code).toBe(1);
    expect(stderr).toContain('月度汇总!L4: ');
  });

  it('files straight from it: citations follow from the row, each figure keeps its cell', async () => {
    const file = workbook('right.xlsx', evidenceOf(1));
    const { code, stdout, stderr } = await asPlant('anchor', file, '--type', 'monthly-evidence');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { records } = JSON.parse(stdout) as { records: { record: string; key: string; version: number }[] };
    expect(records).toMatchObject([{ key, version: 2 }]);
    const answer = await cli('trace', `${key}#emission_tCO2`, '--json');
    expect(JSON.parse(answer.stdout)).toMatchObject({ status: 'intact' });
    const exported = await cli('export', 'ledger', '-o', at('ledger.jsonl'));
    expect(exported.code).toBe(0);
    expect(readFileSync(at('ledger.jsonl'), 'utf8')).toContain('"source":{"document":0,"place":"月度汇总!E4"}');
  });
});

describe('anchor with a table that was not made from a form', () => {
  const columns = templateOf('monthly-evidence', rules).tables[0]?.columns ?? [];
  const key = `${plant}/U1/2024-03/monthly-evidence`;

  /** Rows under the headers of the form, as another system writes them. */
  function table(...months: readonly Record<string, string>[]): string[][] {
    const asked = columns.filter(({ id }) => months.some((month) => month[id] !== undefined));
    const words = ({ id }: ColumnSpec, value = ''): string => (id === 'carbonBasis' ? '实测' : value);
    return [asked.map(headerOf), ...months.map((month) => asked.map((column) => words(column, month[column.id])))];
  }

  function csv(name: string, rows: string[][], end = '\n'): string {
    writeFileSync(at(name), rows.map((row) => row.join(';')).join(end));
    return at(name);
  }

  it('files each row of CSV, by the rules of its own year, and keeps the cells', async () => {
    await open(key, 'U1', '2024-03');
    const file = csv('march.csv', table(evidenceOf(2)), '\r');
    const { code, stdout, stderr } = await asPlant('anchor', file, '--type', 'monthly-evidence');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ records: [{ key, version: 2 }] });
    expect((await cli('export', 'ledger', '-o', at('later.jsonl'))).code).toBe(0);
    expect(readFileSync(at('later.jsonl'), 'utf8')).toContain('"source":{"document":0,"place":"CSV!D2"}');
  });

  it('tells its faults at their cells, in a workbook of the language of the terminal', async () => {
    const rows = table(evidenceOf(2)).map((row, at) => (at === 0 ? row : ['U1', '3/2024', ...row.slice(2)]));
    writeFileSync(at('other.xlsx'), writeLists([{ name: '导出', headers: rows[0] ?? [], rows: rows.slice(1) }]));
    const asked = ['anchor', at('other.xlsx'), '--type', 'monthly-evidence', '--faults', at('faults-of-table.xlsx')];
    const { code, stderr } = await asPlant(...asked);
    expect(code).toBe(1);
    expect(stderr).toContain('导出!B2');
    const [faults] = readWorkbook(readFileSync(at('faults-of-table.xlsx'))).sheets;
    expect([faults?.name, faults?.rows[1]?.cells.get(5)?.text]).toEqual(['Cells to correct', 'a month as 2024-01']);
  });

  it('is held to what is said beside it, unless it is no whole form', async () => {
    writeFileSync(at('said.json'), JSON.stringify({ ...figuresOf(evidenceOf(2)), coalConsumption_t: '1.00' }));
    const asked = ['--type', 'monthly-evidence', '--unit', 'U1', '--period', '2024-03', '--figures', at('said.json')];
    const whole = await asPlant('anchor', csv('whole.csv', table(evidenceOf(2))), ...asked);
    expect(whole.stderr).toContain('"path": "CSV!');
    expect(whole.stderr).toContain('CELL_DIFFERS');
    const other = await asPlant('anchor', csv('june.csv', table(evidenceOf(5))), ...asked);
    expect(other.stderr).toContain('has no row for monthly-evidence U1 2024-03: it is about U1 2024-06');
    const part = table(evidenceOf(2)).map((row) => row.slice(0, 2));
    const { stderr } = await asPlant('anchor', csv('part.csv', part), ...asked);
    expect(stderr).toContain('coalConsumption_t is not a figure of monthly-evidence');
  });
});

it('refuses a workbook of another plant: the row says whose sample it was', async () => {
  const form = templateOf('lab-results', rules);
  const row = {
    uscc: plant,
    unit: 'U1',
    month: '2024-02',
    reportNo: 'R-1',
    sampleKind: '月缩分样',
    received: '2024-03-05',
  };
  const days = { testStart: '2024-03-06', testEnd: '2024-03-07', issued: '2024-03-08', qualification: '240417250001' };
  const figures = { Cad_pct: '62.45', Mad_pct: '2.91', Had_pct: '3.67', Qgr_ad_MJ_kg: '24.916', St_ad_pct: '0.77' };
  const reports = [{ ...row, ...days, ...figures, Qnet_ar_GJ_t: '21.595' }];
  writeFileSync(at('lab.xlsx'), writeTemplate(form, rules, { reports }));
  const lab = ['--type', 'test-report', '--as', '91140100MA0FAKE2XU', '--trial-keys', '--json'];
  const subject = ['--subject', '91310000MA0FAKE035'];
  const asRow = await cli('anchor', at('lab.xlsx'), ...lab, ...subject);
  expect(asRow.stderr).toContain(`has no row for test-report 91310000MA0FAKE035: it is about ${plant} U1 2024-02`);
  writeFileSync(at('lab.json'), JSON.stringify(figures));
  const about = ['--unit', 'U1', '--period', '2024-02', '--figures', at('lab.json')];
  const stated = await cli('anchor', at('lab.xlsx'), ...lab, ...subject, ...about);
  expect(stated.stderr).toContain('"CELL_DIFFERS"');
  expect((await cli('anchor', at('lab.xlsx'), ...lab, '--subject', plant, ...about)).stderr).not.toContain(
    'CELL_DIFFERS',
  );
});

describe('a file beside what is to be anchored', () => {
  const asked = ['--type', 'monthly-evidence', '--unit', 'U1', '--period', '2024-03', '--content', at('basis.json')];

  it.each([
    ['a table that cannot be read', 'broken.csv', Buffer.from('a,b\n"x,2\n')],
    ['a table larger than any form', 'minutes.csv', Buffer.from('1\n'.repeat(200_001))],
    ['a workbook of the old format', 'old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  ])('is a document, although it is %s; without it, it is refused for that', async (_, name, bytes) => {
    writeFileSync(at(name), bytes);
    writeFileSync(at('basis.json'), JSON.stringify({ carbonBasis: 'measured', dailyRecords: false }));
    expect((await asPlant('anchor', at(name), ...asked)).stderr).not.toContain('SHEET_');
    const { stderr } = await asPlant('anchor', at(name), '--type', 'monthly-evidence');
    expect(stderr).toMatch(/SHEET_(?:UNREADABLE|TOO_LARGE)/);
  });
});

describe('export', () => {
  it('writes lists as workbooks and as CSV', async () => {
    const party = ['--party', plant];
    expect((await cli('export', 'records', ...party, '-o', at('records.xlsx'), '--as', plant)).code).toBe(0);
    const [records, figures] = readWorkbook(readFileSync(at('records.xlsx'))).sheets;
    expect(records?.rows.length).toBeGreaterThan(50);
    expect(figures?.rows.length).toBeGreaterThan(500);
    expect((await cli('export', 'completeness', ...party, '--year', '2024', '-o', at('all.csv'))).code).toBe(0);
    const text = readFileSync(at('all.csv'), 'utf8');
    expect(text.startsWith('\ufeff统一社会信用代码,机组,月份')).toBe(true);
    expect(text.split('\r\n').filter((line) => line.includes('已存证'))).toHaveLength(24);
    const trace = `${plant}/U1/2024-01/monthly-evidence#emission_tCO2`;
    expect((await cli('export', 'trace', trace, '-o', at('trace.xlsx'))).code).toBe(0);
    expect(readWorkbook(readFileSync(at('trace.xlsx'))).sheets[0]?.rows.length).toBeGreaterThan(5);
    expect((await cli('export', 'figures', ...party, '-o', at('figures.txt'))).code).toBe(2);
  });
});

function figuresOf(row: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !['unit', 'month', 'carbonBasis'].includes(name)));
}

/** The enterprise opens its own record for correction. */
async function open(key: string, unit: string, period: string): Promise<void> {
  writeFileSync(at('reason.txt'), '更正');
  writeFileSync(at('reason.json'), JSON.stringify({ reason: 'CORRECTION', statement: '按工作簿重新提交' }));
  const { code, stderr } = await asPlant(
    ...['anchor', at('reason.txt'), '--type', 'supersession', '--label', 'monthly-evidence', '--unit', unit],
    ...['--period', period, '--content', at('reason.json'), '--cite', `superseded=${key}`],
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
}
