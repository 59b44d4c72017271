import type { Fault } from '../errors';
import { bucketOf, parseBusinessKey } from '../identifiers';
import { businessKey, recordId, recordTypeNames, type Citation, type LedgerRecord, type RecordType } from '../records';
import { allowedSteps, processes, recordTypes, rulebooks, type CitationRule } from '../rulebook';
import { recordOf } from '../rulebook/testing/bench';
import { emptyView, OverlayView } from '../state';
import { withCitationHelp } from './citation-help';
import { judgeCitations } from './citations';
import { CitedRecords } from './context';
import { headEntry } from './heads';
import { caseKey } from './lifecycle';

/*
 * Over every type, every role in which it cites, and every state in which what is cited may stand: what is refused tells what the
 * role takes and who files it, where the cited record stands, and what is possible there. Generated from the tables.
 */
const rulebook = rulebooks.get(1)!;
const marks = { stands: undefined, open: 'o', ended: 'w' } as const;

/** A ledger on which one record stands in a state. */
async function standing(record: LedgerRecord, state: string): Promise<OverlayView> {
  const view = new OverlayView(emptyView);
  const key = businessKey(record);
  const { process } = recordTypes[record.type];
  const { states, hasCase } = processes[process];
  const mark = marks[states[state]?.standing ?? 'stands'];
  const head = { v: record.version, r: recordId(record).slice(4), ...(mark === undefined ? {} : { s: mark }) };
  await view.setHead(bucketOf(record.subject), headEntry(record.subject, record.kind), head);
  if (hasCase) view.put('case', caseKey(process, key), { s: state, r: head.r, v: 1, t: '', by: head.r });
  return view;
}

async function refusals(record: LedgerRecord, view: OverlayView, known: readonly LedgerRecord[]): Promise<Fault[]> {
  const rules = recordTypes[record.type].cites(record);
  const context = new CitedRecords({ records: known, figures: {} });
  const { faults } = await judgeCitations(record, rules, view, context);
  return withCitationHelp(faults, { record, rules, view, rulebook });
}

const cite = (role: string, record: LedgerRecord): Citation => ({
  role,
  record: recordId(record),
  key: businessKey(record),
});

function typesIn({ type }: CitationRule): RecordType[] {
  const types: readonly string[] = typeof type === 'string' ? [type] : type;
  return recordTypeNames.filter((one) => types.includes('any') || types.includes(one));
}

/** What a role takes must be told with every fault about it. */
function expectWanted(fault: Fault | undefined, { role, type, kind, same = [] }: CitationRule): void {
  expect(fault?.details?.['wanted']).toMatchObject({ role, types: typeof type === 'string' ? [type] : type, same });
  expect(fault?.message).toContain(`as ${role} it cites `);
  expect(fault?.message).toContain(kind ?? (typeof type === 'string' ? type : type[0]));
}

interface Target {
  readonly rule: CitationRule;
  readonly target: LedgerRecord;
  readonly state: string;
}

/** Where only one key could serve, it is of the type that the role takes; where that is the one that stands, its state is told. */
function expectServing(fault: Fault | undefined, { rule, target, state }: Target): void {
  const serves = fault?.details?.['serves'];
  if (typeof serves !== 'string') return;
  const { kind } = parseBusinessKey(serves);
  expect([typesIn(rule), kind]).toEqual([[target.type], rule.kind ?? target.type]);
  if (serves !== businessKey(target)) return;
  expect(fault?.details).toMatchObject({ state, allowed: allowedSteps(rulebook, kind, state) });
  expect(fault?.message).toContain(`${serves} is ${state}`);
}

describe.each(recordTypeNames)('a %s with a citation that is refused', (type) => {
  const record = recordOf(type);
  const rules = recordTypes[type].cites(record);

  it('tells of a role that is missing what it takes, and where the only record stands that could serve', async () => {
    for (const rule of rules.filter(({ min }) => min > 0)) {
      const [cited = type] = typesIn(rule);
      const { subject } = record;
      const target = recordOf(cited, { subject, ...(rule.kind === undefined ? {} : { kind: rule.kind }) });
      for (const state of Object.keys(processes[recordTypes[cited].process].states)) {
        const faults = await refusals(record, await standing(target, state), []);
        const fault = faults.find(({ details }) => details?.['role'] === rule.role);
        expectWanted(fault, rule);
        expectServing(fault, { rule, target, state });
      }
    }
  });

  it('tells of what does not stand in which state it is, what is possible in it, and by whom', async () => {
    for (const rule of rules.filter(({ acts }) => acts !== true))
      for (const cited of typesIn(rule).slice(0, 3)) {
        const target = recordOf(cited);
        const { states } = processes[recordTypes[cited].process];
        for (const [state, { standing: how }] of Object.entries(states)) {
          if (how === 'stands') continue;
          const view = await standing(target, state);
          const citing = { ...record, cites: [cite(rule.role, target)] };
          const fault = (await refusals(citing, view, [target])).find(({ path }) => path === '/cites/0');
          expect(fault?.code).toBe('CITATION_NOT_CURRENT');
          expectWanted(fault, rule);
          const allowed = allowedSteps(rulebook, target.kind, state);
          expect(fault?.details).toMatchObject({ state, allowed });
          for (const { step, to } of allowed) expect(fault?.message).toContain(`${step} → ${to} by `);
        }
      }
  });

  it('tells of a record of a wrong type what the role takes, and where that record stands', async () => {
    for (const rule of rules) {
      const wrong = recordTypeNames.find((one) => !typesIn(rule).includes(one));
      if (wrong === undefined) continue;
      const target = recordOf(wrong);
      const [state = ''] = Object.entries(processes[recordTypes[wrong].process].states).flatMap(([name, one]) =>
        one.standing === 'stands' ? [name] : [],
      );
      const citing = { ...record, cites: [cite(rule.role, target)] };
      const faults = await refusals(citing, await standing(target, state), [target]);
      const fault = faults.find(({ path }) => path === '/cites/0');
      expect(fault?.code).toBe('CITATION_MISMATCH');
      expectWanted(fault, rule);
      expect(fault?.details).toMatchObject({ state });
    }
  });

  it('tells of a role that it does not have which it has', async () => {
    const target = recordOf('party');
    const citing = { ...record, cites: [cite('stranger', target)] };
    const faults = await refusals(citing, await standing(target, 'CURRENT'), [target]);
    const fault = faults.find(({ path }) => path === '/cites/0');
    expect(fault).toMatchObject({ code: 'CITATION_MISMATCH', details: { roles: rules.map(({ role }) => role) } });
    for (const { role } of rules) expect(fault?.message).toContain(role);
  });
});

describe('what helps', () => {
  const record = recordOf('annual-report');
  const citing = {
    record,
    rules: recordTypes['annual-report'].cites(record),
    view: new OverlayView(emptyView),
    rulebook,
  };
  const fault = (change: Partial<Fault>): Fault => ({ path: '/cites', code: 'RULE_REFUSED', message: 'x', ...change });

  it('is not told of what is not about citations, nor twice', async () => {
    const others = [fault({ path: '/content/title' }), fault({ details: { allowed: [], state: 'X' } })];
    expect(await withCitationHelp(others, citing)).toEqual(others);
  });

  it('is where a record stands that a rule names', async () => {
    const plan = recordOf('quality-control-plan');
    const view = await standing(plan, 'RETURNED');
    const cites = [cite('quality-control-plan', plan)];
    const of = { ...citing, view, record: { ...record, cites } };
    for (const one of [
      fault({ details: { key: businessKey(plan) } }),
      fault({ message: `${businessKey(plan)} is wrong` }),
    ]) {
      const [told] = await withCitationHelp([one], of);
      expect(told?.message).toContain(
        `${businessKey(plan)} is RETURNED; what is possible: filed → FILED by enterprise (self)`,
      );
    }
  });

  it('is said of a key under which nothing was filed', async () => {
    const plan = recordOf('quality-control-plan');
    const cites = [cite('quality-control-plan', plan)];
    const [told] = await withCitationHelp([fault({ path: '/cites/0' })], { ...citing, record: { ...record, cites } });
    expect(told?.message).toContain(`${businessKey(plan)} was not filed yet; what is possible: filed → FILED by `);
  });

  it('is left out for a key that is none', async () => {
    const cites = [{ role: 'methodology', record: `rec:${'0'.repeat(64)}`, key: '000000000000000000/x/9/y' }];
    const [told] = await withCitationHelp([fault({ path: '/cites/0' })], { ...citing, record: { ...record, cites } });
    expect(told?.details).not.toHaveProperty('state');
    expect(told?.message).toContain('as methodology it cites methodology');
  });
});
