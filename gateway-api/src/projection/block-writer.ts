import {
  businessKey,
  canonicalize,
  digestSubmission,
  formatRecordId,
  type DigestedSubmission,
  type Figure,
  type LedgerRecord,
} from '@carbon-ledger/core';
import type { LedgerBlock, LedgerTransaction } from '../ledger';
import type { FiguresById, SubmissionEntry } from './entries';
import { endingWrites, figureWrites, recordWrites } from './index-writes';
import { keys } from './keys';
import type { Integrated, PendingTransaction } from './pending';
import type { BatchOperation, Store } from './store';
import { submissionsOf } from './transaction-value';

export interface BlockSources {
  /** What was sent by this gateway itself. */
  readonly pending: (txId: string) => PendingTransaction | undefined;
  /** Private figures of somebody else's transaction, as far as this organisation may have them. */
  readonly figures: (txId: string) => Promise<FiguresById>;
  readonly store: Store;
}

/** One committed record, as it is told to listeners. */
export interface CommittedRecord {
  readonly id: string;
  readonly key: string;
  readonly record: LedgerRecord;
  readonly logIndex: number;
  readonly txId: string;
  readonly blockNumber: string;
  readonly anchoredAt: string;
}

/** What one block adds, in log order. */
export class BlockAddition {
  readonly operations: BatchOperation[] = [];
  readonly leafHashes: Uint8Array[] = [];
  readonly records: CommittedRecord[] = [];
  readonly transactions: Integrated[] = [];
  /** Heads that this block itself set: they are not in the store yet. */
  readonly #heads = new Map<string, string>();
  readonly #sources: BlockSources;
  readonly #block: LedgerBlock;
  #next: number;

  constructor(sources: BlockSources, block: LedgerBlock, logSize: number) {
    this.#sources = sources;
    this.#block = block;
    this.#next = logSize;
  }

  async addAll(): Promise<void> {
    for (const transaction of this.#block.transactions) await this.#add(transaction);
  }

  async #add(transaction: LedgerTransaction): Promise<void> {
    const submissions = submissionsOf(transaction);
    this.#addParties(transaction);
    if (submissions.length === 0) return;
    const pending = this.#sources.pending(transaction.txId);
    const figures = pending?.figures ?? (await this.#sources.figures(transaction.txId));
    const entries: SubmissionEntry[] = [];
    for (const submission of submissions.map(digestSubmission)) {
      entries.push(await this.#addSubmission(submission, transaction, figures));
    }
    this.transactions.push({ txId: transaction.txId, submissions: entries });
  }

  /** The registered parties as the contract keeps them, the founding one included, which no submission brought. */
  #addParties(transaction: LedgerTransaction): void {
    for (const { key, value } of transaction.writes.filter((write) => write.key.startsWith('party/'))) {
      this.operations.push({ type: 'put', key: keys.party(key.slice('party/'.length)), value: Buffer.from(value) });
    }
  }

  async #addSubmission(
    digested: DigestedSubmission,
    transaction: LedgerTransaction,
    figures: FiguresById,
  ): Promise<SubmissionEntry> {
    const entry = this.#submissionEntry(digested, transaction);
    this.operations.push({ type: 'put', key: keys.submission(digested.id), value: JSON.stringify(entry) });
    for (const [index, record] of digested.submission.records.entries()) {
      const leaf = digested.leafHashes[index] ?? new Uint8Array(0);
      await this.#addRecord(record, leaf, { entry, index, figures: figures[formatRecordId(leaf)] ?? [] });
    }
    return entry;
  }

  #submissionEntry({ id, submission }: DigestedSubmission, transaction: LedgerTransaction): SubmissionEntry {
    return {
      id,
      party: submission.party,
      keyId: submission.keyId,
      suite: submission.suite,
      signedAt: submission.signedAt,
      signature: submission.signature,
      txId: transaction.txId,
      blockNumber: this.#block.number.toString(),
      anchoredAt: transaction.timestamp,
      first: this.#next,
      count: submission.records.length,
    };
  }

  async #addRecord(
    record: LedgerRecord,
    leaf: Uint8Array,
    { entry, index, figures }: { entry: SubmissionEntry; index: number; figures: readonly Figure[] },
  ): Promise<void> {
    const id = formatRecordId(leaf);
    const key = businessKey(record);
    const place = { i: this.#next, t: entry.txId, b: entry.blockNumber, a: entry.anchoredAt, s: entry.id, p: index };
    this.operations.push(
      ...recordWrites(id, record, canonicalize(record), place),
      ...endingWrites(id, record, record.version > 1 ? await this.#headOf(key) : undefined),
      ...figureWrites(id, figures),
    );
    this.#heads.set(key, id);
    this.leafHashes.push(leaf);
    const { txId, blockNumber, anchoredAt } = entry;
    this.records.push({ id, key, record, logIndex: this.#next, txId, blockNumber, anchoredAt });
    this.#next += 1;
  }

  async #headOf(key: string): Promise<string | undefined> {
    const known = this.#heads.get(key);
    if (known !== undefined) return known;
    return (await this.#sources.store.json<{ record: string }>(keys.head(key)))?.record;
  }
}
