import { CompactRange, TILE_WIDTH, tileWidth, toHex, type StoredCompactRange } from '@carbon-ledger/core';
import type { Finding } from '../finding';
import { projectedEntries, projectedValue } from '../replay/projected-heads';
import type { DerivedLog } from '../replay/derived-log';
import { ReplayedState } from '../replay/state';
import type { WorkStore } from '../replay/work-store';
import type { ProjectionSums } from '../rules/job';
import type { EntrySum } from './entry-digest';
import { CHANGING, NEVER_CHANGING, STATE, type ProjectionReader } from './projection-reader';
import { namedFaults } from './projected-records';

const RANGE = 'm/log';
const TILE_KEY = /^t\/(\d)\/(\d{12})$/;
const MOST_MISSING = 100;
const noEntries: EntrySum = { count: 0, sum: '' };

const tableNames: Readonly<Record<string, string>> = {
  r: 'records',
  v: 'versions',
  y: 'records by type',
  u: 'records by issuer',
  b: 'records by subject',
  e: 'records by period',
  d: 'documents by digest',
  n: 'documents by name',
  c: 'citations',
  s: 'submissions',
  i: 'places of transactions',
  f: 'private figures',
};

function isSameSum(one: EntrySum = noEntries, other: EntrySum = noEntries): boolean {
  return one.count === other.count && one.sum === other.sum;
}

function readEdge(bytes: Buffer): CompactRange | undefined {
  try {
    return CompactRange.parse(JSON.parse(bytes.toString('utf8')) as StoredCompactRange);
  } catch {
    return undefined;
  }
}

export interface ProjectionEvidence {
  readonly reader: ProjectionReader;
  readonly store: WorkStore;
  readonly log: DerivedLog;
  /** Sums of the entries that never change, from the blocks. */
  readonly expected: ProjectionSums;
  /** Sums of the entries that later records changed, as the replay left them. */
  readonly changing: () => Promise<ProjectionSums>;
  /** Sums of all entries as they stand there, made with the same secret. */
  readonly found: () => Promise<ProjectionSums>;
  /** Hex. */
  readonly ledger: string;
  /** Number of blocks that were replayed. */
  readonly height: number;
  /** Whether private figures were at hand, so that they can be compared. */
  readonly withFigures: boolean;
}

/** Goes once through everything that the projection holds. */
export class ProjectionCheck {
  readonly #evidence: ProjectionEvidence;
  readonly #findings: Finding[] = [];
  #awaited = 0;
  #tiles = 0;
  #hasRange = false;

  constructor(evidence: ProjectionEvidence) {
    this.#evidence = evidence;
  }

  async run(): Promise<readonly Finding[]> {
    const { reader } = this.#evidence;
    if (!this.#checkState()) return this.#findings;
    for await (const [key, value] of reader.others()) await this.#checkEntry(key, value);
    this.#checkLogCount();
    await this.#compareChanging();
    await this.#compareSums();
    return this.#findings;
  }

  /** False where the rest cannot be compared. */
  #checkState(): boolean {
    const { reader, height, ledger, log, store } = this.#evidence;
    const { state } = reader;
    if (state === undefined) {
      this.#add(STATE, 'it is missing or cannot be read');
      return false;
    }
    if (state.ledger !== ledger) this.#add(STATE, `it is of the ledger ${state.ledger}`);
    if (reader.height > height) {
      this.#add(STATE, `it has taken in ${state.nextBlock} blocks, but there are ${String(height)}`);
      return false;
    }
    if (reader.height > 0 && new ReplayedState(store).blockNumber(state.tip) !== reader.height - 1)
      this.#add(STATE, 'the last block that it has taken in is another one');
    if (reader.height === height && state.logSize !== log.size)
      this.#add(STATE, `it says to hold ${String(state.logSize)} records, the blocks hold ${String(log.size)}`);
    return true;
  }

  async #checkEntry(key: string, value: Buffer): Promise<void> {
    const table = key.slice(0, 1);
    if (table === 't') await this.#checkTile(key, value);
    // Private figures that its peer has not got yet: a list of its own, which no block gives.
    else if (table === 'w') this.#checkAwaited(key);
    else if (key === RANGE) await this.#checkRange(value);
    // Idempotency keys are of no block either, and nothing rests on them.
    else if (key !== STATE && table !== 'q') this.#add(key, 'nothing in the blocks leads to it');
  }

  #checkAwaited(key: string): void {
    const isKnown = new ReplayedState(this.#evidence.store).hasTransaction(key.slice(2));
    if (isKnown) this.#awaited += 1;
    else this.#add(key, 'nothing in the blocks leads to it');
  }

  async #checkTile(key: string, value: Buffer): Promise<void> {
    const [, level, index] = TILE_KEY.exec(key) ?? [];
    const width = tileWidth(Number(level ?? 0), BigInt(index ?? 0), BigInt(this.#size));
    if (level === undefined || width === 0) {
      this.#add(key, 'nothing in the blocks leads to it');
      return;
    }
    this.#tiles += 1;
    const expected = await this.#evidence.log.tree.tile(Number(level), Number(index), width).catch(() => undefined);
    if (expected?.equals(value) !== true) this.#add(key, 'the blocks give another tile');
  }

  async #checkRange(value: Buffer): Promise<void> {
    const { log } = this.#evidence;
    const size = this.#size;
    this.#hasRange = true;
    const edge = readEdge(value);
    if (edge?.size !== BigInt(size)) this.#add(RANGE, 'the right edge of the log is of another size than the records');
    else if (size > log.size) this.#add(RANGE, `the blocks give only ${String(log.size)} records`);
    else if (toHex(edge.root()) !== (await log.rootAt(size))) this.#add(RANGE, 'the right edge leads to another root');
  }

  /** Number of records that it says to hold. */
  get #size(): number {
    return this.#evidence.reader.state?.logSize ?? 0;
  }

  /** Tiles and right edge were compared one by one: none may be missing. */
  #checkLogCount(): void {
    let expected = 0;
    for (let entries = this.#size; entries > 0; entries = Math.floor(entries / TILE_WIDTH))
      expected += Math.ceil(entries / TILE_WIDTH);
    if (this.#tiles !== expected)
      this.#add('t', `${String(this.#tiles)} tiles stand there, the blocks give ${String(expected)}`);
    if (!this.#hasRange && expected > 0) this.#add(RANGE, 'it is missing');
  }

  /** Heads, states, endings, parties: entries are compared one by one where a table's sum is another one. */
  async #compareChanging(): Promise<void> {
    const [expected, found] = await Promise.all([this.#evidence.changing(), this.#evidence.found()]);
    const wrong = CHANGING.filter((table) => !isSameSum(expected[table], found[table]));
    for (const table of wrong) await this.#nameChanged(table);
    if (wrong.length > 0) for (const key of await this.#missing(wrong)) this.#add(key, 'it is missing');
  }

  async #nameChanged(table: string): Promise<void> {
    const { reader, store } = this.#evidence;
    for await (const [key, value] of reader.entries(table)) {
      const expected = projectedValue(store, key);
      if (expected === undefined) this.#add(key, 'nothing in the blocks leads to it');
      else if (!expected.equals(value)) this.#add(key, 'the blocks give another value');
    }
  }

  /** The first of those that should stand there. */
  async #missing(tables: readonly string[]): Promise<string[]> {
    const { store, reader } = this.#evidence;
    const keys: string[] = [];
    for await (const batch of projectedEntries(store))
      for (const [key] of batch) {
        if (keys.length === MOST_MISSING) return keys;
        if (tables.includes(key.slice(0, 1)) && (await reader.get(key)) === undefined) keys.push(key);
      }
    return keys;
  }

  async #compareSums(): Promise<void> {
    const { expected, withFigures, reader, store } = this.#evidence;
    const found = await this.#evidence.found();
    const tables = NEVER_CHANGING.filter((table) => table !== 'f' || (withFigures && this.#awaited === 0));
    for (const table of tables) {
      const [given, there] = [expected[table] ?? noEntries, found[table] ?? noEntries];
      if (!isSameSum(given, there)) await this.#reportTable(table, given, there);
    }
    // Figures that are awaited may be missing; those that are there must be right all the same.
    if (withFigures && this.#awaited > 0) this.#findings.push(...(await namedFaults('f', reader, store, false)));
  }

  async #reportTable(table: string, expected: EntrySum, found: EntrySum): Promise<void> {
    const { reader, store, height } = this.#evidence;
    const named = await namedFaults(table, reader, store, reader.height === height);
    this.#findings.push(...named);
    if (named.length > 0) return;
    const counts = `${String(found.count)} entries stand there, the blocks give ${String(expected.count)}`;
    this.#add(tableNames[table] ?? table, expected.count === found.count ? 'entries differ in content' : counts);
  }

  #add(field: string, message: string): void {
    this.#findings.push({ code: 'PROJECTION_MISMATCH', field, message });
  }
}
