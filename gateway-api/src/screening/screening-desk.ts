import { rulesInForce, screenLedger } from '@carbon-ledger/client-sdk';
import { generalLimit, type ScreeningRun, type ScreeningScope } from '@carbon-ledger/core';
import type { Reading } from '../records/record-views';
import { projectionReader, type ReaderParts } from './ledger-reader';
import { ScreeningMemories } from './memory';

/** What looking at one enterprise costs, in units of work: about a tenth of a second of one core. */
const lookedAt = 100;

/** Screens what is anchored, as far as it is open to who asks, one enterprise in a turn of the event loop. */
export class ScreeningDesk {
  readonly #parts: ReaderParts;
  readonly #memories = new ScreeningMemories();

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** A limit of the rules in force that holds for every unit; undefined where they have none. */
  async limit(rule: string, name: string, year: string, reading: Reading): Promise<number | undefined> {
    const { ruleSet } = await rulesInForce(projectionReader(this.#parts, reading));
    return generalLimit(ruleSet.rules, rule, name, year)?.toNumber();
  }

  async screen(scope: ScreeningScope, reading: Reading): Promise<ScreeningRun> {
    const memory = this.#memories.of(reading.caller?.party ?? '', scope.year);
    const run = await screenLedger(projectionReader(this.#parts, reading), { scope, memory });
    reading.spend(run.looked * lookedAt);
    return run;
  }
}
