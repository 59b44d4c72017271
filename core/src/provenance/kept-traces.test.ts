import { businessKey } from '../records';
import { smallYear } from '../rulebook/testing/small-year';
import { forgetFigures } from './graph';
import { ShelfSource } from './testing/shelf-source';
import { breaksOf, findingsAbout, traceIn, withFigure } from './testing/small-year-trace';
import { traceFigure } from './trace';
import type { AnchoredRecord } from './source';
import type { Trace } from './traced';

const { annual, months } = smallYear;
const [january] = months as [(typeof months)[number]];

let shelf: ShelfSource;
beforeEach(() => {
  shelf = new ShelfSource(smallYear.all);
});
const trace = (address?: string): Promise<Trace> => traceIn(shelf, address);
const steps = breaksOf;

describe('the trace of a figure again, of records that cannot change', () => {
  const fix = <Value>(value: Value): Value => {
    for (const member of Object.values(value ?? {})) if (typeof member === 'object') fix(member);
    return Object.freeze(value);
  };
  const fixed = structuredClone(smallYear.all.map(({ id, key, record, figures }) => ({ id, key, record, figures })));
  beforeEach(() => {
    shelf = new ShelfSource(fix(fixed));
  });
  const changed = withFigure(january.report, 'Cad_pct', '61.00');

  it('computes nothing that it has computed, and says the same', async () => {
    const [first, again] = [await trace(), await trace()];
    expect(again).toBe(first);
  });

  it('tells a trace itself again, and after another was told nodes of it again', async () => {
    const first = await trace();
    shelf.change(annual.id, { state: 'VERIFIED' });
    const other = await trace();
    expect(other).not.toEqual(first);
    expect(other.nodes.slice(1).every((node, at) => node === first.nodes[at + 1])).toBe(true);
    shelf.change(annual.id, { state: 'CURRENT' });
    expect(await trace()).toEqual(first);
  });

  it('keeps no trace when private figures were purged', async () => {
    const first = await trace();
    forgetFigures();
    const again = await trace();
    expect([again === first, again]).toEqual([false, first]);
  });

  it('keeps no trace in which a superseded record is compared with its next version', async () => {
    shelf.change(january.report.id, { status: 'superseded' });
    const [first, again] = [await trace(), await trace()];
    expect([again === first, again]).toEqual([false, first]);
  });

  it.each<[string, Partial<AnchoredRecord>]>([
    ['when it was anchored', { anchoredAt: '2026-11-23T08:00:00Z' }],
    ['where it was anchored first', { earlier: { ledger: 'e'.repeat(64), anchoredAt: '2025-11-23T08:00:00Z' } }],
  ])('sees %s', async (_what, change) => {
    await trace();
    shelf.change(january.report.id, change);
    const told = (await trace()).nodes.find(({ record }) => record === january.report.id);
    expect(told).toMatchObject(change);
  });

  it('sees a mark that came, went, and came of another finding', async () => {
    const told: unknown[] = [];
    for (const findings of [['finding.1'], ['finding.1'], ['finding.2'], undefined]) {
      shelf.marking = findings && findingsAbout(annual.id, findings);
      told.push((await trace()).nodes[0]?.marks?.map(({ by }) => by));
    }
    expect(told).toEqual([['finding.1'], ['finding.1'], ['finding.2'], undefined]);
  });

  it('keeps the traces that were told last, and not more', async () => {
    const figures = shelf
      .all()
      .flatMap(({ record, figures = [] }) => figures.map(({ name }) => ({ key: businessKey(record), figure: name })));
    const first = await Promise.all(figures.map((address) => traceFigure(shelf, address)));
    const again = await Promise.all(figures.map((address) => traceFigure(shelf, address)));
    expect(again).toEqual(first);
    expect(again.filter((one, at) => one === first[at]).length).toBeLessThanOrEqual(8);
  });

  it('computes anew what may change, each time', async () => {
    shelf = new ShelfSource(smallYear.all.map((one) => ({ ...one, record: { ...one.record } })));
    const [first, again] = [await trace(), await trace()];
    expect(again).toEqual(first);
    expect(again.nodes.some((node, at) => node === first.nodes[at])).toBe(false);
  });

  it.each<[string, Partial<AnchoredRecord>, Trace['status'], string[]]>([
    [
      'an input changed',
      { figures: fix(changed) },
      'broken',
      ['monthly-evidence#emission_t E', 'test-report#Cad_pct figures-root'],
    ],
    ['an input taken out', { figures: fix(changed.slice(1)) }, 'broken', ['test-report#record figures-root']],
    ['an input closed', { figures: undefined }, 'undecidable', []],
    [
      'the bytes of an input changed',
      { record: fix({ ...january.report.record, version: 2 }) },
      'broken',
      ['test-report#Cad_pct record-hash'],
    ],
    ['an input withdrawn', { status: 'withdrawn' }, 'broken', ['test-report#Cad_pct withdrawn']],
  ])('sees %s, and that it was put back', async (_what, change, status, breaks) => {
    const before = await trace();
    const [as] = shelf.all().filter(({ id }) => id === january.report.id);
    shelf.change(january.report.id, change);
    const then = await trace();
    expect([then.status, steps(then)]).toEqual([status, breaks.map((one) => `U1/2024-01/${one}`)]);
    if (as !== undefined) shelf.replace(as);
    expect(await trace()).toEqual(before);
  });

  it('sees an input that is gone, and how a record stands now', async () => {
    const before = await trace();
    shelf.change(annual.id, { state: 'VERIFIED', anchoredAt: '2026-11-22T08:00:00Z' });
    const [root] = (await trace()).nodes;
    expect(root).toEqual({ ...before.nodes[0], state: 'VERIFIED', anchoredAt: '2026-11-22T08:00:00Z' });
    shelf.marking = findingsAbout(annual.id, ['finding.1']);
    const questioned = await trace();
    expect([questioned.status, questioned.nodes[0]?.marks?.map(({ mark }) => mark)]).toEqual([
      'questioned',
      ['under-finding'],
    ]);
    shelf.marking = undefined;
    shelf.remove(january.report.id);
    expect((await trace()).status).not.toBe('intact');
  });
});
