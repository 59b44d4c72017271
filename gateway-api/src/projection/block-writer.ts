import { businessKey, type LedgerRecord } from '@carbon-ledger/core';
import type { LedgerBlock, LedgerTransaction } from '../ledger';
import type { PreparedSubmission } from '../submissions/prepared';
import {
  type BatchOperation,
  earlierAnchor,
  type EarlierAnchor,
  figureWrites,
  type HeadEntry,
  keys,
  placeText,
  recordWrites,
  standingWrites,
  type SubmissionEntry,
  worldPlace,
} from '@carbon-ledger/auditor/stored';
import { HeadsOfBlock } from './heads';
import { purgeChanges, type PurgeSources } from './purge-changes';
import { parseCosigner, type Cosigner } from './cosigners';
import type { Integrated, Sent } from './pending';
import type { PrivateAnswer } from './private-figures';
import { anchoredValue, earlierMarks, isValueOf, readSubmissions } from './transaction-value';

export interface BlockSources extends PurgeSources {
  /** What was sent by this gateway itself. */
  readonly sent: (txId: string) => Sent | undefined;
  /** Private figures of somebody else's transaction, as far as this organisation may have them. */
  readonly figures: (txId: string) => Promise<PrivateAnswer>;
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
  readonly cosigners: Cosigner[] = [];
  /** Keys that go: private figures that were purged. */
  readonly removed: string[] = [];
  /** Private figures of it are not at this organisation's peer yet. */
  awaitsFigures = false;
  readonly #heads: HeadsOfBlock;
  /** Values of the world state as this block leaves them; undefined where it takes one away. */
  readonly #world = new Map<string, Buffer | undefined>();
  readonly #sources: BlockSources;
  readonly #block: LedgerBlock;
  #next: number;

  constructor(sources: BlockSources, block: LedgerBlock, logSize: number) {
    this.#sources = sources;
    this.#block = block;
    this.#next = logSize;
    this.#heads = new HeadsOfBlock((key) => sources.store.json<HeadEntry>(keys.head(key)));
  }

  async addAll(): Promise<void> {
    for (const transaction of this.#block.transactions) await this.#add(transaction);
    const { puts, removed } = this.#heads.operations();
    this.operations.push(...puts);
    this.removed.push(...removed);
    for (const [key, value] of this.#world)
      if (value === undefined) this.removed.push(key);
      else this.operations.push({ type: 'put', key, value });
  }

  async #add(transaction: LedgerTransaction): Promise<void> {
    this.#addParties(transaction);
    this.#addWorld(transaction);
    this.#addCosigners(transaction);
    await this.#addPurges(transaction);
    const value = anchoredValue(transaction);
    if (value === undefined) return;
    const entries: SubmissionEntry[] = [];
    const marks = earlierMarks(value);
    for (const [index, prepared] of (await this.#submissions(transaction.txId, value)).entries()) {
      const mark = marks[index];
      const earlier = mark && earlierAnchor(prepared.submission.ledger, mark);
      entries.push(await this.#addSubmission(prepared, transaction, earlier));
    }
    this.transactions.push({ txId: transaction.txId, submissions: entries });
    this.#addPlace(transaction.txId, entries);
  }

  /** So that a purge finds the records of a transaction. */
  #addPlace(txId: string, entries: readonly SubmissionEntry[]): void {
    const first = entries[0]?.first ?? this.#next;
    const own = this.records.filter(({ logIndex }) => logIndex >= first);
    if (own.every(({ record }) => record.figuresRoot === null)) return;
    this.operations.push({ type: 'put', key: keys.transaction(txId), value: placeText(first, this.#next - first) });
  }

  async #addPurges(transaction: LedgerTransaction): Promise<void> {
    const { operations, removed } = await purgeChanges(transaction, this.#sources);
    this.operations.push(...operations);
    this.removed.push(...removed);
  }

  async #submissions(txId: string, value: Uint8Array): Promise<readonly PreparedSubmission[]> {
    const sent = this.#sources.sent(txId);
    if (sent !== undefined && isValueOf(value, sent)) return sent.submissions;
    const answer = await this.#sources.figures(txId);
    const submissions = readSubmissions(value, answer.kind === 'here' ? answer.figures : {});
    if (answer.kind === 'awaited') this.#await(txId, submissions);
    return submissions;
  }

  /** Nothing is awaited where nothing is private. */
  #await(txId: string, submissions: readonly PreparedSubmission[]): void {
    const records = submissions.flatMap(({ submission, recordIds }) =>
      recordIds.filter((_id, index) => submission.records[index]?.figuresRoot !== null),
    );
    if (records.length === 0) return;
    this.operations.push({ type: 'put', key: keys.awaited(txId), value: JSON.stringify(records) });
    this.awaitsFigures = true;
  }

  /** The registered parties as the contract keeps them, the founding one included, which no submission brought. */
  #addParties(transaction: LedgerTransaction): void {
    for (const { key, value } of transaction.writes.filter((write) => write.key.startsWith('party/'))) {
      this.operations.push({ type: 'put', key: keys.party(key.slice('party/'.length)), value: Buffer.from(value) });
    }
  }

  /** The world state on which rules decide, so that a draft is told what the contract would say. */
  #addWorld(transaction: LedgerTransaction): void {
    const values = transaction.writes.map(({ key, value }) => [key, Buffer.from(value)] as const);
    const gone = transaction.removed.map((key) => [key, undefined] as const);
    for (const [key, value] of [...values, ...gone]) {
      const place = worldPlace(key);
      if (place !== undefined) this.#world.set(place, value);
    }
  }

  /** What organisations cosigned last, as the contract keeps it. */
  #addCosigners(transaction: LedgerTransaction): void {
    for (const { key, value } of transaction.writes.filter((write) => write.key.startsWith('cosigner/'))) {
      const mspId = key.slice('cosigner/'.length);
      this.operations.push({ type: 'put', key: keys.cosigner(mspId), value: Buffer.from(value) });
      this.cosigners.push({ mspId, ...parseCosigner(value) });
    }
  }

  async #addSubmission(
    prepared: PreparedSubmission,
    transaction: LedgerTransaction,
    earlier: EarlierAnchor | undefined,
  ): Promise<SubmissionEntry> {
    const own = this.#submissionEntry(prepared, transaction);
    const entry = earlier === undefined ? own : { ...own, earlier };
    this.operations.push({ type: 'put', key: keys.submission(prepared.id), value: JSON.stringify(entry) });
    for (const [index, record] of prepared.submission.records.entries()) {
      await this.#addRecord(record, prepared, index, entry);
    }
    return entry;
  }

  #submissionEntry({ id, submission }: PreparedSubmission, transaction: LedgerTransaction): SubmissionEntry {
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
    { recordIds, recordTexts, leafHashes, figureTexts }: PreparedSubmission,
    index: number,
    entry: SubmissionEntry,
  ): Promise<void> {
    const id = recordIds[index] ?? '';
    const key = businessKey(record);
    const { id: s, txId: t, blockNumber: b, anchoredAt: a, earlier } = entry;
    const previous = await this.#heads.take({ id, record, time: a });
    const place = { i: this.#next, t, b, a, s, p: index, ...(earlier === undefined ? {} : { e: earlier }) };
    this.operations.push(
      ...recordWrites(id, record, recordTexts[index] ?? '', place),
      ...standingWrites(id, record, previous?.record),
      ...figureWrites(id, figureTexts.get(id)),
    );
    this.leafHashes.push(leafHashes[index] ?? new Uint8Array(0));
    const { txId, blockNumber, anchoredAt } = entry;
    this.records.push({ id, key, record, logIndex: this.#next, txId, blockNumber, anchoredAt });
    this.#next += 1;
  }
}
