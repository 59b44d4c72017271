import type { FormDraft } from './drafts';
import { filesOfRow } from './row-files';

const draft: FormDraft = {
  type: 'test-report',
  uscc: '91140000MA0FAKE01X',
  unit: 'U1',
  period: '2024-01',
  content: { reportNo: 'FIC-1' },
  figures: {},
  cells: {},
  row: 3,
  sheet: 's',
};
const found = (row: FormDraft, ...paths: string[]): string[] =>
  filesOfRow(
    row,
    paths.map((path) => ({ path })),
  ).map(({ path }) => path);

it('finds files by the number of the report, else by unit and month', () => {
  expect(found(draft, 'FIC-1.pdf', 'FIC-11.pdf', 'U1-2024-01.txt')).toEqual(['FIC-1.pdf']);
  expect(found({ ...draft, content: {} }, 'U1-2024-01.txt', 'U11-2024-01.txt', 'u1_202401.csv')).toEqual([
    'U1-2024-01.txt',
    'u1_202401.csv',
  ]);
  expect(found({ ...draft, content: {}, unit: 'U3' }, 'U1-2024-01.txt')).toEqual([]);
});

it('takes no number for a part of another', () => {
  expect(found(draft, 'XFIC-1.pdf', '2FIC-1.pdf', 'FIC-12.pdf')).toEqual([]);
  expect(found(draft, 'FIC-11 and FIC-1.pdf', '报告FIC-1号.pdf')).toEqual(['FIC-11 and FIC-1.pdf', '报告FIC-1号.pdf']);
});

it('a row without number, unit or month has no files', () => {
  expect(found({ ...draft, content: { reportNo: '' }, unit: '', period: '' }, 'a.pdf')).toEqual([]);
});
