import { codeOf } from '../../../test/support/code-of';
import type { Asking, CurrentRecord } from '../agenda';
import {
  lifecycleOf,
  none,
  possibleSteps,
  rulebooks,
  type BuiltRecord,
  type PossibleStep,
  type Rulebook,
} from '../rulebook';
import { citedRecord, putParty, someParties } from '../rulebook/testing/bench';
import { exampleOf } from '../rulebook/testing/content-table';
import { recordTypeNames, type RecordType } from '../records/record';
import { emptyView, OverlayView } from '../state';
import { actedOn, currentNamed } from './acting';
import { contestedCites } from './contested';
import type { DraftRequest } from './request';
import type { DraftSource } from './source';

const rulebook = rulebooks.get(1) as Rulebook;
const { enterprise, lab } = someParties;
const subject = { uscc: enterprise, unit: 'U1', period: '2024-03' };
const kinds = [
  'monthly-evidence',
  'annual-report',
  'objection.1',
  'nonconformity.1',
  'facility',
  'test-report',
] as const;

function builtOf(...[type, words]: Parameters<typeof citedRecord>): BuiltRecord {
  const { id, key, record } = citedRecord(type, words);
  return { id, key, record, figures: [] };
}

/** A ledger on which these records are the current versions of their keys, in a state. */
function holding(all: readonly BuiltRecord[], state = 'FILED', earlier: readonly BuiltRecord[] = []): DraftSource {
  const view = new OverlayView(emptyView);
  putParty(view, enterprise);
  const currentOf = ({ id, key, record: { version } }: BuiltRecord): CurrentRecord => ({
    ...{ key, record: id, version, state, since: '2024-04-01T00:00:00Z', by: id },
  });
  const named = (id: string): BuiltRecord | undefined => [...all, ...earlier].find((one) => one.id === id);
  return {
    get: (kind, key) => view.get(kind, key),
    first: (kind, from, to) => view.first(kind, from, to),
    async *current(type, asked) {
      await Promise.resolve();
      for (const one of all) if (one.record.type === type && asked === 'CURRENT') yield currentOf(one);
    },
    head: (key) => {
      const found = all.find((one) => one.key === key);
      return Promise.resolve(found && currentOf(found));
    },
    built: (id) => Promise.resolve(named(id)),
    record: (id) => Promise.resolve(named(id)?.record),
  };
}

async function askingAs(change: Parameters<typeof putParty>[2]): Promise<Asking> {
  const view = new OverlayView(emptyView);
  putParty(view, lab, change);
  const party = await view.get('party', lab);
  if (party === undefined) throw new Error('it was put there');
  return { uscc: lab, party };
}

describe('the record that is named', () => {
  const [first, second] = [1, 2].map((version) => builtOf('explanation', { subject, version }));
  if (first === undefined || second === undefined) throw new Error('two were made');
  const source = holding([second], 'FILED', [first]);

  it('is the current version, whichever version or its key is named', async () => {
    for (const name of [first.id, second.id, second.key])
      expect(await currentNamed(name, source)).toMatchObject({ key: second.key, record: second.id, version: 2 });
  });

  it('is none where nothing such is anchored', async () => {
    expect(await currentNamed(`rec:${'0'.repeat(64)}`, source)).toBeUndefined();
    expect(await currentNamed(`${enterprise}/U9/2024-03/explanation.1`, source)).toBeUndefined();
  });

  it.each(['', 'x', 'a/b', `${enterprise}/U1/2024-03`, `${enterprise}/U1/2024-03/explanation.1/more`])(
    'is no business key: %j',
    async (name) => {
      const error: unknown = await currentNamed(name, source).catch((one: unknown) => one);
      expect(
        codeOf(() => {
          throw error;
        }),
      ).toBe('BAD_FIGURE_ADDRESS');
    },
  );
});

describe('the step that a draft takes', () => {
  /** Steps that a record of a type makes from a state, as the tables have them. */
  const madeBy = (type: string, kind: string, state: string): readonly PossibleStep[] =>
    possibleSteps(rulebook, kind, state).filter(({ file, step }) => file.type === type && step !== 'filed');

  it.each(kinds)('on %s is one that its type makes: from the state at hand, else from another', async (kind) => {
    const asking = await askingAs({ status: 'suspended' });
    const [type] = kind.split('.');
    const about = builtOf(type as RecordType, { subject, kind });
    const states = Object.keys(lifecycleOf(rulebook, kind).states);
    for (const state of states) {
      const source = holding([about], state);
      for (const acting of recordTypeNames) {
        const found = await actedOn({ type: acting, issuer: lab, on: about.key }, rulebook, asking, source);
        const here = madeBy(acting, kind, state);
        const anywhere = [none, ...states].flatMap((one) => madeBy(acting, kind, one));
        expect([found?.current.state, found?.issuer]).toEqual([state, about.record.issuer]);
        const choices = here.length > 0 ? here : anywhere;
        if (choices.length > 0) expect(choices).toContainEqual(found?.step);
        else expect(found?.step).toBeUndefined();
      }
    }
  });

  it.each([
    ['accept', 'ACCEPTED'],
    ['return', 'RETURNED'],
  ])('says what is stated of its content: %s leads to %s', async (decision, to) => {
    const about = builtOf('monthly-evidence', { subject });
    const asking = await askingAs({ status: 'suspended' });
    const request: DraftRequest = { type: 'review', issuer: lab, on: about.id, content: { decision } };
    const kind = 'review.province_monthly-evidence';
    const found = await actedOn({ ...request, kind }, rulebook, asking, holding([about]));
    expect(found?.step).toMatchObject({ to, file: { kind, content: { decision } } });
  });

  it('is the same whichever number the filer gives', async () => {
    const about = builtOf('annual-report', { subject: { ...subject, period: '2024' } });
    const request: DraftRequest = { type: 'nonconformity', issuer: lab, on: about.id };
    const asking = await askingAs({ status: 'suspended' });
    for (const kind of [undefined, 'nonconformity', 'nonconformity.2'])
      expect(await actedOn({ ...request, kind }, rulebook, asking, holding([about]))).toMatchObject({
        step: { step: 'nonconformity', file: { role: 'annual-report' } },
      });
  });

  it('is the same whichever word labels the record, where any word may', async () => {
    const cancellation = builtOf('ccer-cancellation', {
      subject: { ...subject, unit: 'PLANT', period: '2024' },
      kind: 'ccer-cancellation.2',
    });
    const request: DraftRequest = { type: 'offset-booking', issuer: lab, on: cancellation.key };
    const asking = await askingAs({ status: 'suspended' });
    for (const kind of ['offset-booking.1', 'offset-booking.first'])
      expect(await actedOn({ ...request, kind }, rulebook, asking, holding([cancellation], 'CANCELLED'))).toMatchObject(
        { step: { step: 'offset-booking', to: 'BOOKED', file: { role: 'ccer-cancellation' } } },
      );
  });

  it('is none where nothing is named, nothing is anchored, or nothing of this type acts', async () => {
    const asking = await askingAs({ status: 'suspended' });
    const about = builtOf('test-report', { subject });
    const on = (request: Partial<DraftRequest>): ReturnType<typeof actedOn> =>
      actedOn({ type: 'review', issuer: lab, ...request }, rulebook, asking, holding([about], 'CURRENT'));
    expect(await on({})).toBeUndefined();
    expect(await on({ on: `rec:${'1'.repeat(64)}` })).toBeUndefined();
    expect(await on({ on: about.key, type: 'clearing' })).toMatchObject({ current: { key: about.key } });
    expect(await on({ on: about.key, type: 'clearing' })).not.toHaveProperty('step');
  });
});

describe('what an objection and its decision cite beside', () => {
  const plant = { ...subject, unit: 'PLANT', period: '2024' };
  const [old, report] = [1, 2].map((version) => builtOf('annual-report', { subject: plant, version }));
  if (old === undefined || report === undefined) throw new Error('two were made');
  const conclusion = builtOf('verification-conclusion', { subject: plant, cited: { 'annual-report': [scoped(old)] } });
  const objection = builtOf('objection', {
    ...{ subject: plant, kind: 'objection.1' },
    cited: { 'annual-report': [scoped(old)], contested: [scoped(conclusion)] },
  });
  const calendar = (year: string): BuiltRecord =>
    builtOf('working-days', {
      subject: { uscc: enterprise, unit: '-', period: year },
      content: exampleOf('working-days'),
    });
  const calendars = ['2023', '2024', '2025', '2026'].map(calendar);
  const source = holding([conclusion, objection, report, ...calendars], 'FILED', [old]);

  function scoped({ id, key, record }: BuiltRecord): ReturnType<typeof citedRecord> {
    return { id, key, record, figures: new Map(), cited: new Map() };
  }

  async function citedBeside(about: BuiltRecord, given = {}): Promise<Record<string, string[]>> {
    const current = await source.head(about.key);
    const tools = { rulebook, source, now: '2024-12-30T00:00:00Z' };
    const cites = await contestedCites(current && { current, issuer: enterprise }, given, tools);
    return Object.fromEntries(Object.entries(cites).map(([role, all]) => [role, all.map(({ id }) => id)]));
  }
  const ofTwoYears = calendars.slice(1, 3).map(({ id }) => id);

  it('is the current version of the report that was concluded on, and the calendars of this year and the next', async () => {
    expect(await citedBeside(conclusion)).toEqual({ 'annual-report': [report.id], 'working-days': ofTwoYears });
  });

  it('is what was objected to as well, for a decision', async () => {
    expect(await citedBeside(objection)).toEqual({
      ...{ contested: [conclusion.id], 'annual-report': [report.id], 'working-days': ofTwoYears },
    });
  });

  it('is the calendars alone for anything else, and nothing in a role that is stated', async () => {
    expect(await citedBeside(report)).toEqual({ 'working-days': ofTwoYears });
    expect(await citedBeside(conclusion, { 'annual-report': [], 'working-days': [] })).toEqual({});
  });
});
