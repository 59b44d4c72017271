import { setTimeout as pause } from 'node:timers/promises';
import { isLedgerError } from '@carbon-ledger/core';
import type { LedgerPort } from '../../../gateway-api/src/ledger';
import type { Market, Sample } from '../recorder/market';

/** A record whose submitter was told, or found out, that it is committed. */
export interface Acknowledged {
  readonly key: string;
  readonly record: string;
  readonly ms: number;
}

const PAUSE_MS = 100;
const MOST_ATTEMPTS = 300;
const LOOK_UPS = 100;

/** Clients that submit one record after the other and never give one up: each ends as acknowledged or as an error. */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  /** How often a client was told something else than that its record is committed, by error code. */
  readonly told = new Map<string, number>();
  readonly #ledger: LedgerPort;
  readonly #market: Market;
  readonly #prefix: string;
  #next = 0;
  #isStopping = false;
  #clients: Promise<void>[] = [];

  constructor(ledger: LedgerPort, market: Market, prefix: string) {
    this.#ledger = ledger;
    this.#market = market;
    this.#prefix = prefix;
  }

  start(clients: number): void {
    this.#clients = Array.from({ length: clients }, () => this.#run());
  }

  /** Resolves when every client has brought its last record to an end. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#clients);
  }

  get slowestMs(): number {
    return Math.max(...this.acknowledged.map(({ ms }) => ms));
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      this.#next += 1;
      const sample = await this.#market.sample(`${this.#prefix}-${String(this.#next)}`);
      const started = performance.now();
      await this.#bringHome(sample);
      this.acknowledged.push({ ...sample, ms: Math.round(performance.now() - started) });
    }
  }

  async #bringHome(sample: Sample): Promise<void> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      if (await this.#isHome(sample)) return;
      await pause(PAUSE_MS);
    }
    throw new Error(`${sample.key} was never committed`);
  }

  async #isHome(sample: Sample): Promise<boolean> {
    try {
      await this.#ledger.submit({ name: 'submit', transient: sample.transient });
      return true;
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      this.told.set(error.code, (this.told.get(error.code) ?? 0) + 1);
      // What was sent may still commit: nothing is sent again before its fate is known.
      if (error.code === 'OUTCOME_UNKNOWN') return this.#lookUp(String(error.details['txId']));
      return false;
    }
  }

  async #lookUp(txId: string): Promise<boolean> {
    for (let attempt = 0; attempt < LOOK_UPS; attempt += 1) {
      const fate = await this.#ledger.transaction(txId).catch(() => undefined);
      if (fate) return fate.validation === 'VALID';
      await pause(PAUSE_MS);
    }
    return false;
  }
}
