import { noteWords } from './notes';

it('a note says where it is about and what was done', () => {
  const note = { sheet: '月度汇总', row: 5, note: 'hidden-row', text: '5' } as const;
  expect(noteWords(note)).toEqual({ zh: '月度汇总 第 5 行：隐藏行，已读取', en: '月度汇总 row 5: hidden row, read' });
  expect(noteWords({ ...note, row: 0, note: 'unread-sheet', text: '备注' }).zh).toBe(
    '月度汇总 备注：工作表没有所需各列，未读取',
  );
});
