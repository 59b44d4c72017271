import { processes, rulebooks, type ProcessName } from '../rulebook';
import { citedRecord, recordOf, told } from '../rulebook/testing/bench';
import { businessKey, recordTypeNames, type LedgerRecord } from '../records';
import { emptyView, OverlayView, type Head } from '../state';
import { bucketOf, parseBusinessKey, typeOfKind } from '../identifiers';
import { allowedSteps, isWithdrawal } from '../rulebook/actions';
import { filedAs, isFiling } from '../rulebook/processes';
import { headEntry } from './heads';
import { actionFaults, caseKey, nextState, processOf, stateOf, versionFault } from './lifecycle';

const rulebook = rulebooks.get(1)!;

/** A view in which a key has a head, and its case a state. */
async function standing(key: string, head: Partial<Head>, state?: string): Promise<OverlayView> {
  const view = new OverlayView(emptyView);
  const { kind, ...subject } = parseBusinessKey(key);
  await view.setHead(bucketOf(subject), headEntry(subject, kind), { v: 1, r: 'a', ...head });
  const process = processOf(rulebook, kind);
  if (state !== undefined) view.put('case', caseKey(process, key), { s: state, r: 'a', v: 1, t: '', by: 'a' });
  return view;
}

describe('the state of a key', () => {
  const key = (type: Parameters<typeof recordOf>[0]): string => businessKey(recordOf(type));

  it.each<[Parameters<typeof recordOf>[0], Partial<Head>, string | undefined, string]>([
    ['quality-control-plan', {}, 'FILED', 'FILED'],
    ['quality-control-plan', { s: 'o' }, 'RETURNED', 'RETURNED'],
    ['quality-control-plan', { s: 'o' }, 'OPEN', 'OPEN'],
    ['test-report', {}, undefined, 'CURRENT'],
    ['test-report', { s: 'o' }, undefined, 'OPEN'],
    ['test-report', { s: 'w' }, undefined, 'WITHDRAWN'],
    ['ccer-lot', { s: 'w' }, undefined, 'REVERSED'],
    ['party', { s: 'w' }, undefined, 'WITHDRAWN'],
  ])('of a %s with head %j and case %s is %s', async (type, head, state, expected) => {
    const view = await standing(key(type), head, state);
    expect(await stateOf(key(type), { v: 1, r: 'a', ...head }, view, rulebook)).toBe(expected);
  });

  it('is none before the first version', async () => {
    expect(await stateOf(key('test-report'), undefined, new OverlayView(emptyView), rulebook)).toBe('-');
  });
});

describe('the version of a record', () => {
  const fault = async (
    head: Partial<Head> | undefined,
    version: number,
    state?: string,
    type: LedgerRecord['type'] = 'test-report',
  ): Promise<string | undefined> => {
    const record = recordOf(type, { version });
    const key = businessKey(record);
    const view = head === undefined ? new OverlayView(emptyView) : await standing(key, head, state);
    const full = head && { v: 1, r: 'a', ...head };
    return (await versionFault(record, 'rec:b', full, view, rulebook))?.code;
  };

  it('is the first where nothing stands', async () => {
    expect([await fault(undefined, 1), await fault(undefined, 2)]).toEqual([undefined, 'VERSION_GAP']);
  });

  it('is the next one where the state lets a version follow, and no other', async () => {
    expect(await fault({ v: 3, s: 'o' }, 4)).toBeUndefined();
    expect(await fault({ v: 3, s: 'w' }, 4)).toBeUndefined();
    expect(await fault({ v: 3, s: 'o' }, 5)).toBe('VERSION_GAP');
    for (const version of [1, 2, 3]) expect(await fault({ v: 3, s: 'o' }, version)).toBe('KEY_TAKEN');
  });

  it('follows on nothing that stands, unless its life simply goes on', async () => {
    expect(await fault({}, 2)).toBe('KEY_TAKEN');
    expect(await fault({}, 2, undefined, 'parameter')).toBeUndefined();
    expect(await fault({}, 2, 'ACCEPTED', 'monthly-evidence')).toBe('KEY_TAKEN');
    expect(await fault({ s: 'o' }, 2, 'RETURNED', 'monthly-evidence')).toBeUndefined();
    expect(await fault({}, 2, 'ACCEPTED', 'facility')).toBeUndefined();
  });

  it('is told as anchored already where the very record stands there', async () => {
    const record = recordOf('test-report');
    const head = { v: 1, r: 'b' };
    const view = await standing(businessKey(record), head);
    expect(await versionFault(record, 'rec:b', head, view, rulebook)).toMatchObject({
      code: 'ALREADY_ANCHORED',
      details: { current: 'rec:b', version: 1 },
    });
  });

  it('is told with what is possible, and by whom', async () => {
    const record = recordOf('test-report', { version: 2 });
    const head = { v: 1, r: 'a' };
    const found = await versionFault(record, 'rec:b', head, await standing(businessKey(record), head), rulebook);
    const steps = (found?.details?.['allowed'] as { step: string; to: string }[]).map(
      ({ step, to }) => `${step} ${to}`,
    );
    expect(steps).toEqual(['supersession OPEN', 'revocation WITHDRAWN']);
  });
});

describe('a step in the life of what is cited', () => {
  const month = citedRecord('monthly-evidence');
  const review = (level: string, decision: string): LedgerRecord =>
    recordOf('review', {
      kind: `review.${level}_monthly-evidence`,
      content: { decision },
      cited: { reviewed: [month] },
    });

  const { transitions, states } = processes['three-level-review'];
  const triggers = transitions.map(({ on }) => on).filter((on) => on.startsWith('review'));

  it.each(Object.keys(states))('from %s is open exactly where the lifecycle says so', async (state) => {
    const view = await standing(month.key, {}, state);
    for (const trigger of triggers) {
      const [, level = '', decision = ''] = /^review\.(.*):(.*)$/.exec(trigger) ?? [];
      const isOpen = transitions.some(({ on, from }) => on === trigger && from.includes(state));
      const faults = await actionFaults(review(level, decision), view, rulebook);
      expect(faults.map(told)).toEqual(isOpen ? [] : ['STATE_CONFLICT /cites/0']);
    }
  });

  it('tells the state, what was asked, and what is possible instead', async () => {
    const [fault] = await actionFaults(review('national', 'accept'), await standing(month.key, {}, 'FILED'), rulebook);
    expect(fault?.details).toMatchObject({ key: month.key, state: 'FILED', step: 'review.national:accept' });
    expect(fault?.message).toContain('review.province:accept → ACCEPTED');
  });

  it('is never the withdrawal of what is a step itself', async () => {
    const refusing = recordTypeNames.filter((type) => rulebook.types[type].undo === 'refused');
    expect(refusing).toEqual(
      expect.arrayContaining(['review', 'supersession', 'revocation', 'clearing', 'ccer-reversal', 'rule-edition']),
    );
    for (const type of refusing) {
      const step = citedRecord(type);
      const correction = recordOf('revocation', { kind: 'revocation.x', cited: { revoked: [step] } });
      const faults = await actionFaults(correction, await standing(step.key, {}), rulebook);
      expect(faults.map(told)).toContain('NOT_ALLOWED_TO_FILE /cites/0');
    }
  });

  it('acts on what stands under the key, not on what is not there', async () => {
    const faults = await actionFaults(review('province', 'accept'), new OverlayView(emptyView), rulebook);
    expect(faults.map(told)).toEqual(['STATE_CONFLICT /cites/0']);
  });
});

describe('what may happen next', () => {
  /** A step of a type that is not there yet can be taken by nobody. */
  const isKnown = (step: string): boolean =>
    step === 'filed' || recordTypeNames.some((type) => type === typeOfKind(step.split(':')[0] ?? ''));

  /** Steps about a pre-allocation or an adjustment alone. */
  const isOfLabel = (step: string): boolean => /^allowance-credit\.(?:pre|adjustment)$/.test(step);

  it.each(Object.keys(processes) as ProcessName[])('in %s is each step of the table from its states', (name) => {
    const type = recordTypeNames.find((one) => rulebook.types[one].process === name);
    if (type === undefined) return;
    const { states, transitions } = processes[name];
    for (const state of ['-', ...Object.keys(states)]) {
      // A kind is filed in its own way alone, whatever its label makes of it.
      const own = filedAs(processes[name], type);
      const isOwn = (on: string): boolean => on === own || rulebook.types[type].filing !== undefined;
      const lawful = transitions.filter(
        ({ on, from }) => from.includes(state) && (isFiling(on) ? isOwn(on) : isKnown(on) && !isOfLabel(on)),
      );
      const expected = lawful.map(({ on }) => (isFiling(on) ? 'filed' : on));
      expect(allowedSteps(rulebook, type, state).map(({ step }) => step)).toEqual(expected);
    }
  });

  it('is said with those who may do it', () => {
    const steps = new Map(allowedSteps(rulebook, 'monthly-evidence', 'FILED').map(({ step, by }) => [step, by]));
    expect(steps.get('review.city:accept')).toEqual(['city-authority (region)']);
    expect(steps.get('review.province:return')).toEqual(['province-authority (region)']);
    expect(steps.get('supersession')).toContain('enterprise (party)');
    expect(steps.get('supersession')).not.toContain('device (party)');
    expect(allowedSteps(rulebook, 'monthly-evidence', 'RETURNED').find(({ step }) => step === 'filed')?.by).toEqual([
      'enterprise (self)',
    ]);
  });

  it('with an issuance is the credit of its own label alone, wherever the table lets several through', () => {
    const steps = (kind: string, state: string): string[] =>
      allowedSteps(rulebook, kind, state)
        .map(({ step }) => step)
        .filter((step) => step.startsWith('allowance-credit'));
    expect(steps('allowance-issuance', 'DETERMINED')).toEqual(['allowance-credit']);
    expect(steps('allowance-issuance.adjustment', 'DETERMINED')).toEqual(['allowance-credit.adjustment']);
    expect(steps('allowance-issuance.adjustment', 'ADJUSTED')).toEqual(['allowance-credit.adjustment']);
    expect(steps('allowance-issuance.pre', 'PRE_ALLOCATED')).toEqual(['allowance-credit.pre']);
  });

  it.each(recordTypeNames.filter((type) => rulebook.types[type].undo === 'refused'))(
    'with a %s is never a correction: the judge refuses it in every state',
    (type) => {
      const { states } = processes[rulebook.types[type].process];
      const offered = Object.keys(states).flatMap((state) => allowedSteps(rulebook, type, state));
      expect(offered.map(({ step }) => step).filter(isWithdrawal)).toEqual([]);
    },
  );

  it('is nothing from a state that there is not', () => {
    expect(allowedSteps(rulebook, 'monthly-evidence', 'LOST')).toEqual([]);
    expect(nextState(processes.corrigible, 'lost')).toBeUndefined();
  });
});

describe('a withdrawal', () => {
  it('is a supersession or a revocation, and no other step', () => {
    const all = Object.values(processes).flatMap(({ transitions }) => transitions.map(({ on }) => on));
    expect([...new Set(all.filter(isWithdrawal))].sort()).toEqual(['revocation', 'supersession']);
  });
});
