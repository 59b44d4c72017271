import { recordTypes, shelvedMethodologies, shelvedRules } from '@carbon-ledger/core';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { readWorkbook } from '../read-workbook';
import { faultLine, faultWorkbook } from '../fault-report';
import { headerOf } from '../tables/spec';
import { readFiledForm } from './file-form';
import { templateOf } from './forms';
import { rawWorkbook } from '../testing/raw-workbook';
import { readForm, type FormReading } from './read-form';
import { readStamp } from './stamp';
import { templateKinds } from '../kinds';
import type { FormRules, Filling } from './spec';
import { writeTemplate } from './write';

const power: FormRules = ((): FormRules => {
  const { sector, methodology } = shelvedRules('CN-ETS-POWER', '2024');
  return { sector, methodology };
})();

const month = {
  ...{ unit: 'U1', month: '2024-02', carbonBasis: 'measured', generation_MWh: '1.000', heatSupply_GJ: '0.00' },
  ...{ operatingHours_h: '10.00', onGrid_MWh: '1.000', purchasedPower_MWh: '0.000', coalConsumption_t: '115272.04' },
};
const monthly = templateOf('monthly-evidence', power);
const filled = (filling: Filling = { months: [month] }): Uint8Array => writeTemplate(monthly, power, filling);

/** The same workbook with the text of its parts changed. */
function altered(bytes: Uint8Array, change: (text: string, part: string) => string): Uint8Array {
  const parts = Object.entries(unzipSync(bytes)).map(([name, part]) => [
    name,
    strToU8(change(new TextDecoder().decode(part), name)),
  ]);
  return zipSync(Object.fromEntries(parts) as Record<string, Uint8Array>);
}

describe('a template', () => {
  it.each(templateKinds)('%s says which form it is, and holds every column in Chinese', (kind) => {
    const template = templateOf(kind, power);
    const workbook = readWorkbook(writeTemplate(template, power));
    const stamp = readStamp(workbook);
    expect(stamp).toMatchObject({ kind, version: template.version, methodology: 'CN-ETS-POWER', year: '2024' });
    expect([...(stamp?.tables.keys() ?? [])]).toEqual(template.tables.map(({ id }) => id));
    for (const { columns } of template.tables)
      for (const column of columns) expect(headerOf(column)).toMatch(/\p{Script=Han}/u);
    expect(writeTemplate(template, power)).toEqual(writeTemplate(template, power));
  });

  it('has words for every figure of every sector', () => {
    for (const { id, sector, years } of shelvedMethodologies()) {
      const { methodology } = shelvedRules(id, years[0] ?? '');
      for (const kind of ['monthly-evidence', 'stock', 'annual-report'] as const)
        for (const { columns } of templateOf(kind, { sector, methodology }).tables) {
          const headers = columns.map(headerOf);
          expect(headers.filter((header) => !/\p{Script=Han}/u.test(header))).toEqual([]);
          expect(headers.filter((header) => /[a-z]{3}_|·[a-z]/.test(header))).toEqual([]);
          expect(new Set(headers).size).toBe(headers.length);
        }
    }
  });

  it('takes units and decimals from the methodology, and the fields of a test report from its type', () => {
    const specs = power.methodology.figures['monthly-evidence@unit'] ?? [];
    const [{ columns } = { columns: [] }] = monthly.tables;
    for (const { name, unit, decimals } of specs.filter((spec) => !spec.name.endsWith('*')))
      expect(columns.find(({ id }) => id === name)).toMatchObject({ unit, rule: { kind: 'decimal', decimals } });
    const fields = Object.keys(recordTypes['test-report'].example as object).filter((name) => name !== 'sampleMonth');
    const [lab = { columns: [] }] = templateOf('lab-results', power).tables;
    expect(lab.columns.map(({ id }) => id)).toEqual(expect.arrayContaining(fields));
  });
});

describe('a filled form', () => {
  it('becomes drafts whose figures know their cells', () => {
    const daily = ['05', '06'].map((day) => ({
      ...{
        unit: 'U1',
        day: `2024-02-${day}`,
        'daily.fc_t.*': '10.00',
        'daily.ncv_GJ_t.*': '21.000',
        'daily.mar_pct.*': '12.0',
      },
    }));
    const { drafts, faults } = readFiledForm(readWorkbook(filled({ months: [month], daily })));
    expect(faults).toEqual([]);
    expect(drafts).toMatchObject([
      {
        ...{ type: 'monthly-evidence', unit: 'U1', period: '2024-02', row: 4 },
        content: { carbonBasis: 'measured', dailyRecords: true },
        figures: { coalConsumption_t: '115272.04', 'daily.fc_t.05': '10.00', 'daily.mar_pct.06': '12.0' },
        cells: { coalConsumption_t: '月度汇总!E4', 'daily.mar_pct.06': '逐日数据!E4' },
      },
    ]);
  });

  it('still maps when a header is renamed, a sheet is renamed, and columns have moved', () => {
    const bytes = altered(filled(), (text, part) =>
      part.includes('worksheets/') || part.endsWith('workbook.xml')
        ? text.replaceAll('月度汇总', '我的表').replace('>燃煤消耗量（t）<', '>耗煤（t）<')
        : text,
    );
    const { drafts } = readFiledForm(readWorkbook(bytes));
    expect(drafts[0]).toMatchObject({
      figures: { coalConsumption_t: '115272.04' },
      cells: { coalConsumption_t: '我的表!E4' },
    });

    // The program moved column E to AA, and the formula of the hidden sheet with it.
    const moved = altered(filled(), (text, part) =>
      (part.includes('sheet1') ? text.replaceAll(/r="E(\d)"/g, 'r="AA$1"') : text)
        .replace("'月度汇总'!$E$3", "'月度汇总'!$AA$3")
        .replace('>燃煤消耗量（t）<', '>耗煤<'),
    );
    const reordered = altered(moved, (text, part) => (part.includes('sheet1') ? sortedCells(text) : text));
    expect(readFiledForm(readWorkbook(reordered)).drafts[0]?.cells).toMatchObject({
      coalConsumption_t: '月度汇总!AA4',
    });
  });

  it('tells all faults at once, each with sheet, cell, found, expected and cure in both languages', () => {
    const second = { ...month, unit: 'U2', generation_MWh: '0.30000000000000004', heatSupply_GJ: '' };
    const orphan = {
      unit: 'U9',
      day: '2024-02-05',
      'daily.fc_t.*': '1.00',
      'daily.ncv_GJ_t.*': '1.000',
      'daily.mar_pct.*': '1.0',
    };
    const bytes = altered(filled({ months: [month, second, month], daily: [orphan] }), (text, part) =>
      part.includes('sheet1')
        ? text.replace('>实测<', '>随便<').replace('>收到基低位发热量（GJ/t）<', '>收到基低位发热量（kcal/kg）<')
        : text,
    );
    const { faults } = readFiledForm(readWorkbook(bytes));
    expect(faults.map(({ code, sheet, cell }) => `${code} ${sheet} ${cell}`)).toEqual([
      'WRONG_UNIT 月度汇总 F3',
      'CELL_NOT_A_CHOICE 月度汇总 C4',
      'CELL_ROUNDING 月度汇总 M5',
      'CELL_EMPTY 月度汇总 N5',
      'ROW_TWICE 月度汇总 A6',
      'CELL_EMPTY 逐日数据 3',
    ]);
    const rounding = faults.find(({ code }) => code === 'CELL_ROUNDING');
    expect(rounding).toMatchObject({ found: '0.30000000000000004', expected: '0.300' });
    expect(faultLine(faults[2]!, 'zh')[5]).toContain('四舍五入');
    expect(faultLine(faults[2]!, 'en')[5]).toContain('Round half up');
    const [report] = readWorkbook(faultWorkbook(faults, 'zh')).sheets;
    expect(report?.rows).toHaveLength(faults.length + 1);
  });

  it('takes words of merged cells for all their rows, no numbers, and tells hidden rows and totals', () => {
    const second = { ...month, month: '2024-03', unit: '', coalConsumption_t: '' };
    const bytes = altered(
      filled({ months: [month, second, { unit: '合计', coalConsumption_t: '2.00' }] }),
      (text, part) =>
        part.includes('sheet1')
          ? text
              .replace(
                '</sheetData>',
                '</sheetData><mergeCells><mergeCell ref="A4:A5"/><mergeCell ref="E4:E5"/></mergeCells>',
              )
              .replace('<row r="5">', '<row r="5" hidden="1">')
          : text,
    );
    const { drafts, faults, notes } = readFiledForm(readWorkbook(bytes));
    expect(drafts.map(({ unit, period }) => `${unit} ${period}`)).toEqual(['U1 2024-02', 'U1 2024-03']);
    expect(faults.map(({ code, cell }) => `${code} ${cell}`)).toEqual(['CELL_MERGED E5']);
    expect(notes.map(({ note, row }) => `${note} ${String(row)}`)).toEqual(['hidden-row 5', 'total-row 6']);
  });

  it('takes what looks empty as empty', () => {
    const bytes = altered(filled({ months: [{ ...month, NCVar_GJ_t: '1.000', Mar_pct: '1.00' }] }), (text, part) =>
      part.includes('sheet1')
        ? text
            .replace(/<c r="F4".*?<\/c>/, '<c r="F4" t="str"><f>IF(1,"",2)</f><v></v></c>')
            .replace(/<c r="G4".*?<\/c>/, '<c r="G4" t="inlineStr"><is><t>　 </t></is></c>')
        : text,
    );
    expect(new TextDecoder().decode(unzipSync(bytes)['xl/worksheets/sheet1.xml'])).toMatch(/IF\(1.*　 /);
    const { drafts, faults } = readFiledForm(readWorkbook(bytes));
    expect(faults).toEqual([]);
    expect(JSON.stringify(drafts)).not.toMatch(/Mar_pct|NCVar_GJ_t/);
  });

  it('leaves out no sheet in silence that has the same columns', () => {
    const table = (unit: string): string => {
      const headers = monthly.tables[0]?.columns.filter(({ required }) => required).map(headerOf) ?? [];
      const rows = [headers, [unit, '2024-01', '实测', '1', '0', '720', '1', '0']];
      const cells = (row: readonly string[]): string =>
        row.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');
      return `<sheetData>${rows.map((row) => `<row>${cells(row)}</row>`).join('')}</sheetData>`;
    };
    const read = (...names: readonly string[]): FormReading =>
      readForm(
        readWorkbook(rawWorkbook({ sheets: Object.fromEntries(names.map((name) => [name, table('U1')])) })),
        monthly,
      );
    const alike = read('一月', '二月');
    expect(alike.faults.map(({ code, found }) => [code, found])).toEqual([['SHEET_MISSING', '一月, 二月']]);
    const named = read('月度汇总 (2)', '月度汇总');
    expect(named.faults).toEqual([]);
    expect([named.sheets, named.notes]).toEqual([
      { months: '月度汇总' },
      [{ sheet: '月度汇总 (2)', row: 0, note: 'like-sheet', text: '月度汇总 (2)' }],
    ]);
    expect(read('一月').faults).toEqual([]);
  });

  it('of another program or version is refused', () => {
    expect(() =>
      readFiledForm(readWorkbook(altered(filled(), (text) => text.replace('template/v1', 'template/v9')))),
    ).toThrow(expect.objectContaining({ code: 'TEMPLATE_UNKNOWN' }) as Error);
    expect(() => readFiledForm(readWorkbook(strToU8('a,b\n1,2\n')))).toThrow(
      expect.objectContaining({ code: 'TEMPLATE_UNKNOWN' }) as Error,
    );
  });
});

/** Cells of each row in the order of their columns, as programs write them. */
function sortedCells(xml: string): string {
  return xml.replace(/(<row [^>]*>)(.*?)(<\/row>)/g, (_, open: string, cells: string, close: string) => {
    const all = cells.match(/<c .*?<\/c>/g) ?? [];
    const place = (cell: string): string => (/r="([A-Z]+)/.exec(cell)?.[1] ?? '').padStart(3, ' ');
    return open + all.sort((one, other) => (place(one) < place(other) ? -1 : 1)).join('') + close;
  });
}
