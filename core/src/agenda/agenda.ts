import { shanghaiDay } from '../calendar';
import { formatBusinessKey, parseBusinessKey, typeOfKind, type Subject } from '../identifiers';
import {
  awaitedSteps,
  dueDay,
  isFiling,
  lifecycleOf,
  possibleSteps,
  type Awaited,
  type PartyKind,
  type PossibleStep,
  type RecordTypeSpec,
  type Rulebook,
  type StepFiling,
} from '../rulebook';
import type { RecordType } from '../records';
import { daysLate, untilOf, type Until, type WorkingYear } from './deadline';
import { byUrgency, type Duty } from './duty';
import { expectedFilings, expectedOfAuthority } from './expected';
import { mayTake, situationOf, type Asking } from './possible';
import { remembering, type AgendaSource, type CurrentRecord } from './source';
import { workingYears } from './working-years';
import { YearValuesReader } from './year-values';

type Tables = Pick<Rulebook, 'types' | 'processes'>;

/** Records that wait which one agenda looks at; an authority of a whole nation has more than a page shows. */
const MOST_EXAMINED = 20_000;

export interface Agenda {
  /** Nearest day first. */
  readonly duties: readonly Duty[];
  /** False where there was more to look at than an agenda looks at. */
  readonly isComplete: boolean;
}

/** Where something may wait for a party of a kind. */
interface Waiting {
  readonly type: string;
  readonly state: string;
  /** Nobody but the subject itself is asked: only one's own is looked at. */
  readonly isOwn: boolean;
}

/** Kinds under which a type is filed: a step may be one of a label alone (`allowance-credit.pre`). */
function kindsOf({ type, labels }: RecordTypeSpec): string[] {
  const names = labels === undefined || labels.names === 'any' ? [] : labels.names;
  return [type, ...names.map((name) => `${type}.${name}`)];
}

/** The kind that follows on one of another type: of a sample of the 15th the report of the 15th. */
function followerOf({ type, labels, follows }: RecordTypeSpec, kind: string): string | undefined {
  if (kind === follows) return type;
  const isLabelled = labels?.names === 'any' && typeOfKind(kind) === follows;
  return isLabelled ? `${type}${kind.slice(typeOfKind(kind).length)}` : undefined;
}

function waitingIn(tables: Tables, spec: RecordTypeSpec, state: string, kind: PartyKind): Waiting | undefined {
  const steps = kindsOf(spec).flatMap((one) => awaitedSteps(tables, one, state));
  const rules = steps.flatMap(({ file }) => tables.types[file.type].filed.filter(({ by }) => by === kind));
  if (rules.length === 0) return undefined;
  return { type: spec.type, state, isOwn: rules.every(({ as }) => as === 'self') };
}

/** Every type and state in which something may wait for a party of a kind. */
function waitingFor(tables: Tables, kind: PartyKind): Waiting[] {
  return Object.values(tables.types).flatMap((spec) =>
    Object.keys(tables.processes[spec.process].states).flatMap((state) => {
      const found = waitingIn(tables, spec, state, kind);
      return found === undefined ? [] : [found];
    }),
  );
}

class AgendaMaker {
  readonly duties: Duty[] = [];
  isComplete = true;
  #left = MOST_EXAMINED;
  #years: Promise<readonly WorkingYear[]> | undefined;
  readonly #tables: Tables;
  readonly #source: AgendaSource;
  readonly #asking: Asking;
  readonly #today: string;
  readonly #values: YearValuesReader;

  constructor(tables: Tables, source: AgendaSource, asking: Asking, now: string) {
    this.#tables = tables;
    this.#source = source;
    this.#asking = asking;
    this.#today = shanghaiDay(now);
    this.#values = new YearValuesReader(tables, source);
  }

  async addWaiting(): Promise<void> {
    for (const { type, state, isOwn } of waitingFor(this.#tables, this.#asking.party.content.kind))
      for await (const current of this.#source.current(type, state, isOwn ? this.#asking.uscc : undefined)) {
        if (!this.#mayLook()) return;
        await this.#addSteps(current);
      }
  }

  /** First filings of the periods that one's own listing asks for, and of the years that ask an authority. */
  async addExpected(): Promise<void> {
    const { uscc, party } = this.#asking;
    const { kind } = party.content;
    const expecting = { view: this.#source, values: this.#values, today: this.#today };
    const owed = [
      ...(await expectedFilings(this.#tables.types, uscc, expecting)),
      ...(await expectedOfAuthority(this.#tables.types, { uscc, kind }, expecting)),
    ];
    for (const { spec, subject, until } of owed)
      if (spec.filed.some(({ by, as }) => by === party.content.kind && as === 'self'))
        this.#add(
          {
            step: 'filed',
            file: { type: spec.type, kind: spec.type },
            subject,
            key: formatBusinessKey(subject, spec.type),
          },
          until === undefined ? undefined : { day: until },
        );
  }

  /** What is to be filed once another record stands: a conclusion on a report. */
  async addFollowing(): Promise<void> {
    for (const spec of Object.values(this.#tables.types)) {
      const { follows } = spec;
      const rules = spec.filed.filter(({ by }) => by === this.#asking.party.content.kind);
      if (follows === undefined || rules.length === 0 || spec.labels?.required === true) continue;
      const { states } = this.#tables.processes[this.#tables.types[follows].process];
      const uscc = rules.every(({ as }) => as === 'self') ? this.#asking.uscc : undefined;
      for (const state of Object.keys(states).filter((one) => states[one]?.standing === 'stands'))
        for await (const current of this.#source.current(follows, state, uscc)) {
          if (!this.#mayLook()) return;
          await this.#addFollower(spec, current);
        }
    }
  }

  /** What rests on an input that was withdrawn or opened is filed again by whoever filed it; no rule says until when. */
  async addGroundless(): Promise<void> {
    const { uscc } = this.#asking;
    for await (const current of this.#source.groundless?.(uscc) ?? []) {
      if (!this.#mayLook()) return;
      await this.#addAgain(current);
    }
  }

  /** Its next version, or where that does not simply follow the supersession that opens it. */
  async #addAgain(current: CurrentRecord): Promise<void> {
    const { key, record, version, state, since, by } = current;
    const { kind, ...subject } = parseBusinessKey(key);
    const steps = possibleSteps(this.#tables, kind, state);
    const again = [
      ...steps.filter(({ step }) => isFiling(step)),
      ...steps.filter(({ step }) => step === 'supersession'),
    ];
    for (const { step, file, ...rest } of again) {
      const situation = situationOf(key, current, this.#asking.uscc);
      if (!(await mayTake({ step, file, ...rest }, situation, this.#asking, this.#source))) continue;
      this.#add({ step, file, subject, key, record, version, state, since, by }, undefined);
      return;
    }
  }

  async #addFollower(spec: RecordTypeSpec, { key, since, record }: CurrentRecord): Promise<void> {
    const { kind, ...subject } = parseBusinessKey(key);
    const own = followerOf(spec, kind);
    if (own === undefined || (spec.unit === 'plant' && subject.unit !== 'PLANT')) return;
    await this.#addFiling(spec, { subject, kind: own }, { since, record });
  }

  async #addFiling(
    spec: RecordTypeSpec,
    { subject, kind }: { readonly subject: Subject; readonly kind: string },
    { since, record }: Pick<CurrentRecord, 'since' | 'record'>,
  ): Promise<void> {
    const own = formatBusinessKey(subject, kind);
    const file = { type: spec.type, kind } as const;
    const step: PossibleStep = { step: 'filed', to: '', file, by: spec.filed };
    if (!(await mayTake(step, situationOf(own, undefined), this.#asking, this.#source))) return;
    if ((await this.#source.head(own)) !== undefined) return;
    this.#add({ step: 'filed', file, subject, key: own, since, by: record }, await this.#due(file, subject));
  }

  #mayLook(): boolean {
    this.#left -= 1;
    if (this.#left < 0) this.isComplete = false;
    return this.isComplete;
  }

  async #addSteps(current: CurrentRecord): Promise<void> {
    const { key, state } = current;
    const { kind, ...subject } = parseBusinessKey(key);
    if (!(await this.#isConcerned(current))) return;
    for (const step of awaitedSteps(this.#tables, kind, state)) {
      if (!(await mayTake(step, situationOf(key, current), this.#asking, this.#source))) continue;
      if (!(await this.#isFiler(step, current))) continue;
      const { until: own, isRight } = await this.#deadline(current, step.step);
      const until = own ?? (step.file.role === undefined ? undefined : await this.#due(step.file, subject));
      const { record, version, since, by } = current;
      const duty = { step: step.step, file: step.file, subject, key, record, version, state, since, by };
      if (isRight !== true || daysLate(until?.day, this.#today) === undefined) this.#add(duty, until);
      // One line for what waits: accept and return are two ways to do one thing.
      return;
    }
  }

  /** The day that the parameters of the year set for the first version of a record. */
  async #due({ type, kind }: StepFiling, subject: Subject): Promise<Until | undefined> {
    const day = dueDay(this.#tables.types[type], { subject, kind }, await this.#values.of(subject));
    return day === undefined ? undefined : { day };
  }

  /** An inspection waits for its authority, those whom it names and those whom it covers, and for nobody else's inspectors. */
  async #isConcerned({ key, record }: CurrentRecord): Promise<boolean> {
    const { concerns } = this.#tables.types[typeOfKind(parseBusinessKey(key).kind) as RecordType];
    const found = concerns && (await this.#source.record(record));
    return concerns === undefined || found === undefined || concerns(found).includes(this.#asking.uscc);
  }

  /** Where the table names no relation, the next version of a record is asked of whoever filed the last one. */
  async #isFiler({ step, by }: PossibleStep, { record }: CurrentRecord): Promise<boolean> {
    const { uscc, party } = this.#asking;
    const isOpenToAll = by.filter((rule) => rule.by === party.content.kind).every(({ as }) => as === 'party');
    return step !== 'filed' || !isOpenToAll || (await this.#source.record(record))?.issuer === uscc;
  }

  async #deadline(
    { key, state, since, by }: CurrentRecord,
    step: string,
  ): Promise<Pick<Awaited, 'isRight'> & { until?: Until }> {
    const { states } = lifecycleOf(this.#tables, parseBusinessKey(key).kind);
    const { until: deadlines, isRight } = states[state]?.awaits?.find(({ on }) => on === step) ?? {};
    if (deadlines === undefined) return {};
    const content = (await this.#source.record(by))?.content ?? {};
    const isInWorkingDays = deadlines.some((one) => 'count' in one && one.count === 'working');
    const calendars = isInWorkingDays ? await this.#workingYears() : [];
    const until = untilOf(deadlines, { since, content, calendars });
    return { ...(isRight === undefined ? {} : { isRight }), ...(until === undefined ? {} : { until }) };
  }

  #workingYears(): Promise<readonly WorkingYear[]> {
    this.#years ??= workingYears(this.#tables, this.#source);
    return this.#years;
  }

  #add(duty: Duty, until: Until | undefined): void {
    const late = daysLate(until?.day, this.#today);
    this.duties.push({
      ...duty,
      ...(until === undefined ? {} : { until: until.day }),
      ...(until?.counted === undefined ? {} : { counted: until.counted }),
      ...(late === undefined ? {} : { late }),
    });
  }
}

/**
 * What a party must do next, until when: what waits for it in a lifecycle, what its listing asks for, what follows on
 * records of others, what of its own lost its ground. From the tables alone; a type that lands later is told without a change here.
 * @param now RFC 3339
 */
export async function agendaOf(rulebook: Tables, source: AgendaSource, asking: Asking, now: string): Promise<Agenda> {
  const maker = new AgendaMaker(rulebook, remembering(source), asking, now);
  await maker.addWaiting();
  await maker.addExpected();
  await maker.addFollowing();
  await maker.addGroundless();
  return { duties: maker.duties.sort(byUrgency), isComplete: maker.isComplete };
}
