import { recordTypeNames, type RecordType } from '../records';
import {
  allowedSteps,
  awaitedSteps,
  none,
  partyKinds,
  rulebooks,
  type FilingRule,
  type PartyKind,
  type PossibleStep,
  type Relation,
  type Rulebook,
} from '../rulebook';
import { purposeOf } from '../rulebook/authority';
import { exampleOf } from '../rulebook/testing/content-table';
import { emptyView, type LedgerView, type PartyState } from '../state';
import { agendaOf } from './agenda';
import type { Duty } from './duty';
import type { Asking } from './possible';
import type { AgendaSource, CurrentRecord } from './source';

/*
 * Over every type, every state of its life, every step that it waits for and every kind of party that may take it: who may is
 * told, who may not is told nothing. Generated from the tables: a type or a kind that comes later is held to it without a line here.
 */
const rulebook = rulebooks.get(1) as Rulebook;
const SUBJECT = '91140000MA0FAKE01X';
const OTHER = '11140000MA0TRYA04Q';
const now = '2025-05-02T00:00:00Z';
const units: Readonly<Record<string, string>> = { unit: 'U1', plant: 'PLANT', none: '-' };
const periods: Readonly<Record<string, string>> = { month: '2024-01', none: '-' };

/** Kinds that a type may be filed under, as far as its labels are known. */
function kindsOf(type: RecordType): string[] {
  const { labels, number } = rulebook.types[type];
  const named = labels === undefined || labels.names === 'any' ? [] : labels.names.map((name) => `${type}.${name}`);
  const plain = labels?.required === true ? [] : [number === true ? `${type}.1` : type];
  return [...plain, ...named, ...(labels?.required === true && labels.names === 'any' ? [`${type}.x`] : [])];
}

/** States that some step leads to, from the first filing on. */
function reachable(kind: string): string[] {
  const found = new Set<string>();
  const queue: string[] = [none];
  for (let state = queue.pop(); state !== undefined; state = queue.pop())
    for (const { to } of allowedSteps(rulebook, kind, state)) {
      if (!found.has(to)) queue.push(to);
      found.add(to);
    }
  return [...found];
}

interface Waiting {
  readonly kind: string;
  readonly type: RecordType;
  readonly state: string;
  readonly steps: readonly PossibleStep[];
}

function* waitings(): Generator<Waiting> {
  for (const type of recordTypeNames)
    for (const kind of kindsOf(type))
      for (const state of reachable(kind)) {
        const steps = awaitedSteps(rulebook, kind, state);
        if (steps.length > 0) yield { kind, type, state, steps };
      }
}

function partyOf(kind: PartyKind, region: string): PartyState {
  const content = { name: 'x', kind, region, msps: ['M'], keys: [], qualifications: [], status: 'active' } as const;
  return { record: 'rec:', version: 1, content: { ...content, msps: ['M'], keys: [], qualifications: [] } };
}

/** The only current record of a ledger, about an enterprise of Shuozhou, and who asks about it. */
function sourceOf({ kind, type, state }: Waiting, { uscc, party }: Asking, isEngaged: boolean): AgendaSource {
  const { unit, period } = rulebook.types[type];
  const key = `${SUBJECT}/${units[unit] ?? 'PLANT'}/${periods[period] ?? '2024'}/${kind}`;
  const one: CurrentRecord = { key, record: 'rec:1', version: 1, state, since: '2025-05-01T00:00:00Z', by: 'rec:1' };
  const as = purposeOf(party.content.kind) ?? 'testing';
  const known: Readonly<Record<string, unknown>> = {
    [`party/${SUBJECT}`]: uscc === SUBJECT ? party : partyOf('enterprise', '140600'),
    [`party/${uscc}`]: party,
    [`engaged/${SUBJECT}/${key.split('/')[2]?.slice(0, 4) ?? ''}`]: {
      engaged: isEngaged ? [{ party: uscc, as, r: '' }] : [],
    },
  };
  return {
    get: ((stateKind: string, place: string) => Promise.resolve(known[`${stateKind}/${place}`])) as LedgerView['get'],
    first: (stateKind, from, to) => emptyView.first(stateKind, from, to),
    async *current(asked, inState, about) {
      await Promise.resolve();
      if (asked === type && inState === state && (about === undefined || about === SUBJECT)) yield one;
    },
    head: (asked) => Promise.resolve(asked === key ? one : undefined),
    // Its filer asks, where it is not the plant itself: a device, an inspector.
    record: () => Promise.resolve({ issuer: isEngaged ? SUBJECT : uscc, content: exampleOf(type), cites: [] }),
  };
}

async function duties(waiting: Waiting, asking: Asking, isEngaged: boolean): Promise<readonly Duty[]> {
  const all = await agendaOf(rulebook, sourceOf(waiting, asking, isEngaged), asking, now);
  // What follows on a record of another type is told beside what waits; its kind is another one.
  return all.duties.filter(({ record }) => record !== undefined);
}

/** A party that stands in a relation, and one of the same kind that does not; none where every party of the kind does. */
const inRelation: Readonly<Record<Relation, (kind: PartyKind) => { yes: Asking; no?: Asking; engaged?: true }>> = {
  self: (kind) => ({
    yes: { uscc: SUBJECT, party: partyOf(kind, '140600') },
    no: { uscc: OTHER, party: partyOf(kind, '140600') },
  }),
  region: (kind) => ({
    yes: { uscc: OTHER, party: partyOf(kind, kind === 'city-authority' ? '140600' : '140000') },
    no: { uscc: OTHER, party: partyOf(kind, kind === 'city-authority' ? '140700' : '150000') },
  }),
  nation: (kind) => ({ yes: { uscc: OTHER, party: partyOf(kind, '000000') } }),
  engaged: (kind) => ({ yes: { uscc: OTHER, party: partyOf(kind, '140000') }, engaged: true }),
  registry: (kind) => ({ yes: { uscc: OTHER, party: partyOf(kind, '420000') } }),
  party: (kind) => ({ yes: { uscc: OTHER, party: partyOf(kind, '140000') } }),
};

/** Every line under which a step may be taken, each once. */
function linesOf({ steps }: Waiting): FilingRule[] {
  return [...new Map(steps.flatMap(({ by }) => by).map((rule) => [`${rule.by} ${rule.as}`, rule])).values()];
}

const named = [...waitings()].map((waiting) => [`${waiting.kind} that is ${waiting.state}`, waiting] as const);

describe('what waits for somebody', () => {
  it.each(named)('%s is told to everybody who may take its step', async (_, waiting) => {
    for (const { by, as } of linesOf(waiting)) {
      const { yes, engaged } = inRelation[as](by);
      const found = await duties(waiting, yes, engaged === true);
      const [duty] = found;
      expect([by, as, found.length]).toEqual([by, as, 1]);
      expect(waiting.steps.map(({ step }) => step)).toContain(duty?.step);
      const step = waiting.steps.find((one) => one.step === duty?.step);
      expect(step?.by.map((rule) => rule.by)).toContain(by);
      expect(duty).toMatchObject({ state: waiting.state, record: 'rec:1', file: step?.file });
    }
  });

  it.each(named)('%s is told to nobody else', async (_, waiting) => {
    const lines = linesOf(waiting);
    for (const kind of partyKinds) {
      const own = lines.filter(({ by }) => by === kind);
      const strangers = own.length === 0 ? [inRelation.region(kind).yes] : [];
      const unrelated = own.flatMap(({ as }) => inRelation[as](kind).no ?? []);
      const isOnly = own.length === 1;
      for (const asking of [...strangers, ...(isOnly ? unrelated : [])])
        expect([kind, await duties(waiting, asking, false)]).toEqual([kind, []]);
      if (isOnly && own[0]?.as === 'engaged')
        expect([kind, await duties(waiting, inRelation.engaged(kind).yes, false)]).toEqual([kind, []]);
    }
  });

  it('is told to nobody who was suspended or ended', async () => {
    for (const [, waiting] of named)
      for (const { by, as } of linesOf(waiting)) {
        const { yes, engaged } = inRelation[as](by);
        for (const status of ['suspended', 'ended'] as const) {
          const party = { ...yes.party, content: { ...yes.party.content, status } };
          expect([waiting.kind, by, await duties(waiting, { ...yes, party }, engaged === true)]).toEqual([
            waiting.kind,
            by,
            [],
          ]);
        }
      }
  });
});

/** Types that nobody is told to file, and why; every other one is a step that something waits for, is expected, or follows. */
const unasked: Partial<Record<RecordType, string>> = {
  party: 'a registration begins with whoever is to be registered',
  'screening-result': 'whoever screens does so of their own accord',
  'allowance-transfer': 'the holder trades, the registry books it',
  'ccer-lot': 'reductions are issued outside of the market',
  'rule-edition': 'an edition comes into force when the nation says so',
  'ccer-release': 'what is frozen waits for its use; that it is let go is the holder’s choice',
  'ccer-reversal': 'a slip of the registry is waited for by nobody',
  default: 'the other outcome of the clearing that is told',
  supersession: 'corrections are open to whoever made a mistake, and waited for by nobody',
  revocation: 'corrections are open to whoever made a mistake, and waited for by nobody',
  'ccer-freeze': 'the holder freezes what is its own in the registry',
};

describe('every type of record', () => {
  const asked = new Set<RecordType>([
    ...named.flatMap(([, { steps }]) => steps.map(({ file }) => file.type)),
    ...recordTypeNames.filter(
      (type) => rulebook.types[type].expected !== undefined || rulebook.types[type].follows !== undefined,
    ),
  ]);

  it.each(recordTypeNames)('%s is told to be filed, or is one that nobody waits for', (type) => {
    expect([type, asked.has(type) !== Object.hasOwn(unasked, type)]).toEqual([type, true]);
  });
});

/** Kinds that nothing waits for, and why. */
const idle: Partial<Record<PartyKind, string>> = {
  preparer: 'what it prepares is filed by the enterprise',
};

describe('every kind of party', () => {
  const busy = new Set<PartyKind>([
    ...named.flatMap(([, waiting]) => linesOf(waiting).map(({ by }) => by)),
    ...recordTypeNames.flatMap((type) => {
      const { expected, follows, filed } = rulebook.types[type];
      return expected === undefined && follows === undefined ? [] : filed.map(({ by }) => by);
    }),
  ]);

  it.each(partyKinds)('%s has something that may wait for it, or is one that nothing waits for', (kind) => {
    expect([kind, busy.has(kind) !== Object.hasOwn(idle, kind)]).toEqual([kind, true]);
  });
});
