import fc from 'fast-check';
import {
  assertOpens,
  cellsOf,
  commitCells,
  compareTables,
  openCells,
  parseOpening,
  proveCell,
  verifyCell,
  type TableCell,
} from '.';

const seed = '0123456789abcdef'.repeat(2);
const document = { name: '日报.csv', sha256: `sha256:${'ab'.repeat(32)}` };

const table = fc
  .uniqueArray(fc.tuple(fc.constantFrom('煤', 'S2'), fc.nat(40), fc.string({ maxLength: 6 })), {
    minLength: 1,
    maxLength: 30,
    selector: ([sheet, row]) => `${sheet} ${String(row)}`,
  })
  .map((rows) => rows.map(([sheet, row, text]): TableCell => ({ sheet, cell: `B${String(row + 1)}`, text })));

describe('cells of a table', () => {
  it('open to exactly what was committed, and to nothing else', () => {
    fc.assert(
      fc.property(table, fc.nat(), (cells, at) => {
        const committed = commitCells(seed, cells);
        const opening = parseOpening(JSON.parse(JSON.stringify(openCells(document, seed, cells))));
        expect(cellsOf(opening)).toEqual(cells);
        expect(() => {
          assertOpens(opening, committed ?? { root: '', count: '' });
        }).not.toThrow();
        const index = at % cells.length;
        const changed = opening.cells.map((cell, place): [string, string, string] =>
          place === index ? [cell[0], cell[1], `${cell[2]}x`] : cell,
        );
        expect(() => {
          assertOpens({ ...opening, cells: changed }, committed ?? { root: '', count: '' });
        }).toThrow();
      }),
      { numRuns: 60 },
    );
  });

  it('are proved one by one: no proof holds with another text, place or table', () => {
    fc.assert(
      fc.property(table, fc.nat(), (cells, at) => {
        const committed = commitCells(seed, cells) ?? { root: '', count: '' };
        const { sheet, cell } = cells[at % cells.length] ?? { sheet: '', cell: '' };
        const proof = proveCell(openCells(document, seed, cells), sheet, cell);
        expect(verifyCell(proof, committed)).toBe(true);
        expect(verifyCell({ ...proof, text: `${proof.text}0` }, committed)).toBe(false);
        expect(verifyCell({ ...proof, cell: 'ZZ9' }, committed)).toBe(false);
        expect(verifyCell({ ...proof, salt: 'f'.repeat(32) }, committed)).toBe(false);
        expect(verifyCell({ ...proof, index: proof.index + 1 }, committed)).toBe(false);
        expect(verifyCell(proof, { ...committed, count: String(cells.length + 1) })).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('hide their values: the same table has another root under another seed', () => {
    const cells = [{ sheet: 'S', cell: 'A1', text: '1' }];
    expect(commitCells(seed, cells)?.root).not.toBe(commitCells('f'.repeat(32), cells)?.root);
    expect(commitCells(seed, [])).toBeUndefined();
    expect(() => proveCell(openCells(document, seed, cells), 'S', 'A2')).toThrow('no cell S!A2');
    expect(() => parseOpening({})).toThrow();
  });
});

describe('comparing tables', () => {
  const cell = (name: string, text: string): TableCell => ({ sheet: 'S', cell: name, text });

  it('takes numbers and texts that say the same for the same, and names what is another, gone or new', () => {
    const anchored = [cell('A1', '1.10'), cell('A2', ' 煤 '), cell('A3', '5'), cell('A4', 'x')];
    const found = [cell('A1', '1.1'), cell('A2', '煤'), cell('A3', '6'), cell('A5', 'new')];
    expect(compareTables(anchored, found)).toEqual([
      { sheet: 'S', cell: 'A3', anchored: '5', found: '6' },
      { sheet: 'S', cell: 'A4', anchored: 'x', found: null },
      { sheet: 'S', cell: 'A5', anchored: null, found: 'new' },
    ]);
    expect(compareTables(anchored, anchored)).toEqual([]);
  });
});
