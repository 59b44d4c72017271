import {
  agendaOf,
  awaitedSteps,
  parseBusinessKey,
  possibleActions,
  rulebookOf,
  rulebooks,
  situationOf,
  stateTitle,
  stepTitle,
  type Agenda,
  type AgendaSource,
  type Asking,
  type CurrentRecord,
  type Duty,
  type PossibleAction,
  type Rulebook,
} from '@carbon-ledger/core';
import type { ActionView, AnswerOf, DutyView } from '@carbon-ledger/client-sdk';
import type { Pacer } from '../http/reading/pacer';
import type { Projection } from '../projection/projection';

export interface AgendaParts {
  readonly projection: Projection;
  readonly pacer: Pacer;
  readonly clock: () => Date;
  /** Ids of the records of a party that rest on something that does not stand. */
  readonly groundless: (issuer: string) => Promise<readonly string[]>;
}

/** Records that are looked at in one turn of the event loop. */
const A_TURN = 50;

/** Tells parties what they have to do and what may be done, from the state as of the last block; decides nothing. */
export class AgendaDesk {
  readonly #projection: Projection;
  readonly #pacer: Pacer;
  readonly #clock: () => Date;
  readonly #groundless: AgendaParts['groundless'];

  constructor({ projection, pacer, clock, groundless }: AgendaParts) {
    this.#groundless = groundless;
    this.#projection = projection;
    this.#pacer = pacer;
    this.#clock = clock;
  }

  /** Now, RFC 3339 in whole seconds. */
  get now(): string {
    return this.#clock()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  }

  /** @param spend is told each record that was looked at */
  async agenda(uscc: string, now: string, spend: (records: number) => void): Promise<Agenda> {
    const asking = await this.asking(uscc);
    if (asking === undefined) return { duties: [], isComplete: true };
    return agendaOf(await this.rulebook(), this.source(spend), asking, now);
  }

  async dutyView(duty: Duty): Promise<DutyView> {
    const rulebook = await this.rulebook();
    const { state, ...rest } = duty;
    const { kind } = parseBusinessKey(duty.key);
    const title = state && stateTitle(rulebook, duty.key, state);
    return {
      ...rest,
      title: stepTitle(rulebook, duty.file, kind, duty.record !== undefined),
      ...(state === undefined ? {} : { state }),
      ...(title === undefined || title === '' ? {} : { stateTitle: title }),
    };
  }

  /** What may be done with a business key now; `record` is the version that is asked about, where one is. */
  async actions(key: string, uscc: string | undefined, record?: string): Promise<AnswerOf<'getActions'>> {
    const { reader, world } = this.#projection;
    const head = await reader.head(key);
    const rulebook = await this.rulebook();
    const issuer = head === undefined ? undefined : (await reader.record(head.record))?.record.issuer;
    const situation = situationOf(key, head && { key, ...head }, issuer);
    const asking = uscc === undefined ? undefined : await this.asking(uscc);
    const isCurrent = record === undefined || head?.record === record;
    const actions = isCurrent ? await possibleActions(rulebook, situation, asking, world) : [];
    const title = stateTitle(rulebook, key, situation.state);
    return {
      key,
      ...(head ?? {}),
      state: situation.state,
      ...(title === undefined ? {} : { stateTitle: title }),
      isCurrent,
      actions: actions.map((one) => actionView(rulebook, key, situation.state, one)),
    };
  }

  async asking(uscc: string): Promise<Asking | undefined> {
    const party = await this.#projection.world.get('party', uscc);
    return party && { uscc, party };
  }

  rulebook(): Promise<Rulebook> {
    return rulebookOf(this.#projection.world, rulebooks);
  }

  source(spend: (records: number) => void): AgendaSource {
    const { world, reader } = this.#projection;
    return {
      get: (kind, key) => world.get(kind, key),
      first: (kind, from, to) => world.first(kind, from, to),
      current: (type, state, uscc) => this.#current(type, state, uscc, spend),
      head: async (key) => {
        const head = await reader.head(key);
        return head && { key, ...head };
      },
      record: async (id) => (await reader.record(id))?.record,
      groundless: (uscc) => this.#groundlessOf(uscc, spend),
    };
  }

  async *#groundlessOf(uscc: string, spend: (records: number) => void): AsyncGenerator<CurrentRecord, void, undefined> {
    const { reader } = this.#projection;
    const ids = await this.#groundless(uscc);
    for (let at = 0; at < ids.length; at += A_TURN) {
      if (at > 0) await this.#pacer.turn();
      const page = ids.slice(at, at + A_TURN);
      spend(page.length);
      for (const entry of await reader.records(page)) {
        if (entry?.status !== 'current') continue;
        const head = await reader.head(entry.key);
        if (head !== undefined) yield { key: entry.key, ...head };
      }
    }
  }

  async *#current(
    type: string,
    state: string,
    uscc: string | undefined,
    spend: (records: number) => void,
  ): AsyncGenerator<CurrentRecord, void, undefined> {
    let seen = 0;
    for await (const current of this.#projection.current(type, state, uscc)) {
      spend(1);
      seen += 1;
      if (seen % A_TURN === 0) await this.#pacer.turn();
      yield current;
    }
  }
}

function actionView(rulebook: Rulebook, key: string, state: string, action: PossibleAction): ActionView {
  const { kind } = parseBusinessKey(key);
  const { step, to, file, by, yours } = action;
  const toTitle = stateTitle(rulebook, key, to);
  const filers = new Map(by.map((rule) => [`${rule.by} ${rule.as}`, { kind: rule.by, as: rule.as }]));
  return {
    step,
    title: stepTitle(rulebook, file, kind, state !== '-'),
    to,
    ...(toTitle === undefined ? {} : { toTitle }),
    file: { ...file, ...(file.content === undefined ? {} : { content: { ...file.content } }) },
    by: [...filers.values()],
    awaited: awaitedSteps(rulebook, kind, state).some((one) => one.step === step),
    ...(yours === undefined ? {} : { yours }),
  };
}
