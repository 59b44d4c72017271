import type { FormDraft } from '@carbon-ledger/spreadsheets';
import type { DroppedFile } from '../files/dropped';
import { filingKinds, filingOfRow, otherForm, readBatch, templateFile, templateYears } from './workbook';

const draft: FormDraft = {
  type: 'test-report',
  uscc: '91140000MA0FAKE01X',
  unit: 'U1',
  period: '2024-01',
  content: { reportNo: 'FIC-1' },
  figures: { Cad_pct: '1.00' },
  cells: {},
  row: 3,
  sheet: 's',
};
const file = (path: string): DroppedFile => ({ path, file: new File(['x'], path) });

describe('a batch out of a workbook', () => {
  it('becomes filings about whom the row says, else about whoever files', () => {
    expect(filingOfRow(draft, 'X').subject.uscc).toBe('91140000MA0FAKE01X');
    const own = Object.fromEntries(Object.entries(draft).filter(([name]) => name !== 'uscc')) as Omit<
      FormDraft,
      'uscc'
    >;
    expect(filingOfRow(own, 'X').subject).toEqual({ uscc: 'X', unit: 'U1', period: '2024-01' });
  });

  it('is filed under the day or batch of its sample', () => {
    expect(filingOfRow(draft, 'X').kind).toBe('test-report');
    expect(filingOfRow({ ...draft, label: '15' }, 'X').kind).toBe('test-report.15');
  });

  it('is told apart from the form of another page, which is not filed there', async () => {
    const [year = ''] = templateYears();
    const made = async (kind: Parameters<typeof templateFile>[0]) => {
      const bytes = Uint8Array.from(templateFile(kind, year));
      return (await readBatch([{ path: 'a.xlsx', file: new File([bytes], 'a.xlsx') }], 'lab-results'))!.form;
    };
    expect(otherForm(await made('annual-report'), 'lab-results')?.zh).toContain('年度排放报告');
    expect(otherForm(await made('self-inspection-enterprise'), 'lab-results')?.zh).toContain('自查表');
    expect(otherForm(await made('lab-results'), 'lab-results')).toBeUndefined();
    // The plant's months are filed where those of its units are.
    expect(otherForm(await made('stock'), 'monthly-evidence')).toBeUndefined();
  });

  it('has forms for years of coal power, and an empty one is read back with its fault', async () => {
    const [year = ''] = templateYears();
    const kinds = filingKinds().map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['monthly-evidence', 'lab-results', 'annual-report']));
    const bytes = Uint8Array.from(templateFile('lab-results', year));
    const batch = await readBatch(
      [file('a.pdf'), file('0.xlsx'), { path: 'form.xlsx', file: new File([bytes], 'form.xlsx') }],
      'lab-results',
    );
    expect(batch?.form.kind).toBe('lab-results');
    expect(batch?.form.faults.length).toBeGreaterThan(0);
    expect(batch?.others.map(({ path }) => path)).toEqual(['a.pdf', '0.xlsx']);
  });

  it('without a workbook is none', async () => {
    expect(await readBatch([file('a.pdf')], 'lab-results')).toBeUndefined();
    const broken = { path: 'a.xlsx', file: new File(['PK\u0003\u0004'], 'a.xlsx') };
    await expect(readBatch([file('a.pdf'), broken], 'lab-results')).rejects.toMatchObject({ code: 'SHEET_UNREADABLE' });
  });

  const headers = '月份 *,元素碳含量来源 *,期初库存（t） *,购入量（t） *,期末库存（t） *';
  const utf8 = `\ufeff${headers}\r\n2024-01,实测,"1,000",2000.5,500\r\n`;
  // 月份,元素碳含量来源,期初库存,购入量,期末库存 / 2024-01,实测,1000,2000.5,500
  const gb18030 = Buffer.from(
    'd4c2b7dd2cd4aacbd8ccbcbaacc1bfc0b4d4b42cc6dab3f5bfe2b4e62cb9bac8ebc1bf2cc6dac4a9bfe2b4e60d0a323032342d30312ccab5b2e22c313030302c323030302e352c3530300d0a',
    'hex',
  );

  it.each([
    ['UTF-8', utf8],
    ['GB18030', new Uint8Array(gb18030)],
  ])('is read out of a table of %s with the headers of the form, whatever tables lie beside it', async (_, text) => {
    const csv = { path: '收支.csv', file: new File([text], '收支.csv') };
    const beside = { path: 'U1-2024-01-daily.csv', file: new File(['day,t\n2024-01-01,1\n'], 'daily.csv') };
    const batch = await readBatch([beside, csv], 'stock');
    expect(batch?.form.faults).toEqual([]);
    expect(batch?.form.drafts).toMatchObject([
      {
        unit: 'PLANT',
        period: '2024-01',
        figures: { opening_t: '1000.00', purchased_t: '2000.50', closing_t: '500.00' },
      },
    ]);
    expect([batch?.workbook, batch?.others]).toEqual([csv, [beside]]);
  });

  it('is told what its table lacks where it is the only one, and is none of several', async () => {
    const lacking = { path: 'a.csv', file: new File(['月份,元素碳含量来源\n2024-01,实测\n'], 'a.csv') };
    const batch = await readBatch([lacking], 'stock');
    expect(batch?.form.faults.map(({ code }) => code)).toContain('COLUMN_MISSING');
    expect(await readBatch([lacking, { ...lacking, path: 'b.csv' }], 'stock')).toBeUndefined();
  });
});
