import { setsWithout, type EndorsementRules } from './definition';

/** One attempt; without organisations the peer finds endorsers by policy, its own organisation first. */
export type Attempt<T> = (organisations?: readonly string[]) => Promise<T>;

export type Answer = 'answers' | 'fails' | 'silent';

export interface DetourParts {
  /** Asked when somebody does not endorse; undefined where the peer cannot tell. */
  readonly rules: () => Promise<EndorsementRules | undefined>;
  /** Organisations whose fault a failed attempt is; none where asking others would end alike. */
  readonly blamed: (error: unknown, asked: readonly string[] | undefined) => readonly string[];
  /** Whether the organisation's contract says anything when it is asked, whatever that is. */
  readonly probe: (mspId: string) => Promise<Answer>;
  readonly ownMsp: string;
  readonly schedule: (task: () => void, ms: number) => void;
}

/** A contract service that says nothing for so long is gone round; an attempt that others make meanwhile harms nobody. */
const PATIENCE_MS = 3_000;
const PROBE_MS = 2_000;
/** A peer whose contract is silent commits nothing while it waits for an answer (`chaincode.executetimeout`): asked seldom. */
const SILENT_PROBE_MS = 60_000;
const RULES_MS = 10_000;

/**
 * Goes on with other organisations' endorsements while one's own contract service, or another that is asked, is away. A
 * peer's gateway asks its own organisation first and nobody else when that fails, because it cannot know whom private
 * data may be shown; members of every collection may be.
 */
export class Detour {
  readonly #parts: DetourParts;
  readonly #away = new Map<string, Answer>();
  #rules: { readonly until: number; readonly answer: Promise<EndorsementRules | undefined> } | undefined;
  #isProbing = false;
  #isClosed = false;

  constructor(parts: DetourParts) {
    this.#parts = parts;
  }

  /** Organisations that did not endorse when they were last asked, until their contract answers again. */
  get away(): readonly string[] {
    return [...this.#away.keys()];
  }

  close(): void {
    this.#isClosed = true;
  }

  /** For attempts that may be made twice: nothing is sent to be ordered. @throws what the first attempt threw */
  async run<T>(attempt: Attempt<T>): Promise<T> {
    if (this.#away.size > 0) {
      const around = await this.#around(attempt, new Map(this.#away));
      if (around !== undefined) return around.value;
    }
    return this.#straight(attempt);
  }

  async #straight<T>(attempt: Attempt<T>): Promise<T> {
    const own = attempt();
    own.catch(() => undefined);
    if (!(await settlesWithin(own, this.#parts.schedule))) return this.#overtake(own, attempt);
    return own.catch((error: unknown) => this.#instead(error, attempt));
  }

  /** What others answer first counts; where they cannot, the own attempt does, however long it takes. */
  async #overtake<T>(own: Promise<T>, attempt: Attempt<T>): Promise<T> {
    const { ownMsp } = this.#parts;
    const others = this.#around(attempt, new Map([[ownMsp, 'silent']])).then((around) => around?.value ?? own);
    own.then(
      () => this.#away.delete(ownMsp),
      () => undefined,
    );
    return Promise.any([own, others]).catch(() => own);
  }

  async #instead<T>(error: unknown, attempt: Attempt<T>): Promise<T> {
    const blamed = this.#parts.blamed(error, undefined);
    const around =
      blamed.length === 0 ? undefined : await this.#around(attempt, new Map(blamed.map((mspId) => [mspId, 'fails'])));
    if (around === undefined) throw error;
    return around.value;
  }

  /** Asks the smallest sets of members that suffice, each without those that failed; undefined when there is none left. */
  async #around<T>(attempt: Attempt<T>, away: ReadonlyMap<string, Answer>): Promise<{ readonly value: T } | undefined> {
    const rules = await this.#currentRules();
    if (rules === undefined) return undefined;
    const failed = new Map(away);
    const next = (): readonly string[] | undefined => setsWithout(rules, new Set(failed.keys()))[0];
    for (let asked = next(); asked !== undefined; asked = next()) {
      try {
        const value = await attempt(asked);
        this.#mark(failed);
        return { value };
      } catch (error) {
        const blamed = this.#parts.blamed(error, asked).filter((mspId) => !failed.has(mspId));
        if (blamed.length === 0) throw error;
        for (const mspId of blamed) failed.set(mspId, 'fails');
      }
    }
    return undefined;
  }

  #currentRules(): Promise<EndorsementRules | undefined> {
    const now = Date.now();
    if (this.#rules === undefined || this.#rules.until < now)
      this.#rules = { until: now + RULES_MS, answer: this.#parts.rules().catch(() => undefined) };
    return this.#rules.answer;
  }

  #mark(failed: ReadonlyMap<string, Answer>): void {
    for (const [mspId, answer] of failed) this.#away.set(mspId, answer);
    if (!this.#isProbing) this.#probeSoon();
  }

  #probeSoon(): void {
    this.#isProbing = true;
    const isSilent = [...this.#away.values()].includes('silent');
    this.#parts.schedule(() => void this.#probe(), isSilent ? SILENT_PROBE_MS : PROBE_MS);
  }

  async #probe(): Promise<void> {
    await Promise.all(this.away.map((mspId) => this.#ask(mspId)));
    this.#isProbing = false;
    if (this.#away.size > 0 && !this.#isClosed) this.#probeSoon();
  }

  async #ask(mspId: string): Promise<void> {
    const answer = this.#isClosed ? 'fails' : await this.#parts.probe(mspId);
    if (answer === 'answers') this.#away.delete(mspId);
    else if (this.#away.has(mspId)) this.#away.set(mspId, answer);
  }
}

/** Whether it comes to an end, good or bad, before patience does. */
function settlesWithin(promise: Promise<unknown>, schedule: DetourParts['schedule']): Promise<boolean> {
  return new Promise((resolve) => {
    const settled = (): void => {
      resolve(true);
    };
    promise.then(settled, settled);
    schedule(() => {
      resolve(false);
    }, PATIENCE_MS);
  });
}
