import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Rulebooks } from '@carbon-ledger/core';
import { TemporaryFolder } from '../stored';
import { toldAsCorrupt } from './corruption';
import { Findings, type Counts, type Finding } from './finding';
import { invariantFindings } from './invariant-findings';
import { checkProbes, type Probe } from './probes';
import { takeProgress, type Progress } from './progress-file';
import type { PurgeMade } from './purge-made';
import { DerivedLog } from './replay/derived-log';
import { ReplayedLedger } from './replay/whole-ledger';
import { WorkStore } from './replay/work-store';
import type { CheckerSettings, LedgerNames, ProjectionSums } from './rules/job';
import { localChecker, threadedChecker, type CheckerPool } from './rules/pool';
import { Scan } from './scan';
import type { BlockSource, PeerState, PrivateSource } from './sources';
import { EntryDigest } from './stores/entry-digest';
import { PeerStateCheck } from './stores/peer-state';
import { ProjectionCheck } from './stores/projection';
import { PARTS, type ProjectionReader } from './stores/projection-reader';

export interface FsckOptions {
  readonly source: BlockSource;
  /** Private figures, for those who have them; without, their formulas cannot be recomputed. */
  readonly figures?: PrivateSource;
  /** Default: chaincode `carbon-audit-ledger`, collection `figures`. */
  readonly names?: Partial<LedgerNames>;
  /** Sizes and roots that were signed or stored: the blocks must lead to them. */
  readonly probes?: readonly Probe[];
  /** The projection of a service that is stopped. */
  readonly projection?: ProjectionReader;
  /** State and indexes of a peer that is stopped. */
  readonly peerState?: PeerState;
  /** Folder in which a run is taken up again; default: a temporary one that is deleted. */
  readonly stateDir?: string;
  /** Threads that check beside the replay; default: one for each core; 0 checks in this thread. */
  readonly threads?: number;
  /** Editions of the rules that are known, where they are not those of this build: a thread knows no other, so `threads` is 0. */
  readonly books?: Rulebooks;
  /** JavaScript file of the checker thread; default: the one of this build. */
  readonly workerScript?: string;
  /** Findings that are listed; beyond it they are only counted. Default 1,000. */
  readonly mostFindings?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (blocks: number, records: number) => void;
}

export interface FsckReport {
  readonly source: string;
  /** `ok`: all that was looked at holds. `incomplete`: stopped before the end; nothing wrong so far. */
  readonly result: 'ok' | 'wrong' | 'incomplete';
  /** Hex hash of the header of block 0: the ledger's id. */
  readonly ledger: string;
  /** Number of blocks from the first on. */
  readonly height: number;
  /** Blocks before this one were checked by an earlier run. */
  readonly resumedFrom: number;
  readonly log: { readonly size: number; readonly root: string };
  readonly counts: Counts;
  /** Every purge of private figures that is in order: who made it, by whose order. One that is not is a finding. */
  readonly purges: readonly PurgeMade[];
  readonly findings: readonly Finding[];
  readonly findingCount: number;
  /** What was not looked at, and why. */
  readonly notChecked: readonly string[];
}

const DEFAULT_NAMES: LedgerNames = { chaincode: 'carbon-audit-ledger', collection: 'figures' };
const SECRET_BYTES = 32;

/** The stores of one run. */
interface Work {
  readonly store: WorkStore;
  readonly log: DerivedLog;
}

async function withWork<T>(folder: string, use: (work: Work) => Promise<T>): Promise<T> {
  const store = await WorkStore.open(join(folder, 'work'));
  try {
    const log = await DerivedLog.open(join(folder, 'log'));
    try {
      return await use({ store, log });
    } finally {
      await log.close();
    }
  } finally {
    await store.close();
  }
}

async function withFolder<T>(stateDir: string | undefined, use: (folder: string) => Promise<T>): Promise<T> {
  if (stateDir !== undefined) {
    await mkdir(stateDir, { recursive: true, mode: 0o700 });
    return use(stateDir);
  }
  const folder = await TemporaryFolder.make('fsck');
  try {
    return await use(folder.path);
  } finally {
    await folder.remove();
  }
}

/** Evidence that is held together once the blocks are through. */
class Fsck {
  readonly #options: FsckOptions;
  readonly #work: Work;
  readonly #earlier: Progress | undefined;
  readonly #secret: Buffer;
  readonly #projected: EntryDigest;
  readonly #findings: Findings;

  constructor(options: FsckOptions, work: Work, earlier: Progress | undefined) {
    this.#options = options;
    this.#work = work;
    this.#earlier = earlier;
    this.#secret = earlier === undefined ? randomBytes(SECRET_BYTES) : Buffer.from(earlier.secret, 'hex');
    this.#projected = new EntryDigest(this.#secret);
    this.#findings = new Findings(options.mostFindings ?? 1000);
  }

  async run(): Promise<FsckReport> {
    const names = { ...DEFAULT_NAMES, ...this.#options.names };
    const checkers = this.#startCheckers({ names, secret: this.#secret });
    try {
      const scan = this.#scan(names, checkers);
      await scan.run();
      await scan.save(this.#secret);
      if (!this.#isStopped) await this.#compare(scan, checkers);
      return await this.#report(scan);
    } finally {
      await checkers.close();
    }
  }

  get #isStopped(): boolean {
    return this.#options.signal?.aborted === true;
  }

  /** A projection can be compared if every block was replayed with it in view. */
  get #comparable(): ProjectionReader | undefined {
    const { position, projectedHeight } = this.#earlier ?? {};
    const isWhole = position === undefined || position.nextBlock <= (projectedHeight ?? 0);
    return isWhole ? this.#options.projection : undefined;
  }

  #startCheckers(settings: CheckerSettings): CheckerPool {
    const { threads = availableParallelism(), books, workerScript } = this.#options;
    if (threads === 0 || books !== undefined) return localChecker(settings, books);
    return threadedChecker(settings, threads, workerScript ?? join(__dirname, 'rules', 'worker.js'));
  }

  #scan(names: LedgerNames, checkers: CheckerPool): Scan {
    const { source, figures, onProgress = () => undefined, signal = new AbortController().signal } = this.#options;
    return new Scan({
      ...this.#work,
      source,
      figures,
      names,
      checkers,
      signal,
      onProgress,
      findings: this.#findings,
      projected: this.#projected,
      projectedHeight: this.#comparable?.height ?? 0,
      earlier: this.#earlier,
    });
  }

  async #compare(scan: Scan, checkers: CheckerPool): Promise<void> {
    const projection = this.#comparable;
    if (projection === undefined) return this.#compareStores(scan);
    // Beside all the rest, by threads that have nothing else to do any more.
    const parts = PARTS.map((tables) => checkers.sums(projection.location, tables));
    const sums = { changing: checkers.projected(this.#work.store.location), found: joined(parts) };
    const settled = Promise.allSettled([sums.changing, ...parts]);
    try {
      await this.#compareStores(scan);
      this.#findings.add(...(await this.#compareProjection(projection, scan, sums)));
    } finally {
      // Whatever was found: threads read through the handles that were opened first, so none may be closed before them.
      await settled;
    }
  }

  /** What needs no projection: what was signed, what holds of every ledger, a peer's own stores. */
  async #compareStores(scan: Scan): Promise<void> {
    const { probes = [], peerState } = this.#options;
    const { store, log } = this.#work;
    this.#findings.add(...(await checkProbes(log, scan.position.genesisHash, probes)));
    const { chaincode } = { ...DEFAULT_NAMES, ...this.#options.names };
    await invariantFindings(new ReplayedLedger(store, scan.replay.state, chaincode), this.#findings);
    if (peerState === undefined) return;
    const { position, replay } = scan;
    this.#findings.add(...(await new PeerStateCheck(peerState, { state: replay.state, store, position }).run()));
  }

  #compareProjection(
    reader: ProjectionReader,
    scan: Scan,
    { changing, found }: Readonly<Record<'changing' | 'found', Promise<ProjectionSums>>>,
  ): Promise<readonly Finding[]> {
    return new ProjectionCheck({
      ...this.#work,
      reader,
      changing: () => changing,
      found: () => found,
      expected: this.#projected.sums(),
      ledger: scan.position.genesisHash,
      height: scan.position.nextBlock,
      withFigures: scan.counts.recordsWithoutFigures === 0,
    }).run();
  }

  async #report(scan: Scan): Promise<FsckReport> {
    const { position, counts, purges, resumedFrom } = scan;
    const { log } = this.#work;
    const findings = this.#findings;
    const verdict = this.#isStopped ? 'incomplete' : 'ok';
    return {
      source: this.#options.source.name,
      result: findings.count > 0 ? 'wrong' : verdict,
      ledger: position.genesisHash,
      height: position.nextBlock,
      resumedFrom,
      log: { size: log.size, root: await log.rootAt(log.size) },
      counts,
      purges,
      findings: findings.list,
      findingCount: findings.count,
      notChecked: notChecked(counts, this.#options, this.#comparable !== undefined),
    };
  }
}

async function joined(parts: readonly Promise<ProjectionSums>[]): Promise<ProjectionSums> {
  const all = await Promise.all(parts);
  return Object.fromEntries(all.flatMap((part) => Object.entries(part)));
}

const NEVER_CHECKED = [
  'whether what the records say was true before they were anchored',
  'whether configuration updates had the signatures of the administrators they need (the orderers’ were checked)',
  'certificate revocation lists',
];

function notChecked(counts: Counts, options: FsckOptions, withProjection: boolean): string[] {
  const why = options.figures === undefined ? 'no private data were given' : 'their private data are not at hand';
  const figures = `formulas and private figures of ${String(counts.recordsWithoutFigures)} records: ${why}`;
  return [
    ...NEVER_CHECKED,
    ...(counts.recordsWithoutFigures > 0 ? [figures] : []),
    ...(options.probes?.length ? [] : ['signed checkpoints: none was given']),
    ...(withProjection ? [] : ['the projection of a service']),
    ...(options.peerState === undefined ? ['state and indexes of a peer'] : []),
  ];
}

/**
 * Rebuilds everything from blocks alone and holds it to what is signed, stored and said. Finds, never repairs. Memory
 * does not grow with the ledger; what is derived lies on disk beside it while the run lasts.
 * @throws LedgerError FOLDER_LOCKED, FILE_UNREADABLE, STORE_CORRUPT, UNREACHABLE where the evidence itself cannot be read
 */
export function fsck(options: FsckOptions): Promise<FsckReport> {
  return withFolder(options.stateDir, (folder) =>
    withWork(folder, async (work) => new Fsck(options, work, await takeProgress(work.store)).run()),
  ).catch((error: unknown) => {
    throw toldAsCorrupt(error, options.source.name);
  });
}
