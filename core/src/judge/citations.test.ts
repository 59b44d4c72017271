import type { RecordScope } from '../methodology/scope';
import { buildRecord, derivedSalts, type BuiltRecord, type CitationRule } from '../rulebook';
import { recordOf, someParties, told, type RecordWords } from '../rulebook/testing/bench';
import { recordId, type Citation, type LedgerRecord } from '../records';
import type { Head } from '../state';
import { CitedRecords } from './context';
import { cite, citing, rule, Shelf } from './testing/shelf';

const { enterprise, lab } = someParties;

let shelf: Shelf;
let plan: LedgerRecord;
beforeEach(async () => {
  shelf = new Shelf();
  plan = await shelf.put('quality-control-plan');
});

describe('a citation', () => {
  it('of what stands, in a role that the type has, is taken', async () => {
    const { faults, cited } = await shelf.judge(citing([cite('plan', plan)]), [rule()]);
    expect(faults).toEqual([]);
    expect(cited.get('plan')?.map(({ record }) => record)).toEqual([plan]);
  });

  it.each([
    [0, ['CITATION_MISSING /cites']],
    [1, ['CITATION_MISSING /cites']],
    [2, []],
    [3, []],
    [4, ['BAD_RECORD /cites']],
  ])('of %i where two to three are asked for', async (count, expected) => {
    const units = await Promise.all(
      ['A', 'B', 'C', 'D'].map((unit) => shelf.put('quality-control-plan', { subject: { unit } })),
    );
    const cites = units.slice(0, count).map((one) => cite('plan', one));
    expect(await shelf.told(citing(cites), [rule({ min: 2, max: 3 })])).toEqual(expected);
  });

  it('in a role that the type does not have is refused', async () => {
    expect(await shelf.told(citing([cite('plan', plan), cite('other', plan)]), [rule()])).toEqual([
      'CITATION_MISMATCH /cites/1',
    ]);
  });

  it('of the same record twice in one role is refused, and in two roles is not', async () => {
    const twice = citing([cite('plan', plan), cite('plan', plan)]);
    expect(await shelf.told(twice, [rule({ max: 2 })])).toEqual(['CITATION_MISMATCH /cites/1']);
    const roles = citing([cite('plan', plan), cite('other', plan)]);
    expect(await shelf.told(roles, [rule(), rule({ role: 'other' })])).toEqual([]);
  });

  it('of a key under which nothing stands is refused', async () => {
    const absent = recordOf('quality-control-plan', { subject: { unit: 'U9' } });
    expect(await shelf.told(citing([cite('plan', absent)]), [rule()])).toEqual(['CITATION_UNKNOWN /cites/0']);
  });

  it.each<[string, Partial<Head>, RegExp]>([
    ['was withdrawn', { s: 'w' }, /was withdrawn/],
    ['waits for its next version', { s: 'o' }, /waits for its next version/],
    ['has a next version', { v: 2, r: 'f'.repeat(64) }, /now stands at rec:ffff/],
  ])('of what %s is refused, and told so', async (_, head, words) => {
    await shelf.stand(plan, head);
    const { faults } = await shelf.judge(citing([cite('plan', plan)]), [rule()]);
    expect(faults.map(told)).toEqual(['CITATION_NOT_CURRENT /cites/0']);
    expect(faults[0]?.message).toMatch(words);
    expect(faults[0]?.details).toMatchObject({ withdrawn: head.s === 'w', open: head.s === 'o' });
  });

  it('by which a record acts may name what waits or was withdrawn, and never an earlier version', async () => {
    const acting = [rule({ acts: true })];
    for (const s of ['w', 'o'] as const) {
      await shelf.stand(plan, { s });
      expect(await shelf.told(citing([cite('plan', plan)]), acting)).toEqual([]);
    }
    await shelf.stand(plan, { v: 2, r: 'f'.repeat(64) });
    expect(await shelf.told(citing([cite('plan', plan)]), acting)).toEqual(['CITATION_NOT_CURRENT /cites/0']);
  });

  it('under another key than that of the record is refused', async () => {
    const other = await shelf.put('quality-control-plan', { subject: { unit: 'U2' } });
    await shelf.stand(plan, { r: recordId(other).slice(4) });
    const crossed: Citation = { ...cite('plan', plan), record: recordId(other) };
    expect(await shelf.told(citing([crossed]), [rule()])).toEqual(['CITATION_MISMATCH /cites/0']);
  });

  it('of a record that did not come along is refused', async () => {
    shelf.records.length = 0;
    expect(await shelf.told(citing([cite('plan', plan)]), [rule()])).toEqual(['CONTEXT_MISSING /cites/0']);
  });
});

describe('what is cited', () => {
  it.each<[string, Partial<CitationRule>, boolean]>([
    ['of its type', {}, true],
    ['of any type', { type: 'any' }, true],
    ['of one of several types', { type: ['facility', 'quality-control-plan'] }, true],
    ['of another type', { type: 'facility' }, false],
    ['of none of several types', { type: ['facility', 'review'] }, false],
    ['of its kind', { kind: 'quality-control-plan' }, true],
    ['of another kind', { kind: 'quality-control-plan.x' }, false],
    ['of a unit', { of: 'units' }, true],
    ['of the period that is asked for', { period: '2024' }, true],
    ['of another period', { period: '2023' }, false],
  ])('is %s', async (_, change, fits) => {
    expect(await shelf.told(citing([cite('plan', plan)]), [rule(change)])).toEqual(
      fits ? [] : ['CITATION_MISMATCH /cites/0'],
    );
  });

  it('is about a unit, where only units are asked for', async () => {
    const report = await shelf.put('annual-report', { subject: { unit: 'PLANT' } });
    const units = rule({ type: 'annual-report', of: 'units' });
    expect(await shelf.told(citing([cite('plan', report)]), [units])).toEqual(['CITATION_MISMATCH /cites/0']);
  });

  it.each<[NonNullable<CitationRule['same']>[number], RecordWords]>([
    ['uscc', { subject: { uscc: lab } }],
    ['unit', { subject: { unit: 'U2' } }],
    ['period', { subject: { period: '2023' } }],
    ['year', { subject: { period: '2023' } }],
  ])('has the same %s where that is asked for, and any other where it is not', async (part, words) => {
    const citer = citing([cite('plan', plan)], words);
    expect(await shelf.told(citer, [rule({ same: [part] })])).toEqual(['CITATION_MISMATCH /cites/0']);
    expect(await shelf.told(citer, [rule({ same: [] })])).toEqual([]);
  });

  it('has the year of a month', async () => {
    const month = { ...recordOf('monthly-evidence', { subject: { period: '2024-05' } }), cites: [cite('plan', plan)] };
    expect(await shelf.told(month, [rule({ same: ['uscc', 'unit', 'year'] })])).toEqual([]);
    expect(await shelf.told(month, [rule({ same: ['period'] })])).toEqual(['CITATION_MISMATCH /cites/0']);
  });

  it('is gathered in the order of its keys, whatever the order of citation', async () => {
    const units = await Promise.all(
      ['C', 'A', 'B'].map((unit) => shelf.put('quality-control-plan', { subject: { unit } })),
    );
    const { cited } = await shelf.judge(citing(units.map((one) => cite('plan', one))), [rule({ max: 3 })]);
    expect(cited.get('plan')?.map(({ record }: RecordScope) => record.subject.unit)).toEqual(['A', 'B', 'C']);
  });
});

describe('records that come along', () => {
  const built: BuiltRecord = buildRecord(
    {
      type: 'test-report',
      issuer: lab,
      subject: { uscc: enterprise, unit: 'U1', period: '2024-01' },
      content: recordOf('test-report').content,
      figures: { Cad_pct: '62.38', Mad_pct: '2.84' },
    },
    derivedSalts(new Uint8Array(32)),
  );
  const scope = (figures: Record<string, unknown>): string => {
    try {
      return [...new CitedRecords({ records: [built.record], figures }).scope(built.id).figures.keys()].join();
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('are believed for their hashes alone: the figures are those of the root', () => {
    expect(scope({ [built.id]: built.figures })).toBe('Cad_pct,Mad_pct');
    expect(scope({})).toBe('CONTEXT_MISSING');
    expect(scope({ [built.id]: built.figures.slice(1) })).toBe('FIGURES_ROOT_MISMATCH');
    expect(scope({ [built.id]: built.figures.map((one) => ({ ...one, value: '1.00' })) })).toBe(
      'FIGURES_ROOT_MISMATCH',
    );
    expect(scope({ [built.id]: 'figures' })).toBe('BAD_RECORD');
  });

  it('are found by their own hash, not by what anybody calls them', () => {
    const context = new CitedRecords({ records: [built.record], figures: {} });
    expect(context.record(built.id)).toBe(built.record);
    expect(() => context.scope(`rec:${'0'.repeat(64)}`)).toThrow('was not supplied');
  });

  it('tell in which of them a salt stands', () => {
    const context = new CitedRecords({ records: [], figures: {} });
    context.add(built.record, built.figures, built.id);
    expect(context.saltHolder(built.figures[0]!.salt)).toBe(built.id);
    expect(context.saltHolder('0'.repeat(32))).toBeUndefined();
  });
});
