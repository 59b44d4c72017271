import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Findings, type Counts, type Finding } from './finding';
import { checkProbes, type Probe } from './probes';
import { DerivedLog } from './replay/derived-log';
import { WorkStore } from './replay/work-store';
import type { LedgerNames } from './rules/job';
import { localChecker, threadedChecker, type CheckerPool } from './rules/pool';
import { Scan } from './scan';
import type { BlockSource, PrivateSource } from './sources';

export interface FsckOptions {
  readonly source: BlockSource;
  /** Private figures, for those who have them; without, their formulas cannot be recomputed. */
  readonly figures?: PrivateSource;
  /** Default: chaincode `carbon-audit-ledger`, collection `figures`. */
  readonly names?: Partial<LedgerNames>;
  /** Sizes and roots that were signed or stored: the blocks must lead to them. */
  readonly probes?: readonly Probe[];
  /** Folder in which a run is taken up again; default: a temporary one that is deleted. */
  readonly stateDir?: string;
  /** Threads that check beside the replay; default: one for each core but one, 0 checks in this thread. */
  readonly threads?: number;
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
  readonly findings: readonly Finding[];
  readonly findingCount: number;
  /** What was not looked at, and why. */
  readonly notChecked: readonly string[];
}

const DEFAULT_NAMES: LedgerNames = { chaincode: 'carbon-audit-ledger', collection: 'figures' };

function startCheckers(options: FsckOptions, names: LedgerNames): CheckerPool {
  const threads = options.threads ?? Math.max(1, availableParallelism() - 1);
  return threads === 0
    ? localChecker(names)
    : threadedChecker(names, threads, options.workerScript ?? join(__dirname, 'rules', 'worker.js'));
}

/** The stores of one run, and what becomes of them afterwards. */
async function withStores<T>(
  stateDir: string | undefined,
  use: (store: WorkStore, log: DerivedLog) => Promise<T>,
): Promise<T> {
  const folder = stateDir ?? (await mkdtemp(join(tmpdir(), 'carbon-ledger-fsck-')));
  const store = await WorkStore.open(join(folder, 'work'));
  try {
    const log = await DerivedLog.open(join(folder, 'log'));
    try {
      return await use(store, log);
    } finally {
      await log.close();
    }
  } finally {
    await store.close();
    if (stateDir === undefined) await rm(folder, { recursive: true, force: true });
  }
}

function notChecked(counts: Counts, { figures, probes }: FsckOptions): string[] {
  const lines = [
    'whether what the records say was true before they were anchored',
    'whether configuration updates had the signatures of the administrators they need (the orderers’ were checked)',
    'certificate revocation lists',
  ];
  if (counts.recordsWithoutFigures > 0) {
    const why = figures === undefined ? 'no private data were given' : 'their private data are not at hand';
    lines.push(`formulas and private figures of ${String(counts.recordsWithoutFigures)} records: ${why}`);
  }
  if ((probes ?? []).length === 0) lines.push('signed checkpoints: none was given');
  return lines;
}

async function report(options: FsckOptions, scan: Scan, log: DerivedLog, findings: Findings): Promise<FsckReport> {
  const { position, counts, resumedFrom } = scan;
  const isStopped = options.signal?.aborted === true;
  const verdict = findings.count > 0 ? 'wrong' : isStopped ? 'incomplete' : 'ok';
  return {
    source: options.source.name,
    result: verdict,
    ledger: position.genesisHash,
    height: position.nextBlock,
    resumedFrom,
    log: { size: log.size, root: await log.rootAt(log.size) },
    counts,
    findings: findings.list,
    findingCount: findings.count,
    notChecked: notChecked(counts, options),
  };
}

async function check(options: FsckOptions, store: WorkStore, log: DerivedLog): Promise<FsckReport> {
  const names = { ...DEFAULT_NAMES, ...options.names };
  const findings = new Findings(options.mostFindings ?? 1000);
  const checkers = startCheckers(options, names);
  const { source, figures, onProgress = () => undefined, signal = new AbortController().signal } = options;
  const scan = new Scan({ source, figures, names, store, log, checkers, findings, signal, onProgress });
  try {
    await scan.run();
    await scan.save();
    if (!signal.aborted) findings.add(...(await checkProbes(log, options.probes ?? [])));
    return await report(options, scan, log, findings);
  } finally {
    await checkers.close();
  }
}

/**
 * Rebuilds everything from blocks alone and holds it to what is signed, stored and said. Finds, never repairs. Memory
 * does not grow with the ledger; what is derived lies on disk beside it while the run lasts.
 * @throws LedgerError FOLDER_LOCKED, FILE_UNREADABLE, UNREACHABLE where the evidence itself cannot be read
 */
export function fsck(options: FsckOptions): Promise<FsckReport> {
  return withStores(options.stateDir, (store, log) => check(options, store, log));
}
