import { join } from 'node:path';
import {
  businessKey,
  canonicalize,
  earlierTransactionLeaf,
  formatRecordId,
  recordLeaves,
  type BatchProof,
  type EarlierTransaction,
  type TransactionContext,
} from '@carbon-ledger/core';
import { LogTree, Store, TemporaryFolder } from '@carbon-ledger/auditor/stored';

const record = (id: string): string => `r/${id}`;
const figures = (id: string): string => `f/${id}`;
const versionRow = (key: string, version: number): string => `v/${key}/${String(version)}`;

/**
 * What an export holds, on disk in a folder that goes when it is closed: the trees of its records and transactions, and what
 * later records may cite. So memory does not grow with the ledger.
 */
export class ExportTrees {
  readonly records: LogTree;
  readonly transactions: LogTree;
  readonly #folder: TemporaryFolder;
  readonly #stores: readonly [Store, Store];

  private constructor(folder: TemporaryFolder, stores: readonly [Store, Store], trees: readonly [LogTree, LogTree]) {
    this.#folder = folder;
    this.#stores = stores;
    [this.records, this.transactions] = trees;
  }

  /** @throws LedgerError FILE_UNREADABLE, STORE_CORRUPT where the disk takes nothing */
  static async open(): Promise<ExportTrees> {
    const folder = await TemporaryFolder.make('export');
    const stores: Store[] = [];
    try {
      const records = await Store.open(join(folder.path, 'records'));
      stores.push(records);
      const transactions = await Store.open(join(folder.path, 'transactions'));
      stores.push(transactions);
      const trees = [await LogTree.open(records), await LogTree.open(transactions)] as const;
      return new ExportTrees(folder, [records, transactions], trees);
    } catch (error) {
      await close(stores, folder);
      throw error;
    }
  }

  async add(transaction: EarlierTransaction, own: Readonly<Record<string, unknown>>): Promise<void> {
    const texts = transaction.submissions.flatMap(({ submission, leafHashes }) =>
      submission.records.map((one, at) => ({
        key: record(formatRecordId(leafHashes[at] ?? new Uint8Array(0))),
        value: canonicalize(one),
      })),
    );
    const open = Object.entries(own).map(([id, value]) => ({ key: figures(id), value: JSON.stringify(value) }));
    const puts = [...texts, ...open, ...versionRows(transaction)].map((one) => ({ type: 'put' as const, ...one }));
    const [recordStore, transactionStore] = this.#stores;
    await recordStore.write([...puts, ...this.records.append(recordLeaves(transaction))]);
    await transactionStore.write(this.transactions.append([earlierTransactionLeaf(transaction)]));
  }

  /** Records that these transactions cite and do not hold themselves, and earlier versions, as far as they were added before. */
  async context(batch: readonly EarlierTransaction[]): Promise<TransactionContext> {
    const own = new Set(batch.flatMap(recordLeaves).map(formatRecordId));
    const cites = batch
      .flatMap(({ submissions }) => submissions)
      .flatMap(({ submission }) => submission.records.flatMap((one) => one.cites));
    const named = [...cites.map((citation) => citation.record), ...(await this.#earlier(batch))];
    const ids = [...new Set(named)].filter((id) => !own.has(id));
    const [store] = this.#stores;
    const texts = await store.texts([...ids.map(record), ...ids.map(figures)]);
    const parsed = texts.map((text) => (text === undefined ? undefined : (JSON.parse(text) as unknown)));
    const found = ids.map((id, at) => [id, parsed[ids.length + at]] as const);
    return {
      records: parsed.slice(0, ids.length).filter((one) => one !== undefined),
      figures: Object.fromEntries(found.filter(([, value]) => value !== undefined)),
    };
  }

  /** Ids of the versions before those with private figures. */
  async #earlier(batch: readonly EarlierTransaction[]): Promise<string[]> {
    const [store] = this.#stores;
    const rows = batch
      .flatMap(({ submissions }) => submissions)
      .flatMap(({ submission }) => submission.records)
      .filter((one) => one.figuresRoot !== null)
      .flatMap((one) => Array.from({ length: one.version - 1 }, (_, at) => versionRow(businessKey(one), at + 1)));
    return (await store.texts([...new Set(rows)])).filter((id) => id !== undefined);
  }

  /** Consistency paths from so many records and transactions to all of them. */
  async proof(records: number, transactions: number): Promise<BatchProof> {
    return {
      records: await this.records.consistency(records, this.records.size),
      transactions: await this.transactions.consistency(transactions, this.transactions.size),
    };
  }

  close(): Promise<void> {
    return close(this.#stores, this.#folder);
  }
}

/** Which id each version of a business key has. */
function versionRows({ submissions }: EarlierTransaction): { key: string; value: string }[] {
  return submissions.flatMap(({ submission, leafHashes }) =>
    submission.records.map((one, at) => ({
      key: versionRow(businessKey(one), one.version),
      value: formatRecordId(leafHashes[at] ?? new Uint8Array(0)),
    })),
  );
}

async function close(stores: readonly Store[], folder: TemporaryFolder): Promise<void> {
  try {
    for (const store of stores) await store.close();
  } finally {
    await folder.remove();
  }
}
