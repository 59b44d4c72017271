import fc from 'fast-check';
import { trialYear, type TrialYear } from '../../../test/support/trial-year';
import type { TableCell } from '../cells';
import type { Figure } from '../records';
import { consequencesOf, type Consequences } from './consequences';
import { InspectedRecords, type AnchoredDocument } from './ledger';
import { anchored, documentNamed, documentsOf } from './testing/anchored';

const salt = '0'.repeat(64);
const figure = (name: string, value: string, place?: string, index = 0): Figure => ({
  ...{ name, value, unit: '%', salt },
  ...(place === undefined ? {} : { source: { document: index, place } }),
});
const cell = (place: string, text: string, sheet = '煤'): TableCell => ({ sheet, cell: place, text });

/** A record with one document, its figures, and nothing that rests on it. */
function named(...figures: readonly Figure[]): AnchoredDocument {
  const [found] = documentsOf(anchored({ id: 'rec:1', documents: [documentNamed('a.xlsx', 1)], figures }));
  if (found === undefined) throw new Error('the record names no document');
  return found;
}

function of(
  document: AnchoredDocument,
  before: readonly TableCell[],
  after: readonly TableCell[],
): Promise<Consequences> {
  return consequencesOf(new InspectedRecords([document.anchored]), document, { anchored: before, found: after });
}

/** Each changed cell with the figure that was read from it. */
async function read(document: AnchoredDocument, before: readonly TableCell[], place: string): Promise<string> {
  const after = before.map((one) => (one.cell === place ? { ...one, text: '99.99' } : one));
  const { cells } = await of(document, before, after);
  return cells.map((one) => `${one.cell} ${one.figure?.split('#')[1] ?? '-'} ${one.by ?? '-'}`).join(', ');
}

describe('which figure a changed cell is the source of', () => {
  const before = [cell('B7', '59.38'), cell('B8', '8.10')];

  it.each<[string, string]>([
    ['煤!B7', 'B7 Cad_pct source'],
    ["'煤'!B7", 'B7 Cad_pct source'],
    // A workbook of one sheet: whatever it is called, it is that one.
    ['B7', 'B7 Cad_pct source'],
    ['其他!B7', 'B7 Cad_pct source'],
    ['煤!B9', 'B7 - -'],
  ])('is told by the place %s of the figure', async (place, expected) => {
    expect(await read(named(figure('Cad_pct', '1.00', place)), before, 'B7')).toBe(expected);
  });

  it.each<[string, string]>([
    ['煤!B7', 'B7 Cad_pct source'],
    ['热值!B7', 'B7 - -'],
    ['B7', 'B7 - -'],
  ])('in a workbook of two sheets needs the sheet: %s', async (place, expected) => {
    const two = [...before, cell('B9', '3.30', '热值')];
    expect(await read(named(figure('Cad_pct', '1.00', place)), two, 'B7')).toBe(expected);
  });

  it('reads a sheet whose name has quotes and exclamation marks in it', async () => {
    const odd = [cell('B7', '59.38', "it's!"), cell('B8', '8.10')];
    expect(await read(named(figure('Cad_pct', '1.00', "'it''s!'!B7")), odd, 'B7')).toBe('B7 Cad_pct source');
  });

  it('is not told by a figure that was read from another document of the record', async () => {
    expect(await read(named(figure('Cad_pct', '1.00', '煤!B7', 1)), before, 'B7')).toBe('B7 - -');
  });
});

describe('where the record names no place', () => {
  it('the cell is told by its value, where it is the only one with it, and the figure too', async () => {
    const before = [cell('B7', '59.38'), cell('B8', '8.10')];
    expect(await read(named(figure('Cad_pct', '59.380')), before, 'B7')).toBe('B7 Cad_pct value');
    expect(await read(named(figure('Cad_pct', '59.38'), figure('Mad_pct', '59.38')), before, 'B7')).toBe('B7 - -');
    const twice = [...before, cell('B9', ' 59.38 ')];
    expect(await read(named(figure('Cad_pct', '59.38')), twice, 'B7')).toBe('B7 - -');
  });

  it('amounts of one digit are shared by chance', async () => {
    expect(await read(named(figure('n', '7')), [cell('B7', '7')], 'B7')).toBe('B7 - -');
    expect(await read(named(figure('n', '17')), [cell('B7', '17')], 'B7')).toBe('B7 n value');
  });

  it('what was computed was read from no cell', async () => {
    const computed = { ...figure('Car_tC_t', '0.5357'), formula: 'Car.measured' };
    expect(await read(named(computed), [cell('B7', '0.5357')], 'B7')).toBe('B7 - -');
  });

  it('its source counts more than a value that happens to be the same', async () => {
    const figures = [figure('Cad_pct', '1.00', '煤!B7'), figure('Mad_pct', '59.38')];
    expect(await read(named(...figures), [cell('B7', '59.38')], 'B7')).toBe('B7 Cad_pct source');
  });
});

describe('a table that says the same', () => {
  it('has no consequences, in whatever spelling of its numbers', async () => {
    const text = fc.constantFrom('1.5', '20', '0.07', '甲', '');
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 6 }), async (texts) => {
        const before = texts.map((one, at) => cell(`B${String(at)}`, one));
        const after = before.map((one) => ({
          ...one,
          text: /^[0-9]+\.[0-9]+$/.test(one.text) ? ` ${one.text}0` : one.text,
        }));
        expect(await of(named(figure('x', '1.5')), before, after)).toEqual({ cells: [] });
      }),
      { numRuns: 40 },
    );
  });

  it('tells cells that went and cells that came, without a figure where none was read', async () => {
    const { cells, impact } = await of(named(), [cell('B7', '1')], [cell('B8', '2')]);
    expect(cells).toEqual([
      { sheet: '煤', cell: 'B7', anchored: '1', found: null },
      { sheet: '煤', cell: 'B8', anchored: null, found: '2' },
    ]);
    expect(impact).toBeUndefined();
  });

  it('prices nothing where the number gave way to words, or the cell is gone', async () => {
    const document = named(figure('Cad_pct', '59.38', '煤!B7'));
    const [before, gone] = [[cell('B7', '59.38')], [cell('B9', 'x')]];
    expect((await of(document, before, [cell('B7', '丢失')])).impact).toBeUndefined();
    const { cells, impact } = await of(document, before, gone);
    expect([cells[0]?.figure?.endsWith('#Cad_pct'), impact]).toEqual([true, undefined]);
  });
});

describe('what a changed cell costs', () => {
  let year: TrialYear;
  beforeAll(async () => {
    year = await trialYear();
  });

  async function changed(to: string): Promise<Consequences> {
    const all = year.world.ledger.all();
    const report = year.reports[2];
    const one = all.find(({ id }) => id === report?.id);
    if (one === undefined) throw new Error('the report is not on the ledger');
    const figures = (one.figures ?? []).map((own) =>
      own.name === 'Cad_pct' ? { ...own, source: { document: 0, place: '煤!B7' } } : own,
    );
    const document = {
      anchored: { ...one, figures },
      key: report?.key ?? '',
      document: documentNamed('a', 1),
      index: 0,
    };
    const was = figures.find(({ name }) => name === 'Cad_pct')?.value ?? '';
    const tables = { anchored: [cell('B7', was)], found: [cell('B7', to)] };
    return consequencesOf(new InspectedRecords(all), document, tables);
  }

  it('is every figure up to the plant’s, in tonnes', async () => {
    const { cells, impact } = await changed('70.00');
    expect(cells).toEqual([expect.objectContaining({ cell: 'B7', by: 'source', found: '70.00' })]);
    const figures = impact?.figures.map((one) => one.figure.split('#')[1]) ?? [];
    expect(figures).toEqual(expect.arrayContaining(['Cad_pct', 'Car_tC_t', 'emission_tCO2']));
    expect(impact?.assume).toBe('replaced');
    expect(Number(impact?.tonnes.emission_tCO2)).toBeGreaterThan(0);
  });

  it('is as much less for less carbon as its sign says', async () => {
    expect(Number((await changed('40.00')).impact?.tonnes.emission_tCO2)).toBeLessThan(0);
  });

  it('leaves the records as they are: the next question is answered from the same ones', async () => {
    const first = await changed('70.00');
    expect(await changed('70.00')).toEqual(first);
  });
});
