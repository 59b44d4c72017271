import { LedgerError, type ScreeningScope } from '@carbon-ledger/core';
import type { Reading } from '../records/record-views';
import { projectionPages, type PagesParts } from './ledger-pages';
import type { Screener } from './screener';
import { screener } from './thread';

/** What looking at one enterprise costs, in units of work: about a tenth of a second of one core. */
const lookedAt = 100;

/** Screenings of one party at one time. */
const mostUnderWay = 2;

/** Screens what is anchored, as far as it is open to who asks. */
export class ScreeningDesk {
  readonly #parts: PagesParts;
  readonly #screener: Screener;
  readonly #underWay = new Map<string, number>();

  constructor(parts: PagesParts, run: Screener = screener()) {
    this.#parts = parts;
    this.#screener = run;
  }

  /** A limit of the rules in force that holds for every unit; undefined where they have none. */
  async limit(rule: string, name: string, year: string, reading: Reading): Promise<number | undefined> {
    const job = { do: 'limit', rule, name, year } as const;
    const { json } = await this.#screener.run(job, projectionPages(this.#parts, reading));
    return json === undefined ? undefined : Number(json);
  }

  /**
   * JSON of the run, which is paid for once it is known what it took: so a party has few under way.
   * @throws LedgerError RATE_LIMITED where this party waits for others already, and what screening throws
   */
  async screen(scope: ScreeningScope, reading: Reading & { readonly gone?: AbortSignal }): Promise<string> {
    const party = reading.caller?.party ?? '';
    return this.#counted(party, async () => {
      const pages = projectionPages(this.#parts, reading);
      const { json = '', looked } = await this.#screener.run({ do: 'screen', scope, party }, pages);
      reading.spend(looked * lookedAt);
      return json;
    });
  }

  async #counted<Result>(party: string, work: () => Promise<Result>): Promise<Result> {
    const count = this.#underWay.get(party) ?? 0;
    if (count >= mostUnderWay)
      throw new LedgerError('RATE_LIMITED', 'Your last screenings are still under way; wait for them.', {
        details: { retryAfter: 10 },
      });
    this.#underWay.set(party, count + 1);
    try {
      return await work();
    } finally {
      this.#underWay.set(party, (this.#underWay.get(party) ?? 1) - 1);
    }
  }

  /** Loads what the first screening would wait for. */
  begin(): void {
    this.#screener.begin();
  }

  close(): Promise<void> {
    return this.#screener.close();
  }
}
