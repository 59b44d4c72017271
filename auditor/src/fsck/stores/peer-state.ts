import { isLedgerError } from '@carbon-ledger/core';
import { asBuffer, hex, sha256 } from '../blocks/bytes';
import type { Finding } from '../finding';
import type { ReplayPosition } from '../replay/replay';
import { entryIds, isSameVersion, type ReplayedState } from '../replay/state';
import type { WorkStore } from '../replay/work-store';
import { afterTable, workTables as tables } from '../replay/work-tables';
import type {
  PeerState,
  StoredBlockHash,
  StoredChange,
  StoredHash,
  StoredPrivateKey,
  StoredPrivateValue,
  StoredTransaction,
  StoredValue,
} from '../sources';

const MARK = tables.mark;
const NOTHING = Buffer.alloc(0);
const MOST_MISSING = 100;
/** Hex digits of a version at the end of an entry of the history. */
const VERSION_DIGITS = 24;

/** Namespace, collection and key of an entry, as they stand in other findings. */
function placeOf(id: string, table: string): string {
  const end = table === tables.change ? -VERSION_DIGITS : undefined;
  return id.slice(1, end).replaceAll('\u0000', '/');
}

/** What the blocks gave. */
export interface ReplayedChain {
  readonly state: ReplayedState;
  readonly store: WorkStore;
  readonly position: ReplayPosition;
}

/** Holds a peer's own state and indexes to what its blocks give. Finds what is wrong, missing or too much. */
export class PeerStateCheck {
  readonly #peer: PeerState;
  readonly #state: ReplayedState;
  readonly #store: WorkStore;
  readonly #position: ReplayPosition;
  readonly #findings: Finding[] = [];

  constructor(peer: PeerState, { state, store, position }: ReplayedChain) {
    this.#peer = peer;
    this.#state = state;
    this.#store = store;
    this.#position = position;
  }

  async run(): Promise<readonly Finding[]> {
    const peer = this.#peer;
    await this.#checkTip();
    await this.#compare(tables.public, () => peer.values(), {
      name: 'state',
      idOf: ({ namespace, key }) => entryIds.public(namespace, key),
      check: (entry) => {
        this.#checkValue(entry);
      },
    });
    await this.#compare(tables.hashed, () => peer.hashes(), {
      name: 'private hashes',
      idOf: ({ namespace, collection, keyHash }) => entryIds.hashed(namespace, collection, keyHash),
      check: (entry) => {
        this.#checkHash(entry);
      },
    });
    await this.#compare(tables.hashed, () => peer.privateKeys(), {
      name: 'private keys',
      idOf: ({ namespace, collection, key }) => entryIds.hashed(namespace, collection, hex(sha256(Buffer.from(key)))),
      check: (entry) => {
        this.#checkPrivateKey(entry);
      },
    });
    await this.#checkAll('private values', peer.privateValues(), (entry) => {
      this.#checkPrivateValue(entry);
    });
    await this.#compareIndexes();
    return this.#findings;
  }

  async #compareIndexes(): Promise<void> {
    const peer = this.#peer;
    await this.#compare(tables.transaction, () => peer.transactions(), {
      name: 'transactions',
      idOf: ({ txId }) => entryIds.transaction(txId),
      check: (entry) => {
        this.#checkTransaction(entry);
      },
    });
    await this.#compare(tables.blockHash, () => peer.blockHashes(), {
      name: 'block hashes',
      idOf: ({ hash }) => entryIds.blockHash(hash),
      check: (entry) => {
        this.#checkBlockHash(entry);
      },
    });
    await this.#compare(tables.change, () => peer.history(), {
      name: 'history',
      idOf: ({ namespace, key, version }) => entryIds.change(namespace, key, version),
      check: (entry) => {
        this.#checkChange(entry);
      },
    });
  }

  /** Every entry that stands there must be right; if they are as many as the blocks give, then none is missing. */
  async #compare<T>(
    table: string,
    entries: () => AsyncIterable<T>,
    { name, idOf, check }: { name: string; idOf: (entry: T) => string; check: (entry: T) => void },
  ): Promise<void> {
    const count = await this.#checkAll(name, entries(), check);
    if (count === undefined || count === (await this.#count(table))) return;
    for await (const entry of entries()) await this.#mark(idOf(entry), NOTHING);
    await this.#reportMissing(name, table);
    for await (const [mark] of this.#store.range(MARK, afterTable(MARK))) await this.#mark(mark.slice(1), undefined);
  }

  /** What the blocks give and was not marked as seen. */
  async #reportMissing(name: string, table: string): Promise<void> {
    let missing = 0;
    for await (const id of this.#ids(table)) {
      if (this.#store.get(MARK + id) !== undefined) continue;
      missing += 1;
      if (missing <= MOST_MISSING) this.#add(`${name} ${placeOf(id, table)}`, 'it is missing');
    }
    if (missing > MOST_MISSING) this.#add(name, `${String(missing - MOST_MISSING)} more entries are missing`);
  }

  async #mark(id: string, mark: Buffer | undefined): Promise<void> {
    this.#store.put(MARK + id, mark);
    if (this.#store.isFull) await this.#store.flush();
  }

  async #count(table: string): Promise<number> {
    let count = 0;
    for await (const batch of this.#store.batches(table, afterTable(table))) count += batch.length;
    return count;
  }

  async *#ids(table: string): AsyncGenerator<string> {
    for await (const [id] of this.#store.range(table, afterTable(table))) yield id;
  }

  /** Number of entries; undefined where one of them cannot be read, so that nothing can be said of those behind it. */
  async #checkAll<T>(name: string, entries: AsyncIterable<T>, check: (entry: T) => void): Promise<number | undefined> {
    let count = 0;
    try {
      for await (const entry of entries) {
        count += 1;
        check(entry);
      }
      return count;
    } catch (error) {
      if (!isLedgerError(error) || error.code !== 'STORE_CORRUPT') throw error;
      this.#add(name, error.message);
      return undefined;
    }
  }

  async #checkTip(): Promise<void> {
    const { height, headerHash, commitHash } = await this.#peer.tip();
    const { nextBlock, headerHash: header, commitHash: commit } = this.#position;
    if (height !== nextBlock || headerHash !== header || commitHash !== commit)
      this.#add('tip', 'the blocks give another end of the chain');
  }

  #checkValue({ namespace, key, version, value, policy }: StoredValue): void {
    const place = `${namespace}/${key}`;
    const expected = this.#state.public(namespace, key);
    if (expected === undefined) this.#add(place, 'nothing in the blocks leads to it');
    else if (!isSameVersion(expected.version, version)) this.#add(place, 'the blocks give another version');
    else if (!expected.digest.equals(sha256(value))) this.#add(place, 'the blocks give another value');
    this.#checkPolicy(place, this.#state.keyPolicy(namespace, key), policy);
  }

  #checkHash({ namespace, collection, keyHash, version, valueHash, policy, hasValue }: StoredHash): void {
    const place = `${namespace}/${collection}/${keyHash}`;
    const bytes = Buffer.from(keyHash, 'hex');
    const expected = this.#state.hashedVersion(namespace, collection, bytes);
    const hash = this.#state.hashedValue(namespace, collection, bytes);
    if (expected === undefined) this.#add(place, 'nothing in the blocks leads to it');
    else if (!isSameVersion(expected, version)) this.#add(place, 'the blocks give another version');
    else if (hash?.equals(asBuffer(valueHash)) !== true) this.#add(place, 'the blocks give another hash');
    else if (!hasValue) this.#add(place, 'the private value is missing');
    this.#checkPolicy(place, this.#state.hashedKeyPolicy(namespace, collection, bytes), policy);
  }

  #checkPolicy(place: string, expected: Uint8Array | undefined, found: Uint8Array | undefined): void {
    const [given, stored] = [expected, found].map((bytes) => (bytes === undefined ? 'none' : hex(bytes)));
    if (given !== stored) this.#add(place, 'the blocks give another endorsement policy');
  }

  #checkPrivateKey({ namespace, collection, key, version }: StoredPrivateKey): void {
    const place = `${namespace}/${collection}/${key}`;
    const expected = this.#state.hashedVersion(namespace, collection, sha256(Buffer.from(key)));
    if (expected === undefined) this.#add(place, 'nothing in the blocks leads to it');
    else if (!isSameVersion(expected, version)) this.#add(place, 'the blocks give another version');
  }

  /** Superseded values may have been purged: of those only what stands there is checked. */
  #checkPrivateValue({ namespace, collection, keyHash, key, version, value }: StoredPrivateValue): void {
    const place = `${namespace}/${collection}/${keyHash}`;
    const written = this.#state.privateValueHash(namespace, collection, Buffer.from(keyHash, 'hex'), version);
    if (written === undefined) this.#add(place, 'no transaction wrote a private value of this version');
    else if (!written.equals(sha256(value))) this.#add(place, 'the blocks give the hash of another private value');
    else if (hex(sha256(Buffer.from(key))) !== keyHash) this.#add(place, 'it is kept under another key');
  }

  #checkTransaction({ txId, version, code }: StoredTransaction): void {
    const expected = this.#state.transaction(txId);
    if (expected === undefined) this.#add(txId, 'no block holds it');
    else if (!isSameVersion(expected.version, version)) this.#add(txId, 'it stands at another place of the chain');
    else if (expected.code !== code) this.#add(txId, 'the block marks it with another code');
  }

  #checkBlockHash({ hash, number }: StoredBlockHash): void {
    const expected = this.#state.blockNumber(hash);
    if (expected === undefined) this.#add(hash, 'no block has this hash');
    else if (expected !== number) this.#add(hash, `it is the hash of block ${String(expected)}`);
  }

  #checkChange({ namespace, key, version }: StoredChange): void {
    if (this.#state.isChange(namespace, key, version)) return;
    this.#add(`${namespace}/${key}`, 'its history names a transaction that did not change it');
  }

  #add(field: string, message: string): void {
    this.#findings.push({ code: 'PEER_STORE_MISMATCH', field, message });
  }
}
