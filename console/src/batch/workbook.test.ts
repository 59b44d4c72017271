import type { FormDraft } from '@carbon-ledger/spreadsheets';
import type { DroppedFile } from '../files/dropped';
import { filingKinds, filingOfRow, readBatch, templateFile, templateYears } from './workbook';

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

  it('has forms for years of coal power, and an empty one is read back with its fault', async () => {
    const [year = ''] = templateYears();
    const kinds = filingKinds().map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['monthly-evidence', 'lab-results', 'annual-report']));
    const bytes = Uint8Array.from(templateFile('lab-results', year));
    const batch = await readBatch([file('a.pdf'), { path: 'form.xlsx', file: new File([bytes], 'form.xlsx') }]);
    expect(batch?.form.kind).toBe('lab-results');
    expect(batch?.form.faults.length).toBeGreaterThan(0);
    expect(batch?.others.map(({ path }) => path)).toEqual(['a.pdf']);
  });

  it('without a workbook is none', async () => {
    expect(await readBatch([file('a.pdf')])).toBeUndefined();
  });
});
