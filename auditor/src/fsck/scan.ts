import { isLedgerError, LedgerError } from '@carbon-ledger/core';
import { addCounts, noCounts, type Counts, Findings } from './finding';
import { putConfig, putProgress, storedConfig, type Progress } from './progress-file';
import type { PurgeMade } from './purge-made';
import type { DerivedLog } from './replay/derived-log';
import { cosignedFindings } from './replay/cosigned';
import { Replay, type ReplayPosition, type Step } from './replay/replay';
import type { WorkStore } from './replay/work-store';
import type { LedgerNames } from './rules/job';
import type { CheckerPool } from './rules/pool';
import type { BlockSource, PrivateSource } from './sources';
import type { EntryDigest } from './stores/entry-digest';

/** Blocks and bytes that may be on their way through the checkers at one time. */
const MOST_IN_FLIGHT = 32;
const MOST_BYTES_IN_FLIGHT = 16 * 1024 * 1024;

export interface ScanOptions {
  readonly source: BlockSource;
  readonly figures: PrivateSource | undefined;
  readonly names: LedgerNames;
  readonly store: WorkStore;
  readonly log: DerivedLog;
  readonly checkers: CheckerPool;
  readonly findings: Findings;
  /** Sums of what the projection must hold; grows as blocks are checked. */
  readonly projected: EntryDigest;
  readonly projectedHeight: number;
  /** What an earlier run left. */
  readonly earlier: Progress | undefined;
  readonly signal: AbortSignal;
  /** Called as blocks are done. */
  readonly onProgress: (blocks: number, records: number) => void;
}

/** Replays blocks in order and has each checked beside it; ends with the last block, or when the signal aborts. */
export class Scan {
  readonly #options: ScanOptions;
  readonly counts: Counts = noCounts();
  readonly #purges: PurgeMade[] = [];
  #replay: Replay;
  #resumedFrom = 0;
  readonly #running = new Set<Promise<void>>();
  #bytes = 0;
  #failure: unknown;

  constructor(options: ScanOptions) {
    this.#options = options;
    this.#replay = new Replay(this.#parts);
  }

  get position(): ReplayPosition {
    return this.#replay.position;
  }

  get replay(): Replay {
    return this.#replay;
  }

  /** Number of blocks that an earlier run had checked. */
  get resumedFrom(): number {
    return this.#resumedFrom;
  }

  /** In the order of the blocks. */
  get purges(): readonly PurgeMade[] {
    return this.#purges.toSorted((a, b) => a.block - b.block);
  }

  async run(): Promise<void> {
    await this.#resume();
    const { source, signal } = this.#options;
    try {
      for await (const bytes of source.blocks(this.position.nextBlock)) {
        if (signal.aborted) break;
        const step = await this.#step(bytes);
        if (step === undefined) break;
        await this.#take(step);
      }
    } catch (error) {
      // A hole in a store that should hold every block is a finding; a source that cannot be asked is not.
      if (!isLedgerError(error) || error.code !== 'STORE_CORRUPT') throw error;
      const { code, message } = error;
      this.#options.findings.add({ block: this.position.nextBlock, code, field: 'block', message });
    }
    await this.#drain();
  }

  /** Leaves the work in a state from which the next run goes on. */
  async save(secret: Uint8Array): Promise<void> {
    const { store, log, findings, projected, projectedHeight } = this.#options;
    await log.settle();
    putProgress(store, {
      position: this.position,
      logSize: log.size,
      counts: this.counts,
      findings: findings.list,
      purges: this.purges,
      secret: Buffer.from(secret).toString('hex'),
      projected: projected.sums(),
      projectedHeight,
    });
    await store.settle();
  }

  get #parts(): ConstructorParameters<typeof Replay>[0] {
    const { names, store, figures, projectedHeight } = this.#options;
    return { names, store, figures, projectedHeight };
  }

  async #resume(): Promise<void> {
    const { store, log, checkers, findings, projected, earlier } = this.#options;
    const config = storedConfig(store);
    if (earlier === undefined || config === undefined || earlier.logSize !== log.size) {
      if (log.size > 0 || config !== undefined) throw notClean();
      return;
    }
    this.#replay = new Replay(this.#parts, earlier.position);
    this.#replay.resumeConfig(config);
    this.#resumedFrom = earlier.position.nextBlock;
    addCounts(this.counts, earlier.counts);
    findings.add(...earlier.findings);
    this.#purges.push(...earlier.purges);
    projected.merge(earlier.projected);
    await checkers.configure(earlier.position.configBlock, config);
  }

  /** Undefined at bytes that are no block: nothing after them can be judged. */
  async #step(bytes: Uint8Array): Promise<Step | undefined> {
    try {
      return await this.#replay.step(bytes);
    } catch (error) {
      if (error instanceof LedgerError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      const block = this.position.nextBlock;
      this.#options.findings.add({ block, code: 'BLOCK_MALFORMED', field: 'bytes', message });
      return undefined;
    }
  }

  async #take(step: Step): Promise<void> {
    const { store, log, checkers, findings } = this.#options;
    findings.add(...step.findings);
    const { job, config } = step;
    if (config !== undefined) {
      putConfig(store, config);
      await checkers.configure(job.number, config);
    }
    await log.append(step.records.map(({ leafHash }) => leafHash));
    for (const cosigned of step.cosigned) findings.add(...(await cosignedFindings(log, cosigned)));
    await this.#start(step);
    if (store.isFull) await store.flush();
  }

  async #start({ job }: Step): Promise<void> {
    while (this.#running.size >= MOST_IN_FLIGHT || this.#bytes > MOST_BYTES_IN_FLIGHT)
      await Promise.race(this.#running);
    this.#throwFailure();
    const size = job.bytes.length;
    this.#bytes += size;
    const run = this.#check(job).finally(() => {
      this.#bytes -= size;
      this.#running.delete(run);
    });
    this.#running.add(run);
  }

  async #check(job: Step['job']): Promise<void> {
    const { checkers, findings, onProgress, projected } = this.#options;
    try {
      const result = await checkers.check(job);
      findings.add(...result.findings);
      this.#purges.push(...result.purges);
      addCounts(this.counts, result.counts);
      projected.merge(result.projected);
      onProgress(this.counts.blocks, this.counts.records);
    } catch (error) {
      this.#failure ??= error;
    }
  }

  async #drain(): Promise<void> {
    await Promise.all(this.#running);
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure === undefined) return;
    throw this.#failure instanceof Error ? this.#failure : new Error('a check ended without a result');
  }
}

function notClean(): LedgerError {
  return new LedgerError(
    'STORE_CORRUPT',
    'the folder of --state is from a run that was ended by force, or by another version: delete it, and everything is checked anew',
  );
}
