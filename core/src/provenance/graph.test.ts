import type { BuiltRecord } from '../rulebook';
import { smallYear } from '../rulebook/testing/small-year';
import { forgetFigures, ProvenanceGraph } from './graph';
import { RelationReader, type RelatedFigure } from './relations';
import type { AnchoredRecord } from './source';
import { ShelfSource } from './testing/shelf-source';

const { annual, months, methodology, all } = smallYear;
const [january] = months;
if (january === undefined) throw new Error('the year has months');
const { evidence, report, receipt } = january;
const changed = ({ figures }: BuiltRecord, value: string): BuiltRecord['figures'] =>
  figures.map((figure, at) => (at === 0 ? { ...figure, value } : figure));

let shelf: ShelfSource;
beforeEach(() => {
  shelf = new ShelfSource(all);
});

async function root(): Promise<AnchoredRecord> {
  const found = await shelf.head(annual.key);
  if (found === undefined) throw new Error('the year is there');
  return found;
}

describe('the graph of records', () => {
  it('asks for each record once, a level at a time, however often it is loaded', async () => {
    const graph = new ProvenanceGraph(shelf);
    await graph.prefetch(await root());
    for (const { id } of [...all, ...all]) await graph.load(id);
    const asked = shelf.asked.flat();
    expect(asked.sort()).toEqual(all.flatMap(({ id }) => (id === annual.id ? [] : [id])).sort());
    expect(shelf.asked.length).toBeLessThanOrEqual(4);
  });

  it('asks for all at once what it found before, and still finds what lies behind', async () => {
    const fixed = new ShelfSource(
      all.map((one) => ({
        ...one,
        record: Object.freeze({ ...one.record }),
        figures: Object.freeze([...one.figures]),
      })),
    );
    const [found] = await fixed.records([annual.id]);
    if (found === undefined) throw new Error('the year is there');
    const first = await new ProvenanceGraph(fixed).prefetch(found);
    const before = fixed.asked.length;
    expect(await new ProvenanceGraph(fixed).prefetch(found)).toEqual(first);
    expect(first).toHaveLength(all.length);
    expect(fixed.asked.slice(before).map((ids) => ids.length)).toEqual([all.length - 1]);
  });

  it('joins a record with what it cites, by role, in the order of the cited keys', async () => {
    const found = await new ProvenanceGraph(shelf).load(annual.id);
    const cited = [...(found?.scope.cited ?? [])].map(([role, scopes]) => [role, scopes.map(({ key }) => key)]);
    expect(Object.fromEntries(cited)).toEqual({
      methodology: [methodology.key],
      'monthly-evidence': months.map((month) => month.evidence.key),
    });
    const of = await new ProvenanceGraph(shelf).load(evidence.id);
    expect(of?.scope.cited.get('test-report')?.[0]?.figures.get('Cad_pct')?.value).toBe('60.00');
    expect(of?.specs.map(({ name }) => name)).toContain('emission_t');
  });

  it('knows nothing of a record that is not there, and goes on without one that is cited', async () => {
    shelf.remove(report.id);
    const graph = new ProvenanceGraph(shelf);
    expect(await graph.prefetch(await root())).toBeUndefined();
    expect(await graph.load(report.id)).toBeUndefined();
    expect((await graph.load(evidence.id))?.scope.cited.has('test-report')).toBe(false);
  });

  it.each<[string, Partial<AnchoredRecord>, string | undefined, boolean]>([
    ['as it was anchored', {}, undefined, false],
    ['with a member more', { record: { ...report.record, version: 9 } }, 'record-hash', false],
    ['with another figure', { figures: changed(report, '61.00') }, 'figures-root', false],
    ['with a figure left out', { figures: report.figures.slice(1) }, 'figures-root', false],
    ['with its figures in another order', { figures: [...report.figures].reverse() }, undefined, false],
    ['with closed figures', { figures: undefined }, undefined, true],
    ['with both changed', { record: { ...report.record, version: 9 }, figures: [] }, 'record-hash', false],
  ])('finds a record %s', async (_, change, damage, hidden) => {
    shelf.change(report.id, change);
    const found = await new ProvenanceGraph(shelf).load(report.id);
    expect([found?.damage, found?.hidden]).toEqual([damage, hidden]);
  });

  it('does not take an earlier verdict on a frozen record for one on other figures', async () => {
    const frozen = { record: Object.freeze({ ...report.record }), figures: Object.freeze([...report.figures]) };
    const damages: unknown[] = [];
    for (const figures of [frozen.figures, Object.freeze(changed(report, '1.00')), frozen.figures]) {
      shelf.change(report.id, { record: frozen.record, figures });
      damages.push((await new ProvenanceGraph(shelf).load(report.id))?.damage);
    }
    expect(damages).toEqual([undefined, 'figures-root', undefined]);
  });

  it('keeps nothing of private figures that it was told to forget', async () => {
    const frozen = { record: Object.freeze({ ...report.record }), figures: Object.freeze([...report.figures]) };
    shelf.change(report.id, frozen);
    shelf.change(receipt.id, { record: Object.freeze({ ...receipt.record }), figures: Object.freeze([]) });
    const scopeNow = async (): Promise<unknown> => (await new ProvenanceGraph(shelf).load(report.id))?.scope;
    const before = await scopeNow();
    expect(await scopeNow()).toBe(before);
    forgetFigures();
    expect(await scopeNow()).not.toBe(before);
  });

  it('looks anew at what may still change', async () => {
    const figures = report.figures.map((figure) => ({ ...figure }));
    shelf.change(report.id, { figures });
    expect((await new ProvenanceGraph(shelf).load(report.id))?.damage).toBeUndefined();
    Object.assign(figures[0] ?? {}, { value: '1.00' });
    expect((await new ProvenanceGraph(shelf).load(report.id))?.damage).toBe('figures-root');
  });
});

describe('the relations between figures', () => {
  const anchoredOf = ({ id }: BuiltRecord): AnchoredRecord => {
    const found = shelf.all().find((one) => one.id === id);
    if (found === undefined) throw new Error('it stands there');
    return found;
  };
  async function figuresOf(record: BuiltRecord): Promise<Map<string, RelatedFigure>> {
    const figures = await new RelationReader(shelf).figures(anchoredOf(record));
    return new Map(figures.map((one) => [one.name, one]));
  }

  it('are a formula with all that it took, each with where it stands', async () => {
    const found = await figuresOf(evidence);
    expect(found.get('emission_t')).toMatchObject({
      ...{ value: '60.00', unit: 't' },
      computed: {
        ...{ formula: 'E', expression: 'round(FC * C / 100, 2)' },
        inputs: [
          { variable: 'C', record: report.id, key: report.key, kind: 'figure', name: 'Cad_pct', value: '60.00' },
          { variable: 'FC', record: evidence.id, key: evidence.key, kind: 'figure', name: 'fuel_t', value: '100.00' },
        ],
      },
    });
    expect(found.get('days_t')?.computed?.inputs.map(({ name }) => name)).toEqual(['daily.fc_t.01', 'daily.fc_t.02']);
    expect(found.get('fuel_t')).not.toHaveProperty('computed');
  });

  it('of a sum are as many as records were cited', async () => {
    const inputs = (await figuresOf(annual)).get('emission_t')?.computed?.inputs ?? [];
    expect(inputs.map(({ record, value }) => [record, value])).toEqual(
      months.map((month, at) => [month.evidence.id, at === 0 ? '60.00' : '120.00']),
    );
  });

  it('say nothing of what is closed, and still what is open', async () => {
    shelf.change(report.id, { figures: undefined });
    const found = await figuresOf(evidence);
    expect(found.get('emission_t')).toEqual({ name: 'emission_t', value: '60.00', unit: 't' });
    expect(found.get('days_t')).toHaveProperty('computed');
    shelf.change(evidence.id, { figures: undefined });
    expect([...(await figuresOf(evidence)).keys()]).toEqual(Object.keys(evidence.record.totals));
  });

  it('are none of a record without figures, and none of one that is gone', async () => {
    expect((await figuresOf(receipt)).size).toBe(0);
    const gone = anchoredOf(annual);
    shelf.remove(annual.id);
    expect(await new RelationReader(shelf).figures(gone)).toEqual([]);
  });
});
