import { ledger, peer } from '@hyperledger/fabric-protos';
import type { KeyChange } from '../ledger/history';
import type { StateEntry } from '../ledger/state';
import type { RangeReader } from '../simulation/range-reader';

const HISTORY_BATCH = 100;

/** A batch of encoded results, and whether more follow. */
interface Page {
  readonly results: readonly Uint8Array[];
  readonly hasMore: boolean;
}

interface Cursor {
  next(): Promise<Page>;
  close(): Promise<void>;
}

function encodeEntry(namespace: string, { key, value }: StateEntry): Uint8Array {
  const message = new ledger.queryresult.KV();
  message.setNamespace(namespace);
  message.setKey(key);
  message.setValue(value);
  return message.serializeBinary();
}

function encodeChange(change: KeyChange): Uint8Array {
  const message = new ledger.queryresult.KeyModification();
  message.setTxId(change.txId);
  message.setValue(change.value);
  message.setIsDelete(change.isDelete);
  message.setTimestamp(change.timestamp);
  return message.serializeBinary();
}

function rangeCursor(namespace: string, reader: RangeReader): Cursor {
  return {
    next: async () => {
      const { entries, hasMore } = await reader.next();
      return { results: entries.map((entry) => encodeEntry(namespace, entry)), hasMore };
    },
    close: () => reader.close(),
  };
}

function historyCursor(changes: AsyncGenerator<KeyChange>): Cursor {
  return {
    next: async () => {
      const results: Uint8Array[] = [];
      while (results.length < HISTORY_BATCH) {
        const change = await changes.next();
        if (change.done) return { results, hasMore: false };
        results.push(encodeChange(change.value));
      }
      return { results, hasMore: true };
    },
    close: async () => {
      await changes.return(undefined);
    },
  };
}

function response(id: string, page: Page): peer.QueryResponse {
  const message = new peer.QueryResponse();
  message.setId(id);
  message.setHasMore(page.hasMore);
  message.setResultsList(
    page.results.map((bytes) => {
      const result = new peer.QueryResultBytes();
      result.setResultbytes(bytes);
      return result;
    }),
  );
  return message;
}

/** The queries a transaction has open. They die with it. */
export class QueryCursors {
  readonly #open = new Map<string, Cursor>();
  #count = 0;

  async openRange(namespace: string, reader: RangeReader): Promise<peer.QueryResponse> {
    return this.#begin(rangeCursor(namespace, reader));
  }

  async openHistory(changes: AsyncGenerator<KeyChange>): Promise<peer.QueryResponse> {
    return this.#begin(historyCursor(changes));
  }

  /** @throws Error when the query is not open. */
  async next(id: string): Promise<peer.QueryResponse> {
    const cursor = this.#open.get(id);
    if (!cursor) throw new Error('query iterator not found');
    return this.#answer(id, cursor);
  }

  async close(id: string): Promise<peer.QueryResponse> {
    const cursor = this.#open.get(id);
    this.#open.delete(id);
    await cursor?.close();
    return response(id, { results: [], hasMore: false });
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.close(id)));
  }

  async #begin(cursor: Cursor): Promise<peer.QueryResponse> {
    this.#count += 1;
    const id = String(this.#count);
    this.#open.set(id, cursor);
    return this.#answer(id, cursor);
  }

  async #answer(id: string, cursor: Cursor): Promise<peer.QueryResponse> {
    const page = await cursor.next();
    if (!page.hasMore) await this.close(id);
    return response(id, page);
  }
}
