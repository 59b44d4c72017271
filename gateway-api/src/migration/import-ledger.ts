import {
  canonicalBytes,
  canonicalize,
  hexPath,
  isLedgerError,
  LedgerError,
  parseStrict,
  signMigration,
  toHex,
  utf8Decode,
  type EarlierLedger,
  type FounderProof,
  type Founding,
  type Migration,
  type OrganisationMap,
  type Signer,
} from '@carbon-ledger/core';
import type { LedgerPort } from '../ledger';
import type { ExportCheck } from './export-check';
import type { ExportEntry } from './export-format';
import { readTransactions } from './read-export';

export interface ImportOptions {
  readonly ledger: LedgerPort;
  /** Hex hash of the genesis block of the channel that takes the records. */
  readonly ledgerId: string;
  /** The export, checked. */
  readonly file: string;
  readonly check: ExportCheck;
  /** A key of the founder; asked only where the import is not open yet. */
  readonly signer: () => Promise<Signer>;
  readonly organisations: OrganisationMap;
  /** RFC 3339 in whole seconds. */
  readonly now: () => string;
  readonly limits?: Partial<BatchLimits> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called as batches are committed, with the number of records that have come in. */
  readonly onProgress?: ((records: number) => void) | undefined;
}

/** A batch ends with the transaction that brings it to one of these. */
interface BatchLimits {
  readonly records: number;
  readonly bytes: number;
}

const DEFAULT_LIMITS: BatchLimits = { records: 500, bytes: 2 * 1024 * 1024 };

export interface ImportSummary {
  /** Id of the ledger that the records came from. */
  readonly from: string;
  /** Records that this run brought in. */
  readonly imported: number;
  /** Records that had come in before. */
  readonly already: number;
  readonly transactions: number;
}

interface Batch {
  readonly entries: ExportEntry[];
  bytes: number;
  records: number;
}

/**
 * Carries an exported ledger into a channel that holds none, or goes on where an earlier run stopped. Run again when all is
 * there, it changes nothing.
 * @throws LedgerError KEY_TAKEN where the channel holds another ledger; IMPORT_MISMATCH where another export was begun with;
 *   INTERRUPTED; whatever the contract and the port answer
 */
export async function importLedger(options: ImportOptions): Promise<ImportSummary> {
  const { ledger, check, file, signal, onProgress } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const named = earlierLedgerOf(check);
  const opened = (await readFounding(ledger)) ?? (await open(options, named));
  const already = recordsIn(assertSame(opened, named), check);
  let next = already;
  let position = { records: 0, transactions: 0 };
  let batch = emptyBatch();
  onProgress?.(next);
  const send = async (): Promise<void> => {
    if (batch.records === 0) return;
    if (signal?.aborted === true) throw new LedgerError('INTERRUPTED');
    await sendBatch(options, batch, next, position);
    next += batch.records;
    batch = emptyBatch();
    onProgress?.(next);
  };
  for await (const entry of readTransactions(file)) {
    const records = entry.transaction.submissions.reduce((sum, { leafHashes }) => sum + leafHashes.length, 0);
    position = { records: position.records + records, transactions: position.transactions + 1 };
    if (position.records <= already) continue;
    add(batch, entry, records);
    if (batch.records >= limits.records || batch.bytes >= limits.bytes) await send();
  }
  await send();
  return { from: named.ledger, imported: next - already, already, transactions: position.transactions };
}

function emptyBatch(): Batch {
  return { entries: [], bytes: 0, records: 0 };
}

function add(batch: Batch, entry: ExportEntry, records: number): void {
  batch.entries.push(entry);
  batch.records += records;
  const texts = [entry.figures, ...entry.transaction.submissions.map(({ submission }) => submission)];
  batch.bytes += texts.reduce<number>((sum, one) => sum + JSON.stringify(one).length, 0);
}

/** What the founder names of an export that was checked. */
function earlierLedgerOf({ header, trees }: ExportCheck): EarlierLedger {
  return {
    ledger: header.ledger,
    logKey: header.policy.logKey,
    checkpoint: header.checkpoint,
    transactions: trees.transactions.size,
    transactionsRoot: toHex(Uint8Array.from(trees.transactions.root())),
  };
}

async function readFounding(ledger: LedgerPort): Promise<Founding | undefined> {
  try {
    return parseStrict(utf8Decode(await ledger.evaluate({ name: 'info' }))) as object as Founding;
  } catch (error) {
    if (isLedgerError(error) && error.code === 'NOT_READY') return undefined;
    throw error;
  }
}

async function open(options: ImportOptions, earlier: EarlierLedger): Promise<Founding> {
  const { ledger, ledgerId, check, organisations, now } = options;
  assertNamed(options);
  const { record, logIndex } = check.founder;
  const path = await check.trees.records.inclusion(logIndex, check.trees.records.size);
  const proof: FounderProof = { record, logIndex, path: hexPath(path.map((hash) => Uint8Array.from(hash))) };
  const body = { ledger: ledgerId, founder: check.header.founder, earlier, organisations, signedAt: now() };
  const statement = await signMigration(body, await options.signer());
  const { result } = await ledger.submit({
    name: 'openImport',
    args: [ledgerId, canonicalize(statement), canonicalize(proof)],
  });
  return parseStrict(utf8Decode(result)) as object as Founding;
}

/** Told before anything is signed. @throws LedgerError WRONG_MSP */
function assertNamed({ ledger: { mspId }, check, organisations }: ImportOptions): void {
  const { msps } = check.founder.state.content;
  const own = msps.flatMap((name) => [
    name,
    ...(Object.hasOwn(organisations, name) ? (organisations[name] ?? []) : []),
  ]);
  if (own.includes(mspId)) return;
  const named = msps.join(', ');
  const message = `the founder's record names ${named}: say that ${mspId} stands for it (--organisation ${String(msps[0])}=${mspId})`;
  throw new LedgerError('WRONG_MSP', message, { details: { msps } });
}

/** @throws LedgerError KEY_TAKEN, IMPORT_MISMATCH */
function assertSame({ ledgerId, earlier }: Founding, named: EarlierLedger): Migration {
  if (earlier?.ledger !== named.ledger) {
    const from = earlier === undefined ? 'took over nothing' : `took over ${earlier.ledger}`;
    throw new LedgerError('KEY_TAKEN', `the channel holds the ledger ${ledgerId}, which ${from}`);
  }
  const isSame = earlier.transactionsRoot === named.transactionsRoot && earlier.checkpoint === named.checkpoint;
  if (!isSame) {
    const message = `the import was opened with another export of ${named.ledger}, under another checkpoint`;
    throw new LedgerError('IMPORT_MISMATCH', message, { details: { checkpoint: earlier.checkpoint } });
  }
  return earlier;
}

function recordsIn({ progress }: Migration, { trees }: ExportCheck): number {
  return progress === null ? trees.records.size : Number(progress.records.size);
}

async function sendBatch(
  { ledger, check }: ImportOptions,
  { entries }: Batch,
  first: number,
  end: { readonly records: number; readonly transactions: number },
): Promise<void> {
  const transactions = entries.map(({ transaction: { submissions, ...place } }) => {
    const { txId, blockNumber, time } = place;
    return { txId, blockNumber, time, submissions: submissions.map(({ submission }) => submission) };
  });
  const figures = Object.assign({}, ...entries.map((entry) => entry.figures)) as Record<string, unknown>;
  const context = await check.trees.context(entries.map(({ transaction }) => transaction));
  const { records, transactions: path } = await check.trees.proof(end.records, end.transactions);
  const proof = { records: plainHex(records), transactions: plainHex(path) };
  await ledger.submit({
    name: 'importBatch',
    args: [String(first), canonicalize(proof)],
    transient: { request: canonicalBytes({ transactions, figures, context }) },
  });
}

/** Hashes of a tree on disk are buffers. */
function plainHex(path: readonly Uint8Array[]): string[] {
  return hexPath(path.map((hash) => Uint8Array.from(hash)));
}
