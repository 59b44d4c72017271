import { parseBusinessKey, typeOfKind } from '../identifiers';
import {
  admits,
  correctorFaults,
  isStanding,
  lifecycleOf,
  none,
  possibleSteps,
  type PossibleStep,
  type Rulebook,
} from '../rulebook';
import { partyFacts } from '../judge/party-facts';
import type { RecordType } from '../records';
import type { LedgerView, PartyState } from '../state';
import type { CurrentRecord } from './source';

/** Who asks, as registered. */
export interface Asking {
  readonly uscc: string;
  readonly party: PartyState;
}

/** The subject of a lifecycle as it stands. `issuer` is who filed its current version, where there is one. */
export interface Situation {
  readonly key: string;
  readonly state: string;
  readonly issuer?: string;
}

const corrections: ReadonlySet<RecordType> = new Set<RecordType>(['supersession', 'revocation']);

async function mayCorrect({ key, issuer }: Situation, { uscc, party }: Asking, view: LedgerView): Promise<boolean> {
  const { kind, ...subject } = parseBusinessKey(key);
  const target = { type: typeOfKind(kind) as RecordType, issuer: issuer ?? '', subject };
  const faults = await correctorFaults({ issuer: partyFacts(uscc, party), state: view }, target);
  return faults.length === 0;
}

/** Whether a party may take a step now: by the table of authority, which refuses it otherwise. */
export async function mayTake(
  step: PossibleStep,
  situation: Situation,
  asking: Asking,
  view: LedgerView,
): Promise<boolean> {
  const { kind: filerKind, status } = asking.party.content;
  if (!isStanding(asking.party) || status === 'suspended') return false;
  const rules = step.by.filter(({ by }) => by === filerKind);
  if (rules.length === 0) return false;
  if (corrections.has(step.file.type)) return mayCorrect(situation, asking, view);
  const subject = parseBusinessKey(situation.key);
  const standing = {
    filer: asking.party,
    subject: await view.get('party', subject.uscc),
    engaged: await view.get('engaged', `${subject.uscc}/${subject.period.slice(0, 4)}`),
  };
  const filing = { issuer: asking.uscc, subject, kind: step.file.kind };
  return rules.some((rule) => admits(rule, filing, standing));
}

/** A step that is open, and whether who asks may take it. */
export interface PossibleAction extends PossibleStep {
  /** Absent where nobody in particular asks. */
  readonly yours?: boolean;
}

/** Everything that may be done now with a subject, and by whom; what refusals tell is told by the same tables. */
export async function possibleActions(
  rulebook: Pick<Rulebook, 'types' | 'processes'>,
  situation: Situation,
  asking: Asking | undefined,
  view: LedgerView,
): Promise<PossibleAction[]> {
  const { kind } = parseBusinessKey(situation.key);
  const steps = possibleSteps(rulebook, kind, situation.state);
  if (asking === undefined) return [...steps];
  return Promise.all(steps.map(async (step) => ({ ...step, yours: await mayTake(step, situation, asking, view) })));
}

/** The subject of a key of which nothing was filed yet, or its current version. */
export function situationOf(key: string, head: CurrentRecord | undefined, issuer?: string): Situation {
  return { key, state: head?.state ?? none, ...(issuer === undefined ? {} : { issuer }) };
}

/** Title of a state in its lifecycle; undefined for none. */
export function stateTitle(rulebook: Rulebook, key: string, state: string): { en: string; zh: string } | undefined {
  return lifecycleOf(rulebook, parseBusinessKey(key).kind).states[state]?.title;
}
