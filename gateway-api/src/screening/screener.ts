import { rulesInForce, screenLedger } from '@carbon-ledger/client-sdk';
import { generalLimit, visibleJson, type ScreeningScope } from '@carbon-ledger/core';
import { readerOf, type LedgerPages } from './ledger-pages';
import { ScreeningMemories } from './memory';

/** What is asked of screening, as plain data: it crosses to a thread. */
export type ScreeningJob =
  | { readonly do: 'screen'; readonly scope: ScreeningScope; readonly party: string }
  | { readonly do: 'limit'; readonly rule: string; readonly name: string; readonly year: string };

export interface ScreeningOutcome {
  /** JSON of the run, or of the limit; none where there is no such limit. */
  readonly json: string | undefined;
  /** Enterprises that were looked at anew. */
  readonly looked: number;
}

/** Screens, and remembers for each party what it found. */
export interface Screener {
  /** Loads what it needs, so that the first who asks does not wait for that. */
  begin(): void;
  /** @throws LedgerError what screening throws, and what reading throws; INTERNAL */
  run(job: ScreeningJob, pages: LedgerPages): Promise<ScreeningOutcome>;
  close(): Promise<void>;
}

/** In the thread that calls. */
export class LocalScreener implements Screener {
  readonly #memories = new ScreeningMemories();

  async run(job: ScreeningJob, pages: LedgerPages): Promise<ScreeningOutcome> {
    const reader = readerOf(pages);
    if (job.do === 'screen') {
      const { scope, party } = job;
      const run = await screenLedger(reader, { scope, memory: this.#memories.of(party, scope.year) });
      return { json: visibleJson(JSON.stringify(run)), looked: run.looked };
    }
    const { ruleSet } = await rulesInForce(reader);
    const limit = generalLimit(ruleSet.rules, job.rule, job.name, job.year);
    return { json: limit?.toString(), looked: 0 };
  }

  begin(): void {
    // It has what its thread has.
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
