import fc from 'fast-check';
import { none, processes, processNames, type ProcessName, type ProcessSpec } from '.';

/** States that steps lead to from a state, with the steps that lead there. */
function reachable({ transitions }: ProcessSpec, from: string): ReadonlySet<string> {
  const found = new Set([from]);
  for (const state of found) for (const step of transitions) if (step.from.includes(state)) found.add(step.to);
  return found;
}

/** The state after a step, or undefined where the state does not allow it. */
function after({ transitions }: ProcessSpec, state: string, trigger: string): string | undefined {
  return transitions.find(({ on, from }) => on === trigger && from.includes(state))?.to;
}

/** A version of the record itself, of any kind or of one label: `filed.pre`. */
const isFiling = (trigger: string): boolean => trigger === 'filed' || trigger.startsWith('filed.');
const triggersOf = ({ transitions }: ProcessSpec): string[] => transitions.map(({ on }) => on);
const statesOf = ({ states }: ProcessSpec): string[] => Object.keys(states);

describe.each(processNames)('the lifecycle %s', (name) => {
  const process = processes[name];

  it('reaches each of its states from nothing', () => {
    expect([...reachable(process, none)].sort()).toEqual([none, ...statesOf(process)].sort());
  });

  it('begins with a filed version and in no other way', () => {
    const first = process.transitions.filter(({ from }) => from.includes(none));
    expect(first.length).toBeGreaterThan(0);
    expect(first.map(({ on }) => on).filter((on) => !isFiling(on))).toEqual([]);
  });

  it('leads one trigger to one state, wherever it starts', () => {
    const triggers = triggersOf(process);
    expect(new Set(triggers).size).toBe(triggers.length);
  });

  it('names no state twice as the start of a step', () => {
    for (const { from } of process.transitions) expect(new Set(from).size).toBe(from.length);
  });

  it('lets a key that waits or was ended go on, by a next version alone', () => {
    for (const [state, { standing }] of Object.entries(process.states)) {
      if (standing === 'stands') continue;
      expect(after(process, state, 'filed')).toBeDefined();
    }
  });

  it('lets it go on for every label that began, not for the unlabelled one alone', () => {
    const begins = process.transitions.filter(({ on, from }) => isFiling(on) && from.includes(none));
    for (const [state, { standing }] of Object.entries(process.states)) {
      const stuck = begins.filter(({ from }) => standing !== 'stands' && !from.includes(state));
      expect([state, stuck.map(({ on }) => on)]).toEqual([state, []]);
    }
  });

  it('begins again where it began: a next version stands as the first one stood', () => {
    const first = after(process, none, 'filed');
    for (const state of statesOf(process)) expect([undefined, first]).toContain(after(process, state, 'filed'));
    expect(process.states[first ?? '']?.standing).toBe('stands');
  });

  it('takes no correction of what was withdrawn', () => {
    for (const [state, { standing }] of Object.entries(process.states)) {
      if (standing !== 'ended') continue;
      for (const trigger of triggersOf(process).filter((on) => !isFiling(on)))
        expect(after(process, state, trigger)).toBeUndefined();
    }
  });

  it('keeps a case of its own where the mark of a head could not tell its states apart', () => {
    const standings = Object.values(process.states).map(({ standing }) => standing);
    const isTold = new Set(standings).size === standings.length;
    expect(process.hasCase || isTold).toBe(true);
  });

  it('gives every state words of its own in both languages', () => {
    const titles = Object.values(process.states).map(({ title }) => title);
    for (const word of [process.title, ...titles])
      expect([word.en, word.zh].map((text) => text.length > 0)).toEqual([true, true]);
    expect(new Set(titles.map(({ en }) => en)).size).toBe(titles.length);
    expect(new Set(titles.map(({ zh }) => zh)).size).toBe(titles.length);
  });

  it('is where its last step led, whatever was tried before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...triggersOf(process)), { maxLength: 40 }), (tries) => {
        let state = none;
        const taken: string[] = [];
        for (const trigger of tries) {
          const next = after(process, state, trigger);
          if (next === undefined) continue;
          state = next;
          taken.push(trigger);
        }
        const last = taken.at(-1);
        expect(state).toBe(process.transitions.find(({ on }) => on === last)?.to ?? none);
        expect(taken.slice(0, 1).every(isFiling)).toBe(true);
      }),
    );
  });
});

/** An inspection with several findings, each with a life of its own: what the tables allow together. */
describe('an inspection with findings', () => {
  const inspection = processes.inspection;
  const life = processes.finding;
  const open = ['RAISED', 'HANDED_OVER', 'RECTIFIED', 'SENT_BACK'];

  interface Joint {
    readonly inspection: string;
    readonly findings: readonly string[];
  }

  /** Which findings a step moves: one, or all that can be verified. */
  function moved(step: string, { findings }: Joint): readonly string[][] {
    const next = findings.map((state) => after(life, state, step));
    if (step === 'closure:verified') {
      // Nothing is verified while something in the docket is not rectified.
      const isReady = findings.every((state) => !open.includes(state) || state === 'RECTIFIED');
      return isReady && next.some((state) => state !== undefined)
        ? [findings.map((state, at) => next[at] ?? state)]
        : [];
    }
    return findings.flatMap((_, at) => {
      const to = next[at];
      return to === undefined ? [] : [findings.map((state, index) => (index === at ? to : state))];
    });
  }

  function nextOf(joint: Joint, mayFind: boolean): Joint[] {
    const withFinding = ['handover', 'rectification', 'closure:sent-back', 'closure:verified'].flatMap((step) => {
      const to = after(inspection, joint.inspection, step);
      return to === undefined ? [] : moved(step, joint).map((findings) => ({ inspection: to, findings }));
    });
    const to = after(inspection, joint.inspection, 'finding');
    const filed =
      to === undefined || !mayFind ? [] : moved('filed', joint).map((findings) => ({ inspection: to, findings }));
    const alone = ['supersession', 'revocation'].flatMap((step) =>
      moved(step, joint).map((findings) => ({ inspection: joint.inspection, findings })),
    );
    const isClosable = joint.findings.every((state) => !open.includes(state));
    const closed = after(inspection, joint.inspection, 'closure:closed');
    const end = closed !== undefined && isClosable ? [{ inspection: closed, findings: joint.findings }] : [];
    return [...withFinding, ...filed, ...alone, ...end];
  }

  function reachableFrom(start: Joint, mayFind: boolean): Map<string, Joint> {
    const found = new Map([[JSON.stringify(start), start]]);
    for (const joint of found.values())
      for (const next of nextOf(joint, mayFind))
        found.set(JSON.stringify(next), found.get(JSON.stringify(next)) ?? next);
    return found;
  }

  it.each([1, 2, 3])(
    'is closed in the end, with %i of them: nobody has to find more for it, whatever was done before',
    (count) => {
      const start = { inspection: 'FROZEN', findings: Array.from({ length: count }, () => none) };
      const all = reachableFrom(start, true);
      const stuck = [...all.values()].filter(
        (joint) => ![...reachableFrom(joint, false).values()].some(({ inspection: state }) => state === 'CLOSED'),
      );
      expect(stuck).toEqual([]);
      const closed = [...all.values()].filter(({ inspection: state }) => state === 'CLOSED');
      expect(closed.length).toBeGreaterThan(0);
      for (const { findings } of closed) for (const state of findings) expect(open).not.toContain(state);
    },
  );
});

/** What only a person who knows the market would say of these lives. */
describe('in the market', () => {
  const walk = (name: ProcessName, ...steps: string[]): string | undefined => {
    let state: string | undefined = none;
    for (const step of steps) state = state === undefined ? undefined : after(processes[name], state, step);
    return state;
  };

  it.each<[string, ProcessName, string[], string | undefined]>([
    [
      'a month goes through three levels',
      'three-level-review',
      ['filed', 'review.city:accept', 'review.province:accept'],
      'ACCEPTED',
    ],
    [
      'the city does not check twice',
      'three-level-review',
      ['filed', 'review.city:accept', 'review.city:accept'],
      undefined,
    ],
    [
      'the nation asks only about what was accepted',
      'three-level-review',
      ['filed', 'review.national:question'],
      undefined,
    ],
    [
      'the city returns nothing that its province accepted',
      'three-level-review',
      ['filed', 'review.province:accept', 'review.city:return'],
      undefined,
    ],
    [
      'what was returned comes back from the beginning',
      'three-level-review',
      ['filed', 'review.province:return', 'filed', 'review.province:accept'],
      'ACCEPTED',
    ],
    [
      'nobody accepts what was returned',
      'three-level-review',
      ['filed', 'review.province:return', 'review.province:accept'],
      undefined,
    ],
    [
      'nobody files over what was accepted',
      'three-level-review',
      ['filed', 'review.province:accept', 'filed'],
      undefined,
    ],
    [
      'a registration is replaced at any time',
      'province-review',
      ['filed', 'review.province:accept', 'filed', 'review.province:accept'],
      'ACCEPTED',
    ],
    [
      'a registration is not accepted twice',
      'province-review',
      ['filed', 'review.province:accept', 'review.province:accept'],
      undefined,
    ],
    ['CCER that was booked is not reversed', 'ccer-cancellation', ['filed', 'surrender', 'ccer-reversal'], undefined],
    ['CCER that was reversed is not booked', 'ccer-cancellation', ['filed', 'ccer-reversal', 'surrender'], undefined],
    ['a reversed lot may be registered rightly', 'ccer-lot', ['filed', 'ccer-reversal', 'filed'], 'CURRENT'],
    [
      'an offset is confirmed once',
      'offset-application',
      ['filed', 'offset-confirmation:confirm', 'offset-confirmation:confirm'],
      undefined,
    ],
    [
      'a confirmation that is taken back lets its application be filed anew',
      'offset-application',
      ['filed', 'offset-confirmation:confirm', 'offset-confirmation:refuse', 'filed'],
      'APPLIED',
    ],
    [
      'a confirmed offset is not withdrawn',
      'offset-application',
      ['filed', 'offset-confirmation:confirm', 'revocation'],
      undefined,
    ],
    [
      'a refused one may be applied for again',
      'offset-application',
      ['filed', 'offset-confirmation:refuse', 'filed'],
      'APPLIED',
    ],
    ['a record is replaced only where it was opened', 'corrigible', ['filed', 'filed'], undefined],
    ['an opened record is replaced', 'corrigible', ['filed', 'supersession', 'filed'], 'CURRENT'],
    ['a withdrawn record is not opened', 'corrigible', ['filed', 'revocation', 'supersession'], undefined],
    ['a registration of a party is not opened', 'registration', ['filed', 'supersession'], undefined],
    ['a table of values simply follows', 'continued', ['filed', 'filed', 'filed'], 'CURRENT'],
  ])('%s', (_, name, steps, expected) => {
    expect(walk(name, ...steps)).toBe(expected);
  });
});
