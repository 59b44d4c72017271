import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { headingWords } from './heading-words';
import { formatTable } from './table';

/** Headings that commands write in English alone; where a command says both, none of them is a text. */
function headings(): string[] {
  const folder = path.join(__dirname, '../commands');
  const texts = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(/\btitle: '([^']+)'/g)].map(([, title = '']) => title));
}

describe('the headings of tables', () => {
  it('have their Chinese, each of them, and nothing beside them has', () => {
    const written = new Set(headings());
    expect(written.size).toBeGreaterThan(20);
    expect([...written].filter((title) => headingWords[title] === undefined)).toEqual([]);
    expect(Object.keys(headingWords).filter((title) => !written.has(title))).toEqual([]);
  });

  it('stand over their columns in either language', () => {
    const rows = [{ at: '2026-01-02', by: '91140000MA0FAKE01X' }];
    const columns = [
      { title: 'ANCHORED', value: ({ at }: { at: string }) => at },
      { title: 'BY', value: ({ by }: { by: string }) => by },
    ];
    expect(formatTable(columns, rows)).toBe('ANCHORED    BY\n2026-01-02  91140000MA0FAKE01X');
    expect(formatTable(columns, rows, 'zh')).toBe('锚定时间    由\n2026-01-02  91140000MA0FAKE01X');
  });

  it('are asked for in the language of the terminal by every command that prints a table', () => {
    const folder = path.join(__dirname, '../commands');
    const silent = readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n'))
      .filter((line) => /formatTable\((?!.*\blanguage\b)/.test(line));
    expect(silent).toEqual([]);
  });
});
