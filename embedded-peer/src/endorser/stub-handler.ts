import { peer } from '@hyperledger/fabric-protos';
import { HistoryQueryIterator, StateQueryIterator } from 'fabric-shim/lib/iterators.js';
import { readHistory } from '../ledger/history';
import type { Reader } from '../ledger/store';
import type { Metadata } from '../ledger/state';
import type { Simulator } from '../simulation/simulator';
import { QueryCursors } from './query-cursors';

const NO_RESULT = Buffer.alloc(0);

interface PageRequest {
  readonly size: number;
  readonly bookmark: string;
}

interface RangeResult {
  readonly iterator: StateQueryIterator;
  readonly metadata?: { readonly bookmark: string; readonly fetchedRecordsCount: number };
}

function parsePage(metadata: Uint8Array | undefined): PageRequest | undefined {
  if (!metadata || metadata.length === 0) return undefined;
  const message = peer.QueryMetadata.deserializeBinary(metadata);
  if (message.getPagesize() <= 0) return undefined;
  return { size: message.getPagesize(), bookmark: message.getBookmark() };
}

function asObject(metadata: Metadata): Record<string, Uint8Array> {
  return Object.fromEntries(metadata);
}

/**
 * What `ChaincodeStub` of fabric-shim talks to. On a Fabric network these calls become messages to the peer; here they
 * go straight to the simulator. Names, arguments and answers are those of fabric-shim's `ChaincodeMessageHandler`;
 * the texts of refusals are those of Fabric's peer, because chaincodes and clients meet them.
 */
export class StubHandler {
  readonly #simulator: Simulator;
  readonly #reader: Reader;
  readonly #namespace: string;
  readonly #cursors = new QueryCursors();
  #isDone = false;

  constructor(simulator: Simulator, reader: Reader, namespace: string) {
    this.#simulator = simulator;
    this.#reader = reader;
    this.#namespace = namespace;
  }

  /** The transaction has ended: open queries are closed, and calls that come late are refused. */
  async finish(): Promise<void> {
    this.#isDone = true;
    await this.#cursors.closeAll();
  }

  async handleGetState(collection: string, key: string, _channel: string, txId: string): Promise<Buffer> {
    return this.#answer('GET_STATE', txId, () =>
      collection === '' ? this.#simulator.getState(key) : this.#simulator.getPrivate(collection, key),
    );
  }

  async handlePutState(
    collection: string,
    key: string,
    value: Uint8Array,
    _channel: string,
    txId: string,
  ): Promise<Buffer> {
    return this.#answer('PUT_STATE', txId, () => {
      if (collection === '') this.#simulator.putState(key, value);
      else this.#simulator.putPrivate(collection, key, value);
      return NO_RESULT;
    });
  }

  async handleDeleteState(collection: string, key: string, channel: string, txId: string): Promise<Buffer> {
    return this.handlePutState(collection, key, NO_RESULT, channel, txId);
  }

  async handlePurgeState(collection: string, key: string, _channel: string, txId: string): Promise<Buffer> {
    return this.#answer('PURGE_PRIVATE_DATA', txId, () => {
      this.#simulator.purgePrivate(collection, key);
      return NO_RESULT;
    });
  }

  async handleGetPrivateDataHash(collection: string, key: string, _channel: string, txId: string): Promise<Buffer> {
    return this.#answer('GET_PRIVATE_DATA_HASH', txId, () => this.#simulator.getPrivateHash(collection, key));
  }

  async handlePutStateMetadata(
    collection: string,
    key: string,
    metakey: string,
    value: Uint8Array,
    _channel: string,
    txId: string,
  ): Promise<Buffer> {
    return this.#answer('PUT_STATE_METADATA', txId, () => {
      const entries = new Map([[metakey, value]]);
      if (collection === '') this.#simulator.putMetadata(key, entries);
      else this.#simulator.putPrivateMetadata(collection, key, entries);
      return NO_RESULT;
    });
  }

  async handleGetStateMetadata(
    collection: string,
    key: string,
    _channel: string,
    txId: string,
  ): Promise<Record<string, Uint8Array>> {
    return this.#answer('GET_STATE_METADATA', txId, () =>
      asObject(
        collection === '' ? this.#simulator.getMetadata(key) : this.#simulator.getPrivateMetadata(collection, key),
      ),
    );
  }

  async handleGetStateByRange(
    collection: string,
    startKey: string,
    endKey: string,
    channel: string,
    txId: string,
    metadata?: Uint8Array,
  ): Promise<RangeResult> {
    return this.#answer('GET_STATE_BY_RANGE', txId, async () => {
      const page = parsePage(metadata);
      if (page) return this.#page(startKey, endKey, page, channel, txId);
      const reader =
        collection === ''
          ? this.#simulator.getRange(startKey, endKey)
          : this.#simulator.getPrivateRange(collection, startKey, endKey);
      const first = await this.#cursors.openRange(this.#namespace, reader);
      return { iterator: new StateQueryIterator(this, channel, txId, first) };
    });
  }

  async handleGetHistoryForKey(key: string, channel: string, txId: string): Promise<HistoryQueryIterator> {
    return this.#answer('GET_HISTORY_FOR_KEY', txId, async () => {
      const first = await this.#cursors.openHistory(readHistory(this.#reader, this.#namespace, key));
      return new HistoryQueryIterator(this, channel, txId, first);
    });
  }

  async handleQueryStateNext(id: string, _channel: string, txId: string): Promise<peer.QueryResponse> {
    return this.#answer('QUERY_STATE_NEXT', txId, () => this.#cursors.next(id));
  }

  async handleQueryStateClose(id: string): Promise<peer.QueryResponse> {
    return this.#cursors.close(id);
  }

  /** LevelDB has no rich queries; Fabric with LevelDB answers with the same words. */
  async handleGetQueryResult(
    _collection: string,
    _query: string,
    _metadata: unknown,
    _channel: string,
    txId: string,
  ): Promise<never> {
    return this.#answer('GET_QUERY_RESULT', txId, () => {
      throw new Error('ExecuteQuery not supported for leveldb');
    });
  }

  async handleInvokeChaincode(name: string, _args: unknown, _channel: string, txId: string): Promise<never> {
    return this.#answer('INVOKE_CHAINCODE', txId, () => {
      throw new Error(`chaincode ${name} cannot be called: this peer hosts one chaincode`);
    });
  }

  async #page(
    startKey: string,
    endKey: string,
    { size, bookmark }: PageRequest,
    channel: string,
    txId: string,
  ): Promise<RangeResult> {
    const reader = this.#simulator.getPage(startKey, endKey, bookmark, size);
    const first = await this.#cursors.openRange(this.#namespace, reader);
    const metadata = { bookmark: reader.bookmark, fetchedRecordsCount: reader.fetched };
    return { iterator: new StateQueryIterator(this, channel, txId, first), metadata };
  }

  async #answer<T>(call: string, txId: string, work: () => T | Promise<T>): Promise<T> {
    try {
      if (this.#isDone) throw new Error('the transaction has ended');
      return await work();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${call} failed: transaction ID: ${txId}: ${reason}`, { cause });
    }
  }
}
