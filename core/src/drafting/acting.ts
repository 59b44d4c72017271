import { mayTake, situationOf, type Asking, type CurrentRecord } from '../agenda';
import { parseBusinessKey, typeOfKind } from '../identifiers';
import { numberOf } from '../rulebook/authority';
import { correctionKind, lifecycleOf, none, possibleSteps, type PossibleStep, type Rulebook } from '../rulebook';
import type { RecordType } from '../records';
import { isShortFor, type DraftRequest } from './request';
import type { DraftSource } from './source';

/** The record that a draft acts on, as it stands now, and the step that it would take. */
export interface ActedOn {
  readonly current: CurrentRecord;
  readonly issuer: string;
  /** Absent where records of this type only speak about it. */
  readonly step?: PossibleStep;
}

/** Every step of a lifecycle that a record of a type makes, from the state at hand first. */
function stepsBy({ type }: DraftRequest, rulebook: Rulebook, { key, state }: CurrentRecord): PossibleStep[] {
  const { kind } = parseBusinessKey(key);
  const others = [none, ...Object.keys(lifecycleOf(rulebook, kind).states)].filter((one) => one !== state);
  return [state, ...others]
    .flatMap((one) => possibleSteps(rulebook, kind, one))
    .filter(({ file, step }) => file.type === type && step !== 'filed');
}

/** Whether what is stated of the content already says another step. */
function isStated({ content = {} }: DraftRequest, { file }: PossibleStep): boolean {
  return Object.entries(file.content ?? {}).every(([name, value]) => !(name in content) || content[name] === value);
}

/** Roles in which corrections cite what they correct. */
const corrects: Partial<Record<RecordType, string>> = { supersession: 'superseded', revocation: 'revoked' };

/** The role in which a draft cites what it acts on; a correction also where the state allows none: the refusal tells what it allows. */
export function actingRole({ type }: DraftRequest, on: ActedOn | undefined): string | undefined {
  return on && (on.step?.file.role ?? corrects[type]);
}

function actingKind({ type }: DraftRequest, on: ActedOn | undefined): string | undefined {
  if (on?.step !== undefined) return on.step.file.kind;
  const isCorrection = type === 'supersession' || type === 'revocation';
  return on && isCorrection ? correctionKind(type, parseBusinessKey(on.current.key).kind) : undefined;
}

/** The kind of a draft: as stated, with what it acts on where a label names that too. */
export function kindOf(request: DraftRequest, on: ActedOn | undefined): string {
  const { type, kind } = request;
  const acting = actingKind(request, on);
  return acting !== undefined && (kind === undefined || isShortFor(kind, acting)) ? acting : (kind ?? type);
}

/** A number that the filer gives is no other step: `nonconformity.2` makes what `nonconformity` does. */
function isStepFor(kind: string, whole: string): boolean {
  return isShortFor(kind, whole) || (numberOf(kind) !== undefined && typeOfKind(kind) === whole);
}

/** Where any word is a label, as of a booking, it names the record and no step. */
function isFreelyLabelled({ type }: DraftRequest, { types }: Rulebook): boolean {
  return types[type].labels?.names === 'any' && corrects[type] === undefined;
}

/** The step that this party would take; where it may take none, one that others may, so that a refusal says who. */
async function stepOf(
  request: DraftRequest,
  situation: ReturnType<typeof situationOf>,
  steps: readonly PossibleStep[],
  asking: Asking,
  source: DraftSource,
  isFree: boolean,
): Promise<PossibleStep | undefined> {
  const { kind } = request;
  const ofKind = steps.filter(({ file }) => kind === undefined || isFree || isStepFor(kind, file.kind));
  const fitting = ofKind.filter((step) => isStated(request, step));
  for (const step of fitting) if (await mayTake(step, situation, asking, source)) return step;
  return fitting[0] ?? ofKind[0];
}

/** What a draft acts on. Undefined where it names nothing, or what is not anchored. */
export async function actedOn(
  request: DraftRequest,
  rulebook: Rulebook,
  asking: Asking,
  source: DraftSource,
): Promise<ActedOn | undefined> {
  const current = request.on === undefined ? undefined : await currentNamed(request.on, source);
  if (current === undefined) return undefined;
  const issuer = (await source.record(current.record))?.issuer ?? '';
  const situation = situationOf(current.key, current, issuer);
  const step = await stepOf(
    request,
    situation,
    stepsBy(request, rulebook, current),
    asking,
    source,
    isFreelyLabelled(request, rulebook),
  );
  return { current, issuer, ...(step === undefined ? {} : { step }) };
}

/** The current version of the key that is named, or of which a version is named. @throws LedgerError BAD_FIGURE_ADDRESS */
export async function currentNamed(name: string, source: DraftSource): Promise<CurrentRecord | undefined> {
  const key = name.startsWith('rec:') ? (await source.built(name))?.key : name;
  if (key === undefined) return undefined;
  parseBusinessKey(key);
  return source.head(key);
}
