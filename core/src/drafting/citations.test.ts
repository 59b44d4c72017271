import fc from 'fast-check';
import type { CurrentRecord } from '../agenda';
import type { RecordScope } from '../methodology/scope';
import type { LedgerRecord, RecordType } from '../records';
import { rulebooks, type BuiltRecord, type CitationRule, type Rulebook } from '../rulebook';
import { citedRecord, putListing, recordOf, someParties, type RecordWords } from '../rulebook/testing/bench';
import { emptyView, OverlayView } from '../state';
import type { RosterUnit } from '../state/kinds';
import { proposeCitations, type ProposedCitations } from './citations';
import type { DraftSource } from './source';

const rulebook = rulebooks.get(1) as Rulebook;
const { enterprise, lab } = someParties;
const subject = { uscc: enterprise, unit: 'U1', period: '2024-03' };
const drafted = recordOf('explanation', { subject, kind: 'explanation.1' });

/** The first state of a type's records of this standing. */
function stateOf(type: RecordType, standing: string): string {
  const { states } = rulebook.processes[rulebook.types[type].process];
  return Object.entries(states).find(([, one]) => one.standing === standing)?.[0] ?? '';
}

interface Stood {
  readonly built: BuiltRecord;
  readonly state: string;
}

function stood(type: RecordType, words: RecordWords = {}, standing = 'stands'): Stood {
  const { id, key, record } = citedRecord(type, words);
  return { built: { id, key, record, figures: [] }, state: stateOf(type, standing) };
}

const report = (change: Partial<LedgerRecord['subject']> = {}, standing = 'stands'): Stood =>
  stood('test-report', { subject: { ...subject, ...change } }, standing);

function shelf(all: readonly Stood[], view = new OverlayView(emptyView)): DraftSource {
  const currentOf = ({ built: { id, key }, state }: Stood): CurrentRecord => ({
    ...{ key, record: id, version: 1, state, since: '2024-04-01T00:00:00Z', by: id },
  });
  const named = (id: string): BuiltRecord | undefined => all.find(({ built }) => built.id === id)?.built;
  return {
    get: (kind, key) => view.get(kind, key),
    first: (kind, from, to) => view.first(kind, from, to),
    async *current(type, state, uscc) {
      await Promise.resolve();
      for (const one of all) {
        const { record } = one.built;
        const isAsked = record.type === type && one.state === state;
        if (isAsked && (uscc === undefined || record.subject.uscc === uscc)) yield currentOf(one);
      }
    },
    head: () => Promise.resolve(undefined),
    built: (id) => Promise.resolve(named(id)),
    record: (id) => Promise.resolve(named(id)?.record),
  };
}

const rule = (change: Partial<CitationRule> = {}): CitationRule => ({
  ...{ role: 'report', type: 'test-report', min: 1, max: 1, ...change },
});

/** Keys that are proposed by role, and what is left open. */
async function proposed(
  rules: readonly CitationRule[],
  source: DraftSource,
  given: Readonly<Record<string, readonly BuiltRecord[]>> = {},
): Promise<{ cites: Record<string, readonly string[]>; open: readonly unknown[] }> {
  const types = { ...rulebook.types, explanation: { ...rulebook.types.explanation, cites: () => rules } };
  const { cites, open } = await proposeCitations(drafted, given, { ...rulebook, types }, source);
  const keys = Object.entries(cites).map(([role, all]) => [role, all.map(({ key }) => key)] as const);
  return { cites: Object.fromEntries(keys), open };
}

describe('what is proposed for a role', () => {
  it('of some labels is one record of each: of the year, or the newest before it', async () => {
    const factor = (label: string, period: string): Stood =>
      stood('emission-factor', { kind: `emission-factor.${label}`, subject: { period } });
    const all = [
      ['diesel', '2022'],
      ['diesel', '2023'],
      ['coal', '2023'],
      ['coal', '2024'],
      ['gas', '2024'],
      ['coal', '2025'],
    ];
    const made = all.map(([label = '', period = '']) => factor(label, period));
    const asked = { role: 'factor', type: 'emission-factor', labels: ['coal', 'diesel'], min: 0, max: 60 } as const;
    const { cites } = await proposed([asked], shelf(made));
    const told = (cites['factor'] ?? []).map((key) => key.split('/').slice(2).join(' '));
    expect(told.sort()).toEqual(['2023 emission-factor.diesel', '2024 emission-factor.coal']);
  });

  const subjects = fc.record({
    uscc: fc.constantFrom(enterprise, lab),
    unit: fc.constantFrom('U1', 'U2', 'PLANT', '-'),
    period: fc.constantFrom('2024-03', '2024-04', '2025-03'),
  });

  it('is every record that stands and has in common with it what the role asks, and no other', async () => {
    const places = fc.uniqueArray(fc.tuple(subjects, fc.constantFrom('stands', 'ended')), {
      ...{ maxLength: 10, selector: ([one]) => JSON.stringify(one) },
    });
    const sames = fc.subarray(['uscc', 'unit', 'period', 'year'] as const);
    await fc.assert(
      fc.asyncProperty(places, sames, fc.boolean(), async (all, same, isOfUnits) => {
        const made = all.map(([one, standing]) => report(one, standing));
        const asked = rule({ min: 0, max: 99, same, ...(isOfUnits ? { of: 'units' } : {}) });
        const expected = made.filter(({ built }, at) => {
          const own = built.record.subject;
          const agrees = {
            uscc: own.uscc === subject.uscc,
            unit: own.unit === subject.unit,
            period: own.period === subject.period,
            year: own.period.startsWith('2024'),
          };
          const isUnit = own.unit.startsWith('U');
          return all[at]?.[1] === 'stands' && same.every((part) => agrees[part]) && (isUnit || !isOfUnits);
        });
        const { cites, open } = await proposed([asked], shelf(made));
        expect(cites['report'] ?? []).toEqual(expected.map(({ built }) => built.key));
        expect(open).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is left open with the candidates where there are more than serve, and with none where there are too few', async () => {
    const two = [report(), report({ unit: 'U2' })];
    const candidates = two.map(({ built }) => built.key);
    expect(await proposed([rule()], shelf(two))).toEqual({ cites: {}, open: [{ role: 'report', candidates }] });
    expect(await proposed([rule()], shelf([]))).toEqual({ cites: {}, open: [{ role: 'report', candidates: [] }] });
    expect(await proposed([rule({ min: 0 })], shelf([]))).toEqual({ cites: {}, open: [] });
    const some = await proposed([rule({ min: 3, max: 5 })], shelf(two));
    expect(some).toEqual({ cites: { report: candidates }, open: [{ role: 'report', candidates: [] }] });
  });

  it('is what was named, whatever serves, and nothing where it acts on what it cites', async () => {
    const [own, named] = [report(), report({ period: '2024-04' }).built];
    const source = shelf([own]);
    expect(await proposed([rule()], source, { report: [named] })).toEqual({ cites: { report: [named.key] }, open: [] });
    expect(await proposed([rule()], source, { report: [] })).toEqual({ cites: { report: [] }, open: [] });
    expect((await proposed([], source, { strange: [named] })).cites).toEqual({ strange: [named.key] });
    expect(await proposed([rule({ acts: true })], source)).toEqual({ cites: {}, open: [] });
  });

  it('is of corrections those of the very versions that the records of another role are about', async () => {
    const about = (role: string, of: RecordScope): RecordWords => ({ cited: { [role]: [of] } });
    const [month, later] = [citedRecord('test-report'), citedRecord('test-report', { version: 2 })];
    const finding = stood('finding', { subject, ...about('evidence', month) }).built;
    const meant = stood('supersession', { subject, kind: 'supersession.test-report', ...about('superseded', month) });
    const other = stood('supersession', { subject, kind: 'supersession.x', ...about('superseded', later) });
    const asked = [rule({ type: 'supersession', min: 0, max: 40, answers: 'finding' })];
    const source = shelf([meant, other]);
    expect((await proposed(asked, source, { finding: [finding] })).cites['report']).toEqual([meant.built.key]);
    expect((await proposed(asked, source)).cites).toEqual({});
  });

  it('is not its own earlier version, which it replaces', async () => {
    const earlier = stood('explanation', { subject, kind: 'explanation.1' });
    const other = stood('explanation', { subject, kind: 'explanation.2' });
    const found = await proposed([rule({ type: 'explanation' })], shelf([earlier, other]));
    expect(found).toEqual({ cites: { report: [other.built.key] }, open: [] });
  });

  it('is of the kind without a label where both are there, and of the one that is asked for', async () => {
    const plant = { ...subject, unit: 'PLANT', period: '2024' };
    const plain = stood('allowance-issuance', { subject: plant, kind: 'allowance-issuance' });
    const pre = stood('allowance-issuance', { subject: plant, kind: 'allowance-issuance.pre' });
    const type = 'allowance-issuance';
    const keys = async (change: Partial<CitationRule>, all: readonly Stood[]): Promise<unknown> =>
      (await proposed([rule({ type, ...change })], shelf(all))).cites['report'];
    expect(await keys({}, [pre, plain])).toEqual([plain.built.key]);
    expect(await keys({}, [pre])).toEqual([pre.built.key]);
    expect(await keys({ kind: 'allowance-issuance.pre' }, [pre, plain])).toEqual([pre.built.key]);
  });

  it('of a report of a day is the sample of that day, and of a month’s composite the one without a label', async () => {
    const samples = ['', '.15', '.16'].map((label) =>
      stood('sample-receipt', { subject, kind: `sample-receipt${label}` }),
    );
    const asked = (kind: string): Promise<ProposedCitations> =>
      proposeCitations(recordOf('test-report', { subject, kind }), {}, rulebook, shelf(samples));
    const keyFor = async (kind: string): Promise<unknown> => (await asked(kind)).cites['sample-receipt']?.[0]?.key;
    expect(await keyFor('test-report.15')).toBe(samples[1]?.built.key);
    expect(await keyFor('test-report.16')).toBe(samples[2]?.built.key);
    expect(await keyFor('test-report')).toBe(samples[0]?.built.key);
  });

  it('of a month are the reports of its unit, and of the units on the belt that its plan declares', async () => {
    const month = recordOf('monthly-evidence', { subject });
    const planOf = (unit: string, sharedBelt?: readonly string[]): Stood =>
      stood('quality-control-plan', { subject: { ...subject, unit, period: '2024' }, content: { sharedBelt } });
    const others = [report(), report({ unit: 'U2' }), report({ unit: 'U3' }), planOf('U2', ['U1']), planOf('U3')];
    const cited = async (own: Stood): Promise<unknown[]> => {
      const { cites } = await proposeCitations(month, {}, rulebook, shelf([...others, own]));
      return ['test-report', 'shared-belt-plan'].map((role) => cites[role]?.map(({ record }) => record.subject.unit));
    };
    expect(await cited(planOf('U1', ['U2']))).toEqual([['U1', 'U2'], ['U2']]);
    expect(await cited(planOf('U1'))).toEqual([['U1'], undefined]);
  });

  it('is of any of several types, and never guessed where any type would do', async () => {
    const receipt = stood('sample-receipt', { subject });
    const found = await proposed([rule({ type: ['test-report', 'sample-receipt'] })], shelf([receipt]));
    expect(found.cites).toEqual({ report: [receipt.built.key] });
    expect((await proposed([rule({ type: 'any' })], shelf([receipt]))).cites).toEqual({});
  });

  it('is the methodology of the sector as which the enterprise is listed last', async () => {
    const of = (unit: string): Stood => stood('methodology', { subject: { ...subject, unit, period: '2024' } });
    const list = (id: string, sector: string): Stood => {
      const { built, state } = stood('emitter-list', { content: { entries: [{ uscc: enterprise, sector }] } });
      return { built: { ...built, id }, state };
    };
    const view = new OverlayView(emptyView);
    putListing(view, enterprise, true, true);
    const all = [of('POWER'), of('STEEL'), list('rec:0', 'power'), list('rec:1', 'steel')];
    const asked = rule({ type: 'methodology', same: ['year'] });
    expect((await proposed([asked], shelf(all, view))).cites).toEqual({ report: [all[1]?.built.key] });
    // Listed nowhere, the filer is told of which sectors there are rules.
    const candidates = all.slice(0, 2).map(({ built }) => built.key);
    expect(await proposed([asked], shelf(all))).toEqual({ cites: {}, open: [{ role: 'report', candidates }] });
    expect(await proposed([{ ...asked, min: 0 }], shelf(all))).toEqual({ cites: {}, open: [] });
    expect((await proposed([asked], shelf(all.slice(0, 1)))).cites).toEqual({ report: [all[0]?.built.key] });
  });

  it('is the table of the record’s own year, where the role leaves the year open', async () => {
    const of = (period: string): Stood => stood('parameter', { subject: { ...subject, unit: 'POWER', period } });
    const all = ['2023', '2024', '2025'].map(of);
    const asked = rule({ role: 'parameters', type: 'parameter', min: 0 });
    expect((await proposed([asked], shelf(all))).cites).toEqual({ parameters: [all[1]?.built.key] });
  });

  it('is what the methodology asks of such a record, beside the roles of its type', async () => {
    const plant = { uscc: enterprise, unit: 'PLANT', period: '2025' };
    const profile = {
      'allowance-issuance@plant': { cites: { 'annual-report': { of: 'annual-report@plant', min: 1, max: 1 } } },
    };
    const methodology = stood('methodology', { subject: { ...plant, unit: 'STEEL' }, content: { profile } });
    const annual = stood('annual-report', { subject: plant });
    const issuance = recordOf('allowance-issuance', { subject: plant });
    const rolesOn = async (...all: readonly Stood[]): Promise<string[]> =>
      Object.keys((await proposeCitations(issuance, {}, rulebook, shelf(all))).cites);
    expect(await rolesOn(methodology, annual)).toEqual(['methodology', 'annual-report']);
    // Coal power determines its plants by their units.
    expect(await rolesOn(stood('methodology', { subject: { ...plant, unit: 'POWER' } }), annual)).toEqual([
      'methodology',
    ]);
  });

  it('is the methodology of the unit’s plan, whatever the enterprise is listed as', async () => {
    const of = (unit: string): Stood => stood('methodology', { subject: { ...subject, unit, period: '2024' } });
    const [power, fuels] = [of('POWER'), of('POWER-FUELS')];
    const plan = stood('quality-control-plan', {
      ...{ subject: { ...subject, period: '2024' }, cited: { report: [] } },
    });
    const { record } = plan.built;
    const cites = [{ role: 'report', record: fuels.built.id, key: fuels.built.key }];
    const planned = { ...plan, built: { ...plan.built, record: { ...record, cites } } };
    const source = shelf([power, fuels, planned]);
    const head: DraftSource['head'] = (key) =>
      Promise.resolve(
        key === planned.built.key
          ? { key, record: planned.built.id, version: 1, state: 'ACCEPTED', since: '2024-04-01T00:00:00Z', by: 'rec:0' }
          : undefined,
      );
    const asked = rule({ type: 'methodology', same: ['year'] });
    expect((await proposed([asked], { ...source, head })).cites).toEqual({ report: [fuels.built.key] });
  });

  it('is that of each unit in force in the period, where every unit is asked for', async () => {
    const view = new OverlayView(emptyView);
    const unit = (id: string, from: string, to: string | null = null): RosterUnit => ({
      ...{ id, permit: 'P1', code: 'MF0001', from, to },
    });
    const units = [unit('U1', '2020-01-01'), unit('U2', '2020-01-01', '2024-02-29'), unit('U3', '2024-03-31')];
    view.put('units', enterprise, { units });
    const all = ['U1', 'U2', 'U3', 'U4'].map((one) => report({ unit: one }));
    const asked = rule({ max: 1, same: ['uscc', 'period'], everyUnit: true });
    const { cites, open } = await proposed([asked], shelf(all, view));
    expect([cites['report'], open]).toEqual([[all[0]?.built.key, all[2]?.built.key], []]);
  });

  it('looks at some hundreds, however many there are', async () => {
    let given = 0;
    const many: DraftSource = {
      ...shelf([]),
      async *current() {
        await Promise.resolve();
        while (given < 5000) {
          const key = `${enterprise}/U${String((given += 1))}/2024-03/test-report`;
          yield { key, record: 'rec:', version: 1, state: '', since: '', by: '' };
        }
      },
    };
    const { open } = await proposed([rule()], many);
    expect(open).toMatchObject([{ role: 'report', candidates: { length: 20 } }]);
    expect(given).toBeLessThan(1000);
  });
});
