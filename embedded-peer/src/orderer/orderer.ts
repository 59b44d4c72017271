import { common } from '@hyperledger/fabric-protos';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Code } from '../block/codes';
import { decodeTransaction, InvalidTransaction, type EndorserTransaction } from '../block/transaction';
import type { CommittedBlock, Committer, OrderedEnvelope } from '../commit/committer';
import { assertWellSigned, type ChannelRules } from '../commit/validator';
import { BlockIndex } from '../ledger/blocks';
import type { Store } from '../ledger/store';
import type { PrivateWrites } from '../rwset/types';
import type { PrivateStage } from './private-stage';

const MAX_WAITING = 20_000;
const MAX_WAITING_BYTES = 256 * 1024 * 1024;

export type OrderingStatus = common.StatusMap[keyof common.StatusMap];

export interface BlockLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
  /** How long an idle orderer waits for company, milliseconds; 0 cuts at once. */
  readonly lingerMs: number;
}

/** The orderer does not take the envelope; nothing of it will be committed. */
export class OrderingRefused extends Error {
  override readonly name = 'OrderingRefused';
  readonly status: OrderingStatus;

  constructor(status: OrderingStatus, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

export type BlockListener = (block: CommittedBlock) => void;

/**
 * Puts envelopes in order and feeds them to the committer, one block at a time. While a block is being written, the
 * next one fills; when nothing is being written, a block is cut at once.
 */
export class Orderer {
  readonly #store: Store;
  readonly #rules: ChannelRules;
  readonly #committer: Pick<Committer, 'commit'>;
  readonly #stage: PrivateStage;
  readonly #limits: BlockLimits;
  readonly #onBlock: BlockListener;
  readonly #onFailure: (error: unknown) => void;
  readonly #pending = new Map<string, Buffer>();
  #waiting: OrderedEnvelope[] = [];
  #waitingBytes = 0;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(
    limits: BlockLimits,
    parts: {
      readonly store: Store;
      readonly rules: ChannelRules;
      readonly committer: Pick<Committer, 'commit'>;
      readonly stage: PrivateStage;
      readonly onBlock: BlockListener;
      readonly onFailure: (error: unknown) => void;
    },
  ) {
    this.#limits = limits;
    this.#store = parts.store;
    this.#rules = parts.rules;
    this.#committer = parts.committer;
    this.#stage = parts.stage;
    this.#onBlock = parts.onBlock;
    this.#onFailure = parts.onFailure;
  }

  /**
   * Takes an envelope. Returning means "in order", not "committed". The same bytes sent again are taken once.
   * @throws OrderingRefused BAD_REQUEST, FORBIDDEN, REQUEST_ENTITY_TOO_LARGE, SERVICE_UNAVAILABLE
   */
  submit(bytes: Buffer): void {
    this.#assertOpen(bytes);
    const transaction = this.#examine(bytes);
    if (this.#isSame(transaction)) return;
    const privateWrites = this.#privateWrites(transaction);
    this.#pending.set(transaction.txId, bytes);
    this.#waiting.push({ bytes, content: transaction, isWellSigned: true, privateWrites });
    this.#waitingBytes += bytes.length;
    this.#running ??= this.#run();
  }

  /** Whether the transaction is in order but not committed yet. */
  isPending(txId: string): boolean {
    return this.#pending.has(txId);
  }

  /** Finishes the block that is being written; what waits behind it is not committed. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  #assertOpen(bytes: Buffer): void {
    if (this.#isStopped) throw new OrderingRefused(common.Status.SERVICE_UNAVAILABLE, 'the orderer has stopped');
    if (bytes.length > this.#limits.maxBytes) {
      const limit = `${bytes.length} bytes exceed the limit of ${this.#limits.maxBytes}`;
      throw new OrderingRefused(common.Status.REQUEST_ENTITY_TOO_LARGE, limit);
    }
    if (this.#waiting.length >= MAX_WAITING || this.#waitingBytes >= MAX_WAITING_BYTES) {
      throw new OrderingRefused(common.Status.SERVICE_UNAVAILABLE, 'too many transactions are waiting');
    }
  }

  #examine(bytes: Buffer): EndorserTransaction {
    try {
      const transaction = decodeTransaction(bytes);
      assertWellSigned(transaction.header, this.#rules);
      return transaction;
    } catch (error) {
      if (error instanceof InvalidTransaction) throw refusal(error);
      throw error;
    }
  }

  /** Sending the identical signed transaction again is safe and does nothing (Fabric: "request already processed"). */
  #isSame({ txId, bytes }: EndorserTransaction): boolean {
    const pending = this.#pending.get(txId);
    if (pending) return pending.equals(bytes);
    const blocks = new BlockIndex(this.#store);
    const known = blocks.transaction(txId);
    return known !== undefined && bytes.equals(blocks.envelopeAt(known.place));
  }

  #privateWrites(transaction: EndorserTransaction): readonly PrivateWrites[] {
    const needed = transaction.sets.some(({ collections }) => collections.some((set) => set.privateHash.length > 0));
    if (!needed) return [];
    const writes = this.#stage.get(transaction.txId, transaction.action.getResults_asU8());
    if (writes) return writes;
    const message = 'the private data of the transaction are not held here; endorse it again';
    throw new OrderingRefused(common.Status.BAD_REQUEST, message);
  }

  async #run(): Promise<void> {
    try {
      while (this.#waiting.length > 0 && !this.#isStopped) {
        await this.#linger();
        const cut = this.#cut();
        this.#settle(cut, await this.#committer.commit(cut));
      }
    } catch (error) {
      // The batch may or may not have reached the disk: only a restart can tell, so nothing more is taken.
      this.#isStopped = true;
      this.#onFailure(error);
    }
    this.#running = undefined;
  }

  /** At least to the end of the current turn, so that what has already arrived goes into one block. */
  async #linger(): Promise<void> {
    const isFull = this.#waiting.length >= this.#limits.maxMessages;
    if (this.#limits.lingerMs > 0 && !isFull) await setTimeout(this.#limits.lingerMs);
    else await setImmediate();
  }

  #cut(): OrderedEnvelope[] {
    let bytes = 0;
    let count = 0;
    for (const { bytes: envelope } of this.#waiting) {
      bytes += envelope.length;
      if (count > 0 && (count >= this.#limits.maxMessages || bytes > this.#limits.maxBytes)) break;
      count += 1;
    }
    const block = this.#waiting.splice(0, count);
    this.#waitingBytes -= block.reduce((sum, envelope) => sum + envelope.bytes.length, 0);
    return block;
  }

  #settle(envelopes: readonly OrderedEnvelope[], block: CommittedBlock): void {
    for (const { content } of envelopes) this.#forget(content);
    this.#onBlock(block);
  }

  #forget(content: OrderedEnvelope['content']): void {
    if (content instanceof InvalidTransaction) return;
    this.#pending.delete(content.txId);
    this.#stage.remove(content.txId, content.action.getResults_asU8());
  }
}

/** How Fabric says that a signature does not count for a policy of the channel. */
export function policyFailure(policy: string): string {
  const needed = `this policy requires 1 of the '${policy}' sub-policies to be satisfied`;
  return `implicit policy evaluation failed - 0 sub-policies were satisfied, but ${needed}`;
}

/** Who may not write is told no more than that; what is malformed, which part of it. */
function refusal(cause: InvalidTransaction): OrderingRefused {
  const { FORBIDDEN, BAD_REQUEST } = common.Status;
  if (cause.code === Code.BAD_CREATOR_SIGNATURE) {
    return new OrderingRefused(FORBIDDEN, `${policyFailure('Writers')}: permission denied`, { cause });
  }
  const isElsewhere = cause.code === Code.TARGET_CHAIN_NOT_FOUND;
  return new OrderingRefused(BAD_REQUEST, isElsewhere ? 'channel does not exist' : cause.message, { cause });
}
