import { canonicalize, isLedgerError, verifyFigures, type Figure } from '@carbon-ledger/core';
import type { Logger } from 'pino';
import type { LedgerPort } from '../ledger';
import {
  type BatchOperation,
  type FiguresById,
  figureWrites,
  keys,
  prefixes,
  type Store,
} from '@carbon-ledger/auditor/stored';
import { readPrivateFigures } from './private-figures';
import type { RecordReader } from './record-reader';

export interface AwaitedFiguresParts {
  readonly store: Store;
  readonly reader: RecordReader;
  readonly ledger: LedgerPort;
  /** Runs one write at a time, so that what a block takes away is not put back. */
  readonly exclusive: (write: () => Promise<void>) => Promise<void>;
}

export interface AwaitedFiguresSchedule {
  readonly logger: Logger;
  /** Runs something once after a time, and returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
}

/** Transactions that one round asks for; the next round goes on behind them. */
const PER_ROUND = 100;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Private figures that were not at one's own peer when their block came: it was away, and fetches them from other members
 * by itself. The list stands in the store; it is asked again in rounds, quickly at first and ever more slowly while
 * nothing comes.
 */
export class AwaitedFigures {
  readonly #parts: AwaitedFiguresParts;
  #timing: AwaitedFiguresSchedule | undefined;
  #cancel: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();
  #pause = FIRST_PAUSE_MS;
  #stopped = false;
  /** Behind the last transaction that was asked for. */
  #after: string | undefined;

  constructor(parts: AwaitedFiguresParts) {
    this.#parts = parts;
  }

  start(timing: AwaitedFiguresSchedule): void {
    this.#timing = timing;
    this.nudge();
  }

  /** Call when a block brought figures that are not here yet. */
  nudge(): void {
    this.#pause = FIRST_PAUSE_MS;
    this.#plan();
  }

  /** Nothing is read or written any more once this resolves. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#running;
  }

  /** Is this transaction waited for? */
  async has(txId: string): Promise<boolean> {
    return (await this.#parts.store.text(keys.awaited(txId))) !== undefined;
  }

  /** Is nothing waited for: what is read does not change before the next block. */
  async isEmpty(): Promise<boolean> {
    return (await this.#parts.store.range({ prefix: prefixes.awaited, limit: 1 })).length === 0;
  }

  /** Asks for a part of the list once; returns whether anything is waited for, and what came. */
  async round(): Promise<{ readonly asked: number; readonly came: number }> {
    const rows = await this.#nextRows();
    let came = 0;
    for (const [key, text] of rows) {
      if (this.#stopped) break;
      // Before it is asked for: what ends a round must not keep what stands behind it waiting.
      this.#after = key;
      came += Number(await this.#askOrTell(key.slice(prefixes.awaited.length), JSON.parse(text) as string[]));
    }
    return { asked: rows.length, came };
  }

  /** Behind the end it begins anew: what never comes must not keep the rest waiting. */
  async #nextRows(): Promise<[string, string][]> {
    const { store } = this.#parts;
    const rows = await store.range({ prefix: prefixes.awaited, after: this.#after, limit: PER_ROUND });
    if (rows.length > 0 || this.#after === undefined) return rows;
    this.#after = undefined;
    return store.range({ prefix: prefixes.awaited, limit: PER_ROUND });
  }

  /** Figures of one transaction that cannot be taken are its own fault; a peer that is away is away for all. */
  async #askOrTell(txId: string, records: readonly string[]): Promise<boolean> {
    try {
      return await this.#ask(txId, records);
    } catch (error) {
      if (isLedgerError(error) && error.code === 'UNREACHABLE') throw error;
      this.#timing?.logger.error({ err: error, txId }, 'the peer gave private figures that cannot be taken');
      return false;
    }
  }

  #plan(): void {
    this.#cancel?.();
    if (this.#stopped) return;
    this.#cancel = this.#timing?.schedule(() => {
      this.#running = this.#run();
    }, this.#pause);
  }

  async #run(): Promise<void> {
    try {
      const { asked, came } = await this.round();
      if (asked === 0) return;
      this.#pause = came > 0 ? FIRST_PAUSE_MS : Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    } catch (error) {
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
      if (!isLedgerError(error)) this.#timing?.logger.error({ err: error }, 'asking for private figures');
    }
    this.#plan();
  }

  async #ask(txId: string, records: readonly string[]): Promise<boolean> {
    const answer = await readPrivateFigures(this.#parts.ledger, txId);
    if (answer.kind === 'elsewhere')
      await this.#parts.exclusive(() => this.#parts.store.write([], [keys.awaited(txId)]));
    if (answer.kind !== 'here') return false;
    const writes = await this.#writes(records, answer.figures);
    let isNew = false;
    await this.#parts.exclusive(async () => {
      // Purged meanwhile, or come in another way.
      if (!(await this.has(txId))) return;
      await this.#parts.store.write(writes, [keys.awaited(txId)]);
      isNew = true;
    });
    return isNew;
  }

  /** @throws LedgerError FIGURES_ROOT_MISMATCH for figures that are not those of the record */
  async #writes(records: readonly string[], figures: FiguresById): Promise<BatchOperation[]> {
    const entries = await this.#parts.reader.records(records);
    return records.flatMap((id, index) => {
      const own: readonly Figure[] = figures[id] ?? [];
      verifyFigures(entries[index]?.record.figuresRoot ?? null, own);
      return figureWrites(id, canonicalize(own));
    });
  }
}
