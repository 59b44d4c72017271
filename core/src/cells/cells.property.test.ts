import fc from 'fast-check';
import {
  assertOpens,
  cellsOf,
  commitCells,
  compareTables,
  openCells,
  parseCellProof,
  parseOpening,
  proveCell,
  verifyCell,
  type TableCell,
} from '.';
import { codeOf } from '../../../test/support/code-of';

const seed = '0123456789abcdef'.repeat(2);
const document = { name: '日报.csv', sha256: `sha256:${'ab'.repeat(32)}` };
const cell = (name: string, text: string, sheet = 'S'): TableCell => ({ sheet, cell: name, text });
const rootOf = (cells: readonly TableCell[], of = seed): string => commitCells(of, cells)?.root ?? '';

const table = fc
  .uniqueArray(fc.tuple(fc.constantFrom('煤', 'S2'), fc.nat(30), fc.string({ unit: 'grapheme', maxLength: 5 })), {
    minLength: 2,
    maxLength: 12,
    selector: ([sheet, row]) => `${sheet} ${String(row)}`,
  })
  .map((rows) => rows.map(([sheet, row, text]) => cell(`B${String(row + 1)}`, text, sheet)));
const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: length, maxLength: length });

describe('a commitment to cells', () => {
  it('opens every cell of the table, each at its own place', () => {
    fc.assert(
      fc.property(table, (cells) => {
        const committed = commitCells(seed, cells) ?? { root: '', count: '' };
        const opening = openCells(document, seed, cells);
        const proofs = cells.map(({ sheet, cell: name }) => proveCell(opening, sheet, name));
        for (const proof of proofs) {
          expect(parseCellProof(JSON.parse(JSON.stringify(proof)))).toEqual(proof);
          expect(verifyCell(proof, committed)).toBe(true);
        }
        expect(proofs.map(({ index }) => index)).toEqual(cells.map((_, at) => at));
        // No salt says anything of another.
        expect(new Set(proofs.map(({ salt }) => salt)).size).toBe(cells.length);
        const [first, second] = proofs;
        if (first && second) expect(verifyCell({ ...first, path: second.path }, committed)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('opens no other text, sheet, salt, place or path', () => {
    const otherwise = fc.oneof(
      fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 5 }) }),
      fc.record({ sheet: fc.constantFrom('煤', 'S2', '') }),
      fc.record({ cell: fc.nat(30).map((row) => `B${String(row + 1)}`) }),
      fc.record({ salt: hex(32) }),
      fc.record({ index: fc.nat(12) }),
      fc.record({ path: fc.array(hex(64), { maxLength: 5 }) }),
    );
    fc.assert(
      fc.property(table, fc.nat(), otherwise, (cells, at, change) => {
        const { sheet, cell: name } = cells[at % cells.length] ?? cell('', '');
        const proof = proveCell(openCells(document, seed, cells), sheet, name);
        const changed = { ...proof, ...change };
        const isSame = JSON.stringify(changed) === JSON.stringify(proof);
        expect(verifyCell(changed, commitCells(seed, cells) ?? { root: '', count: '' })).toBe(isSame);
      }),
      { numRuns: 300 },
    );
  });

  it('is to the cells in their order, none of them left out or added', () => {
    fc.assert(
      fc.property(table, fc.nat(), (cells, at) => {
        const place = at % (cells.length - 1);
        const [before, rest] = [cells.slice(0, place), cells.slice(place + 2)];
        const swapped = [...before, ...cells.slice(place, place + 2).reverse(), ...rest];
        const without = [...before, ...cells.slice(place + 1)];
        const all = [cells, without, [...cells, cell('Z1', '')], swapped];
        expect(new Set(all.map((one) => rootOf(one))).size).toBe(all.length);
        const committed = commitCells(seed, cells) ?? { root: '', count: '' };
        for (const one of all.slice(1))
          expect(
            codeOf(() => {
              assertOpens(openCells(document, seed, one), committed);
            }),
          ).toBe('FIGURES_ROOT_MISMATCH');
      }),
      { numRuns: 60 },
    );
  });

  it('opens under no other seed, nor under another number of cells', () => {
    const cells = [cell('A1', '1'), cell('A2', '2')];
    const committed = commitCells(seed, cells) ?? { root: '', count: '' };
    const opening = openCells(document, seed, cells);
    for (const one of [
      { ...opening, seed: 'f'.repeat(32) },
      { ...opening, cells: [] },
    ])
      expect(
        codeOf(() => {
          assertOpens(one, committed);
        }),
      ).toBe('FIGURES_ROOT_MISMATCH');
    expect(
      codeOf(() => {
        assertOpens(opening, { ...committed, count: '3' });
      }),
    ).toBe('FIGURES_ROOT_MISMATCH');
  });

  it('keeps texts apart that look the same, and sheets from names of cells', () => {
    expect(rootOf([cell('A1', '1.0')])).not.toBe(rootOf([cell('A1', '1')]));
    expect(rootOf([cell('A1', '\u00e9')])).not.toBe(rootOf([cell('A1', 'e\u0301')]));
    expect(rootOf([cell('1', 'x', 'SA')])).not.toBe(rootOf([cell('A1', 'x', 'S')]));
  });

  it('is held against a damaged root as one that does not fit', () => {
    const cells = [cell('A1', '1')];
    const proof = proveCell(openCells(document, seed, cells), 'S', 'A1');
    for (const root of ['', 'zz', '0'.repeat(64)]) expect(verifyCell(proof, { root, count: '1' })).toBe(false);
  });
});

describe('what comes from outside', () => {
  const opening = openCells(document, seed, [cell('A1', '1')]);
  const proof = proveCell(opening, 'S', 'A1');

  it.each([
    ['another schema', { schema: 'carbon-ledger/cells-opening/v2' }, '/schema'],
    ['a short seed', { seed: 'ab' }, '/seed'],
    ['a root in capitals', { root: 'A'.repeat(64) }, '/root'],
    ['a cell without a text', { cells: [['S', 'A1']] }, '/cells/0'],
    ['a document without a digest', { document: { name: 'x', sha256: 'ab' } }, '/document/sha256'],
    ['a text longer than a cell can hold', { cells: [['S', 'A1', 'x'.repeat(32_769)]] }, '/cells/0/2'],
  ])('is no opening with %s', (_what, change, path) => {
    expect(() => parseOpening({ ...opening, ...change })).toThrow(
      expect.objectContaining({ code: 'BAD_FILE', faults: [expect.objectContaining({ path }) as unknown] }) as Error,
    );
  });

  it.each([
    ['a place before the first', { index: -1 }],
    ['half a place', { index: 0.5 }],
    ['no cells at all', { count: 0 }],
    ['a path longer than any', { path: Array.from({ length: 21 }, () => 'a'.repeat(64)) }],
    ['more than a proof has', { more: 1 }],
  ])('is no proof with %s', (_what, change) => {
    expect(codeOf(() => parseCellProof({ ...proof, ...change }))).toBe('BAD_FILE');
  });

  it('is refused with that code, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect([codeOf(() => parseOpening(value)), codeOf(() => parseCellProof(value))]).toEqual([
          'BAD_FILE',
          'BAD_FILE',
        ]);
      }),
    );
  });
});

describe('comparing tables', () => {
  it('tells exactly the cells that were changed, taken out and put in', () => {
    fc.assert(
      fc.property(table, fc.nat(2 ** 24), (cells, choice) => {
        const what = (at: number): number => Math.floor(choice / 4 ** at) % 4;
        const found = cells.flatMap((one, at) =>
          what(at) === 1 ? [{ ...one, text: `${one.text}~` }] : what(at) === 2 ? [] : [one],
        );
        const changes = compareTables(cells, [...found, cell('Q9', 'new', 'Q')]);
        const expected = cells.flatMap(({ sheet, cell: name, text }, at) =>
          what(at) === 1 || what(at) === 2
            ? [{ sheet, cell: name, anchored: text, found: what(at) === 1 ? `${text}~` : null }]
            : [],
        );
        expect(changes).toEqual([...expected, { sheet: 'Q', cell: 'Q9', anchored: null, found: 'new' }]);
      }),
    );
  });

  it('is the same from both sides', () => {
    fc.assert(
      fc.property(table, table, (one, other) => {
        const seen = ({ sheet, cell: name, anchored, found }: ReturnType<typeof compareTables>[number]): string =>
          JSON.stringify([sheet, name, anchored, found]);
        const turned = compareTables(other, one).map((change) =>
          seen({ ...change, anchored: change.found, found: change.anchored }),
        );
        expect(turned.sort()).toEqual(compareTables(one, other).map(seen).sort());
      }),
    );
  });

  it.each([
    ['1.10', '1.1', true],
    ['01', '1', false],
    [' 煤', '煤 ', true],
    ['e\u0301', '\u00e9', true],
    ['1.1', '1.11', false],
    ['1,5', '1.5', false],
    ['', '0', false],
    ['A', 'a', false],
  ])('takes %j and %j for the same: %s', (anchored, found, isSame) => {
    expect(compareTables([cell('A1', anchored)], [cell('A1', found)])).toHaveLength(isSame ? 0 : 1);
  });

  it('takes cells of one name on two sheets for two', () => {
    const both = [cell('A1', '1', 'S'), cell('A1', '2', 'T')];
    expect(compareTables(both, [both[0] ?? cell('', '')])).toEqual([
      { sheet: 'T', cell: 'A1', anchored: '2', found: null },
    ]);
    expect(cellsOf(openCells(document, seed, both))).toEqual(both);
  });
});
