import { bucketOf, parseBusinessKey } from '../identifiers';
import { businessKey, recordTypeNames, type LedgerRecord, type RecordType } from '../records';
import { allowedSteps, processNameOf, rulebooks } from '../rulebook';
import { none } from '../rulebook/processes';
import { citedRecord, recordOf } from '../rulebook/testing/bench';
import { emptyView, OverlayView } from '../state';
import type { Fault } from '../errors';
import { headEntry } from './heads';
import { actionFaults, caseKey, processOf, stateOf, versionFault } from './lifecycle';

/*
 * Over every type, every state of its life, and every step that a record of any type takes: what is refused tells the state, what
 * is possible in it, and by whom. Generated from the tables: a type that comes later is held to it without a line here.
 */
const rulebook = rulebooks.get(1)!;
const marks = { stands: {}, open: { s: 'o' }, ended: { s: 'w' } } as const;

/** Every state that there is in the life of a type, none excepted. */
function statesOf(type: RecordType): string[] {
  return Object.keys(rulebook.processes[rulebook.types[type].process].states);
}

async function standing(key: string, state: string): Promise<OverlayView> {
  const view = new OverlayView(emptyView);
  const { kind, ...subject } = parseBusinessKey(key);
  const name = processOf(rulebook, kind);
  const { states, hasCase } = rulebook.processes[name];
  const mark = marks[states[state]?.standing ?? 'stands'];
  await view.setHead(bucketOf(subject), headEntry(subject, kind), { v: 3, r: 'a', ...mark });
  if (hasCase) view.put('case', caseKey(name, key), { s: state, r: 'a', v: 3, t: '', by: 'a' });
  return view;
}

/** What a refusal must tell of the key that it is about. */
function expectTold(fault: Fault | undefined, kind: string, state: string): void {
  const allowed = allowedSteps(rulebook, kind, state);
  expect(fault).toMatchObject({ details: { state, allowed } });
  const message = fault?.message ?? '';
  expect(message).toContain(state);
  if (allowed.length === 0) expect(message).toContain('nothing');
  for (const { step, to, by } of allowed) {
    expect(message).toContain(`${step} → ${to} by `);
    expect(by.length).toBeGreaterThan(0);
  }
}

describe.each(recordTypeNames)('a %s that is refused', (type) => {
  it('tells what may be done with its key, in every state', async () => {
    for (const state of statesOf(type)) {
      for (const version of [1, 3, 5]) {
        const record = recordOf(type, { version });
        const view = await standing(businessKey(record), state);
        const head = await view.head(bucketOf(record.subject), headEntry(record.subject, record.kind));
        const fault = await versionFault(record, 'rec:b', head, view, rulebook);
        expect(['KEY_TAKEN', 'VERSION_GAP']).toContain(fault?.code);
        // A state that only a case tells is that of its mark where the type has no case.
        expectTold(fault, record.kind, await stateOf(businessKey(record), head, view, rulebook));
      }
    }
  });

  it('tells it of a first version that does not begin with 1', async () => {
    const record = recordOf(type, { version: 2 });
    const fault = await versionFault(record, 'rec:b', undefined, new OverlayView(emptyView), rulebook);
    expectTold(fault, record.kind, none);
  });
});

/** Records that act on what they cite, one of every label and outcome that the examples have. */
const acting = recordTypeNames.flatMap((type): LedgerRecord[] => {
  const rules = (rulebook.types[type].acts?.(recordOf(type)) ?? []).map(({ role }) => role);
  const cites = rulebook.types[type].cites(recordOf(type));
  return [...new Set(rules)].flatMap((role) => {
    const cited = cites.find((rule) => rule.role === role)?.type;
    const targets = cited === undefined || cited === 'any' ? (['test-report'] as const) : [cited].flat();
    return targets.map((target) => recordOf(type, { cited: { [role]: [citedRecord(target)] } }));
  });
});

it('finds records that act', () => {
  expect(acting.length).toBeGreaterThan(10);
});

it.each(acting.map((record) => [record.kind, record.cites[0]?.key ?? '', record] as const))(
  '%s on %s tells in every state where it may not act what may be done, and by whom',
  async (_kind, key, record) => {
    const { kind } = parseBusinessKey(key);
    const name = processNameOf(kind);
    const process = rulebook.processes[name ?? 'corrigible'];
    const refused: string[] = [];
    for (const state of Object.keys(process.states)) {
      const view = await standing(key, state);
      const [fault] = await actionFaults(record, view, rulebook);
      if (fault?.code !== 'STATE_CONFLICT') continue;
      refused.push(state);
      const head = await view.head(bucketOf(parseBusinessKey(key)), headEntry(parseBusinessKey(key), kind));
      expectTold(fault, kind, await stateOf(key, head, view, rulebook));
    }
    expect(refused.length).toBeGreaterThan(0);
  },
);
