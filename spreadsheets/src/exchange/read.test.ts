import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { cellNameOf, type InputRow } from '@carbon-ledger/core';
import { readWorkbook } from '../read-workbook';
import { rawWorkbook } from '../testing/raw-workbook';
import { columnName } from '../model';
import { readExchange, sourceOf } from './read';

const headers: Readonly<Record<string, string>> = {
  cancellationNo: '注销记录编号',
  name: '单位名称',
  uscc: '统一社会信用代码',
  account: '自愿减排账户',
  projectRef: '项目编号',
  serialFrom: '起始序列号',
  serialTo: '截止序列号',
  qty: '数量（tCO2e）',
  purpose: '注销用途',
  cancelledOn: '注销日期',
  registeredOn: '减排量登记日期',
};
const first: Readonly<Record<string, string>> = {
  cancellationNo: 'ZX-1',
  name: '（虚构）晋北示范发电有限公司',
  uscc: '91140000MA0FAKE01X',
  account: 'FIC-CCER-0000001',
  projectRef: '1467848700000000001',
  serialFrom: 'FIC-A-000000001',
  serialTo: 'FIC-A-000045000',
  qty: '45000',
  purpose: '全国碳市场抵销',
  cancelledOn: '2025-12-02',
  registeredOn: '2024-03-15',
};
const second = { ...first, cancellationNo: 'ZX-2', serialFrom: 'FIC-B-1', serialTo: 'FIC-B-9', qty: '9' };
const ids = Object.keys(headers);

const cellXml = (at: number, row: number, text: string): string =>
  `<c r="${columnName(at + 1)}${String(row)}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;

interface RowToWrite {
  readonly texts: readonly string[];
  readonly isHidden?: boolean;
}

function sheetXml(rows: readonly RowToWrite[], more = ''): string {
  const lines = rows.map(({ texts, isHidden = false }, at) => {
    const row = at + 1;
    const cells = texts.map((text, column) => (text === '' ? '' : cellXml(column, row, text))).join('');
    return `<row r="${String(row)}"${isHidden ? ' hidden="1"' : ''}>${cells}</row>`;
  });
  return `<sheetData>${lines.join('')}</sheetData>${more}`;
}

const textsOf = (values: Readonly<Record<string, string>>, order = ids): string[] =>
  order.map((id) => values[id] ?? '');
const head = { texts: textsOf(headers) };

function read(sheets: Readonly<Record<string, string>>): ReturnType<typeof readExchange> {
  return readExchange(readWorkbook(rawWorkbook({ sheets }), 'x.xlsx'), 'cancellations', 'x.xlsx');
}

const valuesOf = ({ rows }: { readonly rows: readonly InputRow[] }): InputRow['values'][] =>
  rows.map(({ values }) => values);
const expected = { ...first, purpose: 'national-offset' };

describe('a file of the exchange', () => {
  it('says the same under any order of its columns, and each cell by its own name', () => {
    const orders = fc.shuffledSubarray(ids, { minLength: ids.length });
    fc.assert(
      fc.property(orders, (order) => {
        const line = (values: Readonly<Record<string, string>>): string => textsOf(values, order).join(',');
        const bytes = Buffer.from([line(headers), line(first), line(second)].join('\n'));
        const workbook = readWorkbook(bytes, 'x.csv');
        expect(sourceOf(workbook)).toBe('cancellations');
        const { rows } = readExchange(workbook, 'cancellations', 'x.csv');
        expect(valuesOf({ rows })).toEqual([expected, { ...second, purpose: 'national-offset' }]);
        for (const [at, row] of rows.entries())
          for (const [place, id] of order.entries())
            expect(cellNameOf(row, id)).toBe(`${columnName(place + 1)}${String(at + 2)}`);
      }),
      { numRuns: 25 },
    );
  });

  it('says the same in GB18030, and however its texts are spaced and wide', () => {
    const file = path.join(__dirname, '../../../examples/reconcile/抵销登记-1208.csv');
    const workbook = readWorkbook(readFileSync(file), '抵销登记-1208.csv');
    expect(workbook.encoding).toBe('gb18030');
    expect(valuesOf(readExchange(workbook, 'bookings', 'x'))[0]).toMatchObject({ projectRef: '1467848700000000001' });
    const wide = (text: string): string =>
      text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
    const spaced = Object.fromEntries(
      ids.map((id) => [id, `　${id === 'name' ? (first[id] ?? '') : wide(first[id] ?? '')} `]),
    );
    expect(valuesOf(read({ S: sheetXml([head, { texts: textsOf(spaced) }]) }))).toEqual([expected]);
  });

  it('has its hidden rows and hidden sheets read, and told', () => {
    const { rows, notes } = read({
      S: sheetXml([head, { texts: textsOf(first), isHidden: true }, { texts: textsOf(second) }]),
    });
    expect(rows).toHaveLength(2);
    expect(notes).toContainEqual({ sheet: 'S', row: 2, note: 'hidden-row', text: '2' });
  });

  it('has the rows of all sheets that have its columns, and tells the sheets that it left out', () => {
    const { rows, notes } = read({
      '12月1日': sheetXml([head, { texts: textsOf(first) }]),
      说明: sheetXml([{ texts: ['本表由注册登记机构提供'] }]),
      '12月2日': sheetXml([head, { texts: textsOf(second) }]),
    });
    expect(rows.map(({ sheet, values }) => [sheet, values['cancellationNo']])).toEqual([
      ['12月1日', 'ZX-1'],
      ['12月2日', 'ZX-2'],
    ]);
    expect(notes).toEqual([{ sheet: '说明', row: 0, note: 'unread-sheet', text: '说明' }]);
  });

  it('names the cell in which a merged word stands', () => {
    const at = columnName(ids.indexOf('name') + 1);
    const merged = `<mergeCells><mergeCell ref="${at}2:${at}3"/></mergeCells>`;
    const { rows } = read({
      S: sheetXml([head, { texts: textsOf(first) }, { texts: textsOf({ ...second, name: '' }) }], merged),
    });
    expect(rows.map((row) => [row.values['name'], cellNameOf(row, 'name'), cellNameOf(row, 'uscc')])).toEqual([
      [first['name'], `${at}2`, 'C2'],
      [first['name'], `${at}2`, 'C3'],
    ]);
  });

  it('has an answer for each row that cannot be read: every cell of it, with what was expected there', () => {
    const broken = {
      ...first,
      uscc: '91140000MA0FAKE01Y',
      qty: '45000.5',
      cancelledOn: '31/12/2025',
      purpose: '其他吧',
    };
    const { rows } = read({ S: sheetXml([head, { texts: textsOf(broken) }, { texts: textsOf(second) }]) });
    expect(rows[0]?.faults.map(({ cell, code }) => [cell, code])).toEqual([
      ['C2', 'CELL_BAD_CODE'],
      ['H2', 'CELL_ROUNDING'],
      ['I2', 'CELL_NOT_A_CHOICE'],
      ['J2', 'CELL_NOT_A_DAY'],
    ]);
    expect(rows[1]?.faults).toEqual([]);
  });

  it('reads a cell that says the same as another one as if it stood alone', () => {
    const columns = fc.constantFrom('45000', '４５，０００', '45,000', '45000 tCO2e', '45 000', '4.5E4', '-1', '', 'x');
    fc.assert(
      fc.property(fc.array(columns, { minLength: 1, maxLength: 6 }), (texts) => {
        const rowOf = (qty: string): RowToWrite => ({ texts: textsOf({ ...first, qty }) });
        const together = read({ S: sheetXml([head, ...texts.map(rowOf)]) }).rows;
        for (const [at, qty] of texts.entries()) {
          const [alone] = read({ S: sheetXml([head, rowOf(qty)]) }).rows;
          expect(together[at]?.values).toEqual(alone?.values);
          expect(together[at]?.faults.map(({ code }) => code)).toEqual(alone?.faults.map(({ code }) => code));
        }
      }),
      { numRuns: 40 },
    );
  });
});
