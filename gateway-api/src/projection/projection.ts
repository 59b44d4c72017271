import { setTimeout as pause } from 'node:timers/promises';
import { isLedgerError, LedgerError, storeError, type CurrentRecord, type LedgerView } from '@carbon-ledger/core';
import type { LedgerBlock, LedgerPort } from '../ledger';
import { type AnchoredEntry, keys, LogTree, prefixes, rebuildIt, Store } from '@carbon-ledger/auditor/stored';
import { AwaitedFigures } from './awaited-figures';
import { BlockAddition, type CommittedRecord } from './block-writer';
import { Cosigners, type Cosigner } from './cosigners';
import { currentRecords, rowsUnder, subjectsIn, type IndexRow } from './current-records';
import { IdempotencyKeys } from './idempotency-keys';
import { walkLog, type LogFilter, type LogWalk } from './log-walk';
import { Parties } from './parties';
import { awaitHeight, type PeerWait } from './peer-wait';
import { PendingTransactions } from './pending';
import { listRecords, type Page, type RecordFilter } from './record-list';
import { readPrivateFiguresNow } from './private-figures';
import { RecordReader } from './record-reader';
import { WorldView } from './world';

/** Pause before a peer that was away is asked for blocks again. */
const AWAY_PAUSE_MS = 500;
const MOST_VERSIONS = 50;

/** Called after a block's batch is written, with what it added (often nothing). */
export type BlockListener = (records: readonly CommittedRecord[], cosigned: readonly Cosigner[]) => void;

/** A record and its figures in canonical JSON. */
export interface CitedTexts {
  readonly record: string;
  readonly figures: string | undefined;
}

/** Form of the tables. What was written in another one is written anew from blocks: it is derived from them anyway. */
const FORM = 2;

interface StoredState {
  readonly form: number;
  readonly ledger: string;
  /** Number of the first block that is not in yet. */
  readonly nextBlock: string;
  readonly logSize: number;
  /** Hex hash of the last block that is in. */
  readonly tip: string;
}

/** What is kept at hand beside the store. */
interface Derived {
  /** Undefined before the first block. */
  readonly state: StoredState | undefined;
  readonly log: LogTree;
  readonly cosigners: Cosigners;
  readonly idempotency: IdempotencyKeys;
}

export interface ProjectionOptions {
  readonly location: string;
  readonly ledger: LedgerPort;
  /** Ledger id; a folder of another ledger is refused. */
  readonly ledgerId: string;
}

/**
 * What was anchored, for reading: records, heads, figures, indices and the transparency log, derived from the blocks of
 * one's own peer and from nothing else. One batch per block, so that a crash leaves it at the end of a block; nobody
 * reads it to decide a write.
 */
export class Projection {
  readonly reader: RecordReader;
  readonly parties: Parties;
  readonly cosigners: Cosigners;
  readonly awaited: AwaitedFigures;
  readonly idempotency: IdempotencyKeys;
  /** The world state as of the last block that is in. */
  readonly world: LedgerView;
  readonly log: LogTree;
  readonly pending = new PendingTransactions();
  readonly #store: Store;
  readonly #ledger: LedgerPort;
  readonly #ledgerId: string;
  readonly #listeners = new Set<BlockListener>();
  #nextBlock: bigint;
  #tip: string;
  #writing: Promise<void> = Promise.resolve();

  private constructor(options: ProjectionOptions, store: Store, { log, cosigners, idempotency, state }: Derived) {
    this.#store = store;
    this.#ledger = options.ledger;
    this.#ledgerId = options.ledgerId;
    this.#nextBlock = BigInt(state?.nextBlock ?? 0);
    this.#tip = state?.tip ?? '';
    this.log = log;
    this.cosigners = cosigners;
    this.idempotency = idempotency;
    this.reader = new RecordReader(store);
    this.parties = new Parties(store);
    this.world = new WorldView(store);
    const exclusive = (write: () => Promise<void>): Promise<void> => this.#exclusive(write);
    this.awaited = new AwaitedFigures({ store, reader: this.reader, ledger: options.ledger, exclusive });
  }

  /** @throws LedgerError FOLDER_LOCKED, STORE_CORRUPT */
  static async open(options: Readonly<ProjectionOptions>): Promise<Projection> {
    const store = await Store.open(options.location);
    try {
      return new Projection(options, store, await readDerived(store, options));
    } catch (error) {
      await store.close();
      if (isLedgerError(error) && error.code === 'STORE_CORRUPT') throw error;
      throw storeError(error, options.location, `cannot be read: ${rebuildIt}`);
    }
  }

  /** Number of blocks that are in. */
  get height(): bigint {
    return this.#nextBlock;
  }

  onBlock(listener: BlockListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  list(filter: RecordFilter, page: { cursor?: string | undefined; limit: number }): Promise<Page<AnchoredEntry>> {
    return listRecords({ store: this.#store, reader: this.reader, log: this.log }, filter, page);
  }

  /** A way through the log, past what a filter leaves out. @param isReverse from the newest on */
  walk(filter: LogFilter, isReverse: boolean): Promise<LogWalk> {
    return walkLog({ store: this.#store, reader: this.reader, log: this.log }, filter, isReverse);
  }

  /** Record ids under an index prefix, newest first. */
  async newest(prefix: string, limit: number): Promise<string[]> {
    return (await this.#store.range({ prefix, limit, reverse: true })).map(([, id]) => id);
  }

  /** Everything under an index prefix, in the order of its keys, a few hundred at a time. */
  under = (prefix: string): AsyncGenerator<readonly IndexRow[], void, undefined> => rowsUnder(this.#store, prefix);

  /** Ids of the versions of a business key, newest first: no more than are ever compared. */
  versions = (key: string): Promise<string[]> => this.newest(prefixes.versions(key), MOST_VERSIONS);

  /** Current records of a type in a state, of one party where one is named, in the order of their keys. */
  current(type: string, state: string, uscc?: string): AsyncGenerator<CurrentRecord, void, undefined> {
    return currentRecords(this.#store, type, state, uscc);
  }

  /** Of whom records are, each once, in the order of their codes. */
  subjects = (): AsyncGenerator<string, void, undefined> => subjectsIn(this.#store);

  /** Record id that an index key holds. */
  idUnder(key: string): Promise<string | undefined> {
    return this.#store.text(key);
  }

  /** Canonical texts of records and of their figures, for those that are anchored. */
  async citedTexts(ids: readonly string[]): Promise<Map<string, CitedTexts>> {
    const texts = await this.#store.texts([...ids.map(keys.record), ...ids.map(keys.figures)]);
    const found = new Map<string, CitedTexts>();
    for (const [index, id] of ids.entries()) {
      const stored = texts[index];
      if (stored === undefined) continue;
      found.set(id, { record: recordText(stored), figures: texts[ids.length + index] });
    }
    return found;
  }

  /** Canonical texts of records that are anchored. @throws LedgerError STORE_CORRUPT when one is not there */
  async recordTexts(ids: readonly string[]): Promise<Uint8Array[]> {
    const found = await this.#store.manyBytes(ids.map(keys.record));
    return ids.map((id, index) => {
      const stored = found[index];
      if (stored === undefined)
        throw new LedgerError('STORE_CORRUPT', `${id} is in the log, but its record is missing.`);
      return stored.subarray(stored.indexOf(LINE_END) + 1);
    });
  }

  /**
   * Holds the peer to the blocks that were taken in from it: one that was restored from an older copy, or holds another
   * chain, must not be followed; one that is only behind is waited for. @throws LedgerError ROLLED_BACK, UNREACHABLE
   */
  async assertContinues(wait: PeerWait): Promise<void> {
    if (this.#nextBlock === 0n) return;
    await awaitHeight(this.#ledger, this.#nextBlock, wait);
    const found = new AbortController();
    const signal = AbortSignal.any([found.signal, wait.signal]);
    for await (const { number, hash } of this.#ledger.blocks(this.#nextBlock - 1n, signal)) {
      if (hash !== this.#tip)
        throw rolledBack(`Block ${String(number)} of the peer is another one than was read before.`);
      found.abort();
    }
  }

  /** Follows the ledger until the signal aborts, also over times when the peer is away. */
  async follow(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) await this.#followWhileThere(signal);
      this.pending.stop(new LedgerError('NOT_READY', 'The service is stopping.'));
    } catch (error) {
      this.pending.stop(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.awaited.stop();
    await this.#store.close();
  }

  async #followWhileThere(signal: AbortSignal): Promise<void> {
    try {
      for await (const block of this.#ledger.blocks(this.#nextBlock, signal)) await this.#integrate(block);
    } catch (error) {
      if (!isLedgerError(error) || error.code !== 'UNREACHABLE') throw error;
      await pause(AWAY_PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #integrate(block: LedgerBlock): Promise<void> {
    if (this.#nextBlock > 0n && block.previousHash !== this.#tip)
      throw rolledBack(`Block ${String(block.number)} of the peer does not continue the blocks that were read before.`);
    const sources = {
      store: this.#store,
      leaf: (index: number) => this.log.leaf(index),
      sent: (txId: string) => this.pending.sent(txId),
      figures: (txId: string) => readPrivateFiguresNow(this.#ledger, txId),
    };
    const addition = new BlockAddition(sources, block, this.log.size);
    await addition.addAll();
    const tiles = addition.leafHashes.length === 0 ? [] : this.log.append(addition.leafHashes);
    const nextBlock = block.number + 1n;
    const writes = [...addition.operations, ...tiles, this.#stateWrite(nextBlock, block.hash)];
    await this.#exclusive(() => this.#store.write(writes, addition.removed));
    this.reader.forget(addition.removed);
    this.#nextBlock = nextBlock;
    this.#tip = block.hash;
    if (addition.awaitsFigures) this.awaited.nudge();
    this.#announce(block, addition);
  }

  #exclusive(write: () => Promise<void>): Promise<void> {
    const written = this.#writing.then(write);
    // Whoever wrote hears of a failure; whoever comes next is not held up by it.
    this.#writing = written.catch(() => undefined);
    return written;
  }

  #stateWrite(nextBlock: bigint, tip: string): { type: 'put'; key: string; value: string } {
    const logSize = this.log.size;
    const state: StoredState = { form: FORM, ledger: this.#ledgerId, nextBlock: nextBlock.toString(), logSize, tip };
    return { type: 'put', key: keys.state, value: JSON.stringify(state) };
  }

  #announce(block: LedgerBlock, addition: BlockAddition): void {
    for (const write of block.transactions.flatMap((transaction) => transaction.writes)) {
      if (write.key.startsWith('party/')) this.parties.forget(write.key.slice('party/'.length));
    }
    this.cosigners.take(addition.cosigners);
    for (const listener of this.#listeners) listener(addition.records, addition.cosigners);
    for (const integrated of addition.transactions) this.pending.integrated(integrated);
    for (const { txId, validation } of block.transactions) {
      if (validation !== 'VALID') this.pending.invalid(txId, validation);
    }
  }
}

/** Undefined where nothing is in yet, in the form of this version. */
async function readState(store: Store, ledgerId: string): Promise<StoredState | undefined> {
  const state = await store.json<StoredState>(keys.state);
  if (state?.ledger !== ledgerId || state.form === FORM) return state;
  await store.clear();
  return undefined;
}

/** @throws LedgerError STORE_CORRUPT for the projection of another ledger, or one whose parts do not belong together */
async function readDerived(store: Store, { location, ledgerId }: Readonly<ProjectionOptions>): Promise<Derived> {
  const state = await readState(store, ledgerId);
  if (state !== undefined && state.ledger !== ledgerId)
    throw new LedgerError('STORE_CORRUPT', `${location} holds another ledger (${state.ledger}).`);
  const log = await LogTree.open(store);
  if (log.size !== (state?.logSize ?? 0))
    throw new LedgerError('STORE_CORRUPT', `${location}: log and records have different sizes: ${rebuildIt}`);
  if (state !== undefined && typeof (state.tip as unknown) !== 'string')
    throw new LedgerError('STORE_CORRUPT', `${location} does not say where it stands: ${rebuildIt}`);
  return { state, log, cosigners: await Cosigners.open(store), idempotency: await IdempotencyKeys.open(store) };
}

function rolledBack(message: string): LedgerError {
  return new LedgerError('ROLLED_BACK', message);
}

/** Byte between place and record. */
const LINE_END = 0x0a;

/** A record is stored behind its place in the log, on a line of its own. */
function recordText(stored: string): string {
  return stored.slice(stored.indexOf('\n') + 1);
}
