import { asBuffer, sha256 } from '../blocks/bytes';
import type { Finding } from '../finding';
import { isSameVersion, type ReplayedState } from '../replay/state';
import type { WorkStore } from '../replay/work-store';
import type { PeerState, StoredHash, StoredTransaction, StoredValue } from '../sources';

/** Holds a peer's own state and transaction index to what its blocks give. Finds what is wrong, missing or too much. */
export class PeerStateCheck {
  readonly #peer: PeerState;
  readonly #state: ReplayedState;
  readonly #store: WorkStore;
  readonly #findings: Finding[] = [];

  constructor(peer: PeerState, state: ReplayedState, store: WorkStore) {
    this.#peer = peer;
    this.#state = state;
    this.#store = store;
  }

  async run(): Promise<readonly Finding[]> {
    await this.#compare(this.#peer.values(), 's', (entry) => {
      this.#checkValue(entry);
    });
    await this.#compare(this.#peer.hashes(), 'q', (entry) => {
      this.#checkHash(entry);
    });
    await this.#compare(this.#peer.transactions(), 't', (entry) => {
      this.#checkTransaction(entry);
    });
    return this.#findings;
  }

  /** Every entry that stands there must be right; if they are as many as the blocks give, then none is missing. */
  async #compare<T>(entries: AsyncIterable<T>, table: string, check: (entry: T) => void): Promise<void> {
    let count = 0;
    for await (const entry of entries) {
      count += 1;
      check(entry);
    }
    const expected = await this.#expected(table);
    if (expected !== count)
      this.#add(`table ${table}`, `${String(count)} entries stand there, the blocks give ${String(expected)}`);
  }

  async #expected(table: string): Promise<number> {
    let count = 0;
    for await (const [key] of this.#store.range(table, String.fromCharCode(table.charCodeAt(0) + 1)))
      count += Number(key.startsWith(table));
    return count;
  }

  #checkValue({ namespace, key, version, value }: StoredValue): void {
    const place = `${namespace}/${key}`;
    const expected = this.#state.public(namespace, key);
    if (expected === undefined) this.#add(place, 'nothing in the blocks leads to it');
    else if (!isSameVersion(expected.version, version)) this.#add(place, 'the blocks give another version');
    else if (!expected.digest.equals(sha256(value))) this.#add(place, 'the blocks give another value');
  }

  #checkHash({ namespace, collection, keyHash, version, valueHash }: StoredHash): void {
    const place = `${namespace}/${collection}/${keyHash}`;
    const bytes = Buffer.from(keyHash, 'hex');
    const expected = this.#state.hashedVersion(namespace, collection, bytes);
    const hash = this.#state.hashedValue(namespace, collection, bytes);
    if (expected === undefined) this.#add(place, 'nothing in the blocks leads to it');
    else if (!isSameVersion(expected, version)) this.#add(place, 'the blocks give another version');
    else if (hash?.equals(asBuffer(valueHash)) !== true) this.#add(place, 'the blocks give another hash');
  }

  #checkTransaction({ txId, version, code }: StoredTransaction): void {
    const expected = this.#state.transaction(txId);
    if (expected === undefined) this.#add(txId, 'no block holds it');
    else if (!isSameVersion(expected.version, version)) this.#add(txId, 'it stands at another place of the chain');
    else if (expected.code !== code) this.#add(txId, 'the block marks it with another code');
  }

  #add(field: string, message: string): void {
    this.#findings.push({ code: 'PEER_STORE_MISMATCH', field, message });
  }
}
