import { parseFigureAddress } from '../identifiers';
import { businessKey, recordId } from '../records';
import { citedRecord, recordOf, someParties } from '../rulebook/testing/bench';
import { smallYear } from '../rulebook/testing/small-year';
import { impactOfWithdrawal } from './impact';
import { ShelfSource } from './testing/shelf-source';
import { breaksOf, emissionOfYear, findingsAbout, traceIn, withFigure } from './testing/small-year-trace';
import { traceFigure } from './trace';
import type { Trace } from './traced';

const { enterprise } = someParties;
const { annual, months, methodology } = smallYear;
const [january, february] = months as [(typeof months)[number], (typeof months)[number]];
const at = (month: string, rest: string): string => `${enterprise}/U1/2024-${month}/${rest}`;

let shelf: ShelfSource;
beforeEach(() => {
  shelf = new ShelfSource(smallYear.all);
});
const trace = (address?: string): Promise<Trace> => traceIn(shelf, address);
const steps = breaksOf;

describe('the trace of a figure', () => {
  it('goes from the year to what was stated, each step computed anew, each edge once', async () => {
    const found = await trace();
    expect([found.status, found.value, found.unit, found.hidden]).toEqual(['intact', '180.00', 't', 0]);
    expect(
      found.nodes.map(({ figure, value, recomputed }) => [figure.slice(enterprise.length + 4), value, recomputed]),
    ).toEqual([
      ['2024/annual-report#emission_t', '180.00', '180.00'],
      ['2024-01/monthly-evidence#emission_t', '60.00', '60.00'],
      ['2024-01/test-report#Cad_pct', '60.00', undefined],
      ['2024-01/monthly-evidence#fuel_t', '100.00', undefined],
      ['2024-02/monthly-evidence#emission_t', '120.00', '120.00'],
      ['2024-02/test-report#Cad_pct', '60.00', undefined],
      ['2024-02/monthly-evidence#fuel_t', '200.00', undefined],
    ]);
    const edges = found.edges.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(edges).size).toBe(edges.length);
    expect(edges).toContain(`${at('01', 'test-report#Cad_pct')} ${at('01', 'monthly-evidence#emission_t')}`);
  });

  it('tells formula, party, time and state of each node', async () => {
    const [node] = (await trace()).nodes;
    expect(node).toMatchObject({
      formula: 'S',
      expression: 'sum(E)',
      party: enterprise,
      status: 'current',
      record: annual.id,
    });
  });

  it('asks its source for all records of a level at once', async () => {
    await trace();
    expect(shelf.asked.length).toBeLessThanOrEqual(5);
    const ids = shelf.asked.flat();
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('breaks where a figure is not what its inputs give, and where its root is not the record’s', async () => {
    shelf.change(january.report.id, { figures: withFigure(january.report, 'Cad_pct', '61.00') });
    const found = await trace();
    expect(found.status).toBe('broken');
    expect(steps(found)).toEqual([
      'U1/2024-01/monthly-evidence#emission_t E',
      'U1/2024-01/test-report#Cad_pct figures-root',
    ]);
    expect(found.breaks[0]).toMatchObject({ expected: '61.00', got: '60.00' });
  });

  it('breaks where the bytes of a record were changed, whatever still adds up', async () => {
    const { record } = february.evidence;
    shelf.change(february.evidence.id, { record: { ...record, version: 2 } });
    expect(steps(await trace())).toEqual(['U1/2024-02/monthly-evidence#emission_t record-hash']);
  });

  it.each(['withdrawn', 'open', 'superseded'] as const)('breaks at a record that is %s', async (status) => {
    shelf.change(january.evidence.id, { status });
    const found = await trace();
    expect(steps(found)).toContain(`U1/2024-01/monthly-evidence#emission_t ${status}`);
    expect(found.nodes.find(({ record }) => record === january.evidence.id)?.status).toBe(status);
  });

  it.each([
    ['a month', january.evidence, 'ISSUE_RAISED', []],
    ['a report', february.report, 'CURRENT', ['finding.1']],
    // It carries no figure, and no node of the trace tells of it.
    ['a sample receipt', january.receipt, 'CURRENT', ['finding.1', 'finding.2']],
  ])('is no yes where %s on its path is in doubt', async (_what, { id, key }, state, findings) => {
    shelf.change(id, { state });
    shelf.marking = findingsAbout(id, findings);
    const found = await trace();
    expect([found.status, found.breaks]).toEqual(['questioned', []]);
    expect(found.doubts?.map(({ figure, by }) => [figure.split('#')[0], by])).toEqual(
      findings.length === 0 ? [[key, undefined]] : findings.map((by) => [key, by]),
    );
    shelf.change(id, { status: 'withdrawn' });
    expect((await trace()).status).toBe('broken');
  });

  it.each([
    ['RELEASED', 'intact', []],
    // A freeze that was taken back bears no cancellation.
    ['WITHDRAWN', 'broken', ['PLANT/2024/ccer-freeze.x#record withdrawn']],
  ])('does not break at a freeze whose rest was released: %s', async (state, status, breaks) => {
    const plant = { uscc: enterprise, unit: 'PLANT', period: '2024' };
    const made = citedRecord('ccer-freeze', { subject: plant });
    const freeze = { ...made, id: recordId(made.record) };
    const cancelled = recordOf('ccer-cancellation', { subject: plant, cited: { 'ccer-freeze': [freeze] } });
    const record = { ...cancelled, totals: { ccerQty_tCO2: { value: '5', unit: 'tCO2', decimals: 0 } } };
    const [frozen, using] = [freeze.record, record].map((one) => ({
      ...{ id: recordId(one), key: businessKey(one), record: one, figures: [] },
    }));
    if (frozen === undefined || using === undefined) throw new Error('two were made');
    const own = new ShelfSource([frozen, using]);
    own.change(frozen.id, { status: 'withdrawn', state });
    const found = await traceFigure(own, parseFigureAddress(`${using.key}#ccerQty_tCO2`));
    expect([found.status, steps(found)]).toEqual([status, breaks]);
  });

  it('breaks at a sample receipt that was withdrawn: a report rests on what carries no figure', async () => {
    shelf.change(january.receipt.id, { status: 'withdrawn' });
    expect(steps(await trace())).toContain('U1/2024-01/sample-receipt#record withdrawn');
  });

  it('breaks at a record that the source does not hold', async () => {
    shelf.remove(january.report.id);
    expect((await trace()).status).not.toBe('intact');
  });

  it('is undecidable where figures are closed to who asks, and says how many', async () => {
    for (const { report, evidence } of months) {
      shelf.change(report.id, { figures: undefined });
      shelf.change(evidence.id, { figures: undefined });
    }
    const found = await trace();
    expect([found.status, found.value]).toEqual(['undecidable', '180.00']);
    expect(found.hidden).toBeGreaterThan(0);
    expect(found.breaks).toEqual([]);
  });

  it('breaks under closed figures too where a record below was withdrawn: how it stands is public', async () => {
    for (const { evidence } of months) shelf.change(evidence.id, { figures: undefined });
    shelf.change(january.report.id, { status: 'withdrawn' });
    expect((await trace()).status).toBe('broken');
  });

  it('tells the documents of a node', async () => {
    const { nodes } = await trace();
    for (const { documents } of nodes) expect(documents).toEqual([]);
  });

  it.each([
    [`${enterprise}/U1/2023/annual-report#emission_t`, 'NOT_FOUND'],
    [`${enterprise}/U1/2024/annual-report#fuel_t`, 'FIGURE_NOT_FOUND'],
    [`${enterprise}/U1/2024/annual-report#toString`, 'FIGURE_NOT_FOUND'],
  ])('of %s is refused', async (address, code) => {
    await expect(trace(address)).rejects.toMatchObject({ code });
  });
});

describe('what a withdrawal costs', () => {
  it('is every figure that rests on the record, computed anew without it', async () => {
    const impact = await impactOfWithdrawal(shelf, january.report.id);
    const lost = impact.figures.map(({ figure, now, then, delta }) => [
      figure.slice(enterprise.length + 4),
      now,
      then,
      delta,
    ]);
    expect(lost).toEqual([
      ['2024-01/test-report#Cad_pct', '60.00', null, null],
      ['2024-01/test-report#Mad_pct', '2.80', null, null],
      ['2024-01/monthly-evidence#emission_t', '60.00', null, null],
      ['2024/annual-report#emission_t', '180.00', null, null],
    ]);
    expect(impact.records.map(({ id }) => id)).toEqual([january.evidence.id, annual.id]);
    expect([impact.plants, impact.assume, impact.key]).toEqual([[enterprise], 'withdrawn', january.report.key]);
  });

  it('touches nothing that does not rest on it', async () => {
    const impact = await impactOfWithdrawal(shelf, annual.id);
    expect(impact.figures.map(({ figure }) => figure)).toEqual([emissionOfYear]);
    expect(impact.records).toEqual([]);
  });

  it('leaves out what is not current, and what only corrects', async () => {
    shelf.change(january.evidence.id, { status: 'withdrawn' });
    expect((await impactOfWithdrawal(shelf, january.report.id)).records).toEqual([]);
  });

  it('of a rule is all that is computed by it', async () => {
    const impact = await impactOfWithdrawal(shelf, methodology.id);
    expect(impact.records.map(({ id }) => id).sort()).toEqual(
      [annual.id, january.evidence.id, february.evidence.id].sort(),
    );
  });

  it('is asked of a record that is anchored', async () => {
    await expect(impactOfWithdrawal(shelf, `rec:${'0'.repeat(64)}`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('changes nothing of what is anchored', async () => {
    const before = JSON.stringify(shelf.all());
    await impactOfWithdrawal(shelf, january.report.id);
    expect(JSON.stringify(shelf.all())).toBe(before);
  });
});
