import { codeOf } from '../../../test/support/code-of';
import { someParties } from '../rulebook/testing/bench';
import { smallYear } from '../rulebook/testing/small-year';
import type { BuiltRecord } from '../rulebook';
import { walkLaboratory } from './lab';
import { ScopeBook, type OpenRecord } from './scope';
import { extents, type Extent } from './extents';
import { recordOfKey, walkFigure, type Walked } from './walk';

const { enterprise } = someParties;
const { all, annual, months } = smallYear;

const opened = ({ id, record, figures: own }: BuiltRecord): OpenRecord => ({
  id,
  record,
  figures: own,
  leaves: own.map(({ name }) => name),
});
const book = (
  change: (records: Map<string, OpenRecord>) => void = () => undefined,
): ReadonlyMap<string, OpenRecord> => {
  const records = new Map(all.map((one) => [one.id, opened(one)]));
  change(records);
  return records;
};
const emission = { id: annual.id, name: 'emission_t' };
const walk = (extent: Extent, records = book(), target = emission): Walked =>
  extent === 'lab' ? walkLaboratory(records, target) : walkFigure(records, target, extent);
const shortened = ({ figures: found }: Walked): string[] =>
  found.map(({ address }) => address.split('/').slice(2).join('/')).sort();

describe('the walk of a figure', () => {
  it('goes down to the sources, and computes every step anew', () => {
    const walked = walk('full');
    expect(shortened(walked)).toEqual([
      '2024-01/monthly-evidence#emission_t',
      '2024-01/monthly-evidence#fuel_t',
      '2024-01/test-report#Cad_pct',
      '2024-02/monthly-evidence#emission_t',
      '2024-02/monthly-evidence#fuel_t',
      '2024-02/test-report#Cad_pct',
      '2024/annual-report#emission_t',
    ]);
    const computed = walked.figures
      .filter(({ formula: by }) => by !== undefined)
      .map(({ value, formula: by }) => `${by ?? ''} ${value}`);
    expect(computed.sort()).toEqual(['E 120.00', 'E 60.00', 'S 180.00']);
  });

  it('ends at the months, at the figure itself, or shows the laboratories beside it', () => {
    expect(shortened(walk('month'))).toEqual(
      ['2024-01', '2024-02']
        .map((month) => `${month}/monthly-evidence#emission_t`)
        .concat('2024/annual-report#emission_t'),
    );
    expect(shortened(walk('totals'))).toEqual(['2024/annual-report#emission_t']);
    expect(shortened(walk('lab'))).toEqual([
      ...['2024-01', '2024-02'].flatMap((month) =>
        ['Cad_pct', 'Mad_pct'].map((name) => `${month}/test-report#${name}`),
      ),
      '2024/annual-report#emission_t',
    ]);
  });

  it('looks at no more than it needs: neither other figures nor records that no step uses', () => {
    const walked = walk('full');
    const names = [...walked.opened.values()].flatMap((set) => [...set]);
    expect(new Set(names)).toEqual(new Set(['emission_t', 'fuel_t', 'Cad_pct']));
    expect(walked.records.has(months[0]!.receipt.id)).toBe(false);
    expect(walk('totals').records).toEqual(new Set([annual.id]));
  });

  it('opens the neighbours of a family, so that nobody hides a day', () => {
    const { evidence } = months[0]!;
    const walked = walk('full', book(), { id: evidence.id, name: 'days_t' });
    // Nothing stands before the first day in the order of names, and the sum itself behind the last.
    expect([...(walked.opened.get(evidence.id) ?? [])].sort()).toEqual(['daily.fc_t.01', 'daily.fc_t.02', 'days_t']);
    expect(walked.figures.find(({ address }) => address.endsWith('#days_t'))).toMatchObject({
      value: '3.00',
      formula: 'D',
    });
  });

  it.each(
    all
      .filter(({ record }) => ['monthly-evidence', 'test-report', 'methodology'].includes(record.type))
      .map((one) => [one.key, one.id]),
  )('is refused without %s', (_, id) => {
    expect(
      codeOf(() =>
        walk(
          'full',
          book((records) => records.delete(id)),
        ),
      ),
    ).toBe('CITATION_MISSING');
  });

  it.each([
    ...months.flatMap(({ report, evidence }) => [
      [report.key, report.id, 'Cad_pct'],
      [evidence.key, evidence.id, 'fuel_t'],
      [evidence.key, evidence.id, 'emission_t'],
    ]),
  ] as [string, string, string][])('is refused with %s closed at a figure that it needs', (_, id, name) => {
    const closed = book((records) => {
      const one = records.get(id)!;
      records.set(id, {
        ...one,
        figures: one.figures.filter((figure) => figure.name !== name),
        leaves: one.leaves.map((leaf) => (leaf === name ? null : leaf)),
      });
    });
    expect(codeOf(() => walk('full', closed))).toBe('FIGURE_MISSING');
  });

  it('is refused where a step does not come out', () => {
    const wrong = book((records) => {
      const { evidence } = months[1]!;
      const one = records.get(evidence.id)!;
      records.set(evidence.id, {
        ...one,
        figures: one.figures.map((figure) => (figure.name === 'emission_t' ? { ...figure, value: '120.01' } : figure)),
      });
    });
    const { evidence } = months[1]!;
    expect(() => walk('full', wrong, { id: evidence.id, name: 'emission_t' })).toThrow(
      expect.objectContaining({
        code: 'FIGURE_MISMATCH',
        details: expect.objectContaining({ expected: '120.00', got: '120.01', step: 'E' }) as object,
      }) as Error,
    );
    // A narrower walk says nothing of how the month came about, and still that the year is not its sum.
    expect(codeOf(() => walk('month', wrong))).toBe('FIGURE_MISMATCH');
    expect(codeOf(() => walk('totals', wrong))).toBe('none');
  });

  it('shows laboratories as a whole or not at all', () => {
    const { report } = months[0]!;
    const closed = book((records) => {
      const one = records.get(report.id)!;
      records.set(report.id, { ...one, figures: one.figures.slice(1), leaves: [null, ...one.leaves.slice(1)] });
    });
    expect(codeOf(() => walk('lab', closed))).toBe('FIGURE_MISSING');
    expect(
      codeOf(() =>
        walk(
          'lab',
          book((records) => records.delete(report.id)),
        ),
      ),
    ).toBe('CITATION_MISSING');
    expect(codeOf(() => walk('lab', book(), { id: annual.id, name: 'other' }))).toBe('FIGURE_MISSING');
  });

  it('knows four extents', () => {
    expect(extents).toEqual(['full', 'month', 'totals', 'lab']);
  });
});

describe('the record that a key names', () => {
  it('is there, once', () => {
    expect(recordOfKey(book(), annual.key).id).toBe(annual.id);
    expect(codeOf(() => recordOfKey(book(), `${enterprise}/U2/2024/annual-report`))).toBe('NOT_FOUND');
    const twice = book((records) => {
      const one = records.get(annual.id)!;
      records.set('rec:other', { ...one, id: 'rec:other', record: { ...one.record, version: 2 } });
    });
    expect(codeOf(() => recordOfKey(twice, annual.key))).toBe('PROOF_MALFORMED');
  });
});

describe('records as formulas see them', () => {
  it('tell the watcher of each figure, family and record that is looked at', () => {
    const seen: string[] = [];
    const scopes = new ScopeBook(book(), {
      figure: ({ record }, name) => seen.push(`${record.type} ${name}`),
      record: ({ record }) => seen.push(record.type),
      family: ({ record }, prefix) => seen.push(`${record.type} ${prefix}*`),
    });
    const { evidence } = months[0]!;
    const scope = scopes.scope(evidence.id);
    scope.figures.get('fuel_t');
    scope.figures.get('not there');
    scope.figures.family?.('daily.');
    expect(scope.cited.get('test-report')?.[0]?.figures.get('Cad_pct')?.value).toBe('60.00');
    expect(scope.cited.get('nothing')).toBeUndefined();
    expect(seen).toEqual([
      'monthly-evidence',
      'monthly-evidence fuel_t',
      'monthly-evidence daily.*',
      'test-report',
      'test-report Cad_pct',
    ]);
  });

  it('give what is cited in a role whole, in the order of keys, or refuse', () => {
    const watcher = { figure: () => undefined, record: () => undefined, family: () => undefined };
    const cited = (records: ReadonlyMap<string, OpenRecord>): (string | undefined)[] =>
      new ScopeBook(records, watcher)
        .scope(annual.id)
        .cited.get('monthly-evidence')
        ?.map(({ key }) => key) ?? [];
    expect(cited(book())).toEqual(months.map(({ evidence }) => evidence.key));
    expect(codeOf(() => cited(book((records) => records.delete(months[1]!.evidence.id))))).toBe('CITATION_MISSING');
  });
});
