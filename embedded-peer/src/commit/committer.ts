import { createBlock, createHeader, deriveCommitHash } from '../block/block';
import { Code, type ValidationCode } from '../block/codes';
import { blockHeaderHash, type BlockHeader } from '../block/header';
import { InvalidTransaction, type EndorserTransaction, type EnvelopeHeader } from '../block/transaction';
import type { SigningIdentity } from '../identity/signing-identity';
import { appendBlockOperations, BlockIndex, type Tip } from '../ledger/blocks';
import { State } from '../ledger/state';
import type { Operation, Store } from '../ledger/store';
import { privateValuePrefix, afterPrefix } from '../ledger/keys';
import type { PrivateWrites } from '../rwset/types';
import { checkReads } from './mvcc';
import { commitHashInput, updateOperations } from './operations';
import { UpdateBatch } from './update-batch';
import { assertWellSigned, EndorsementCheck, type ChannelRules } from './validator';

/** An envelope on its way into a block. */
export interface OrderedEnvelope {
  readonly bytes: Buffer;
  /** Decoded, or why it cannot be. */
  readonly content: EndorserTransaction | InvalidTransaction;
  /** Whether `assertWellSigned` held for exactly these bytes when they were accepted. */
  readonly isWellSigned: boolean;
  readonly privateWrites: readonly PrivateWrites[];
}

interface TransactionOutcome {
  readonly txId: string;
  readonly code: ValidationCode;
}

export interface CommittedBlock {
  readonly number: number;
  readonly bytes: Buffer;
  readonly outcomes: readonly TransactionOutcome[];
}

/** The id in the header, right or wrong; it is taken from then on, as by Fabric's peers. */
function outcomeId({ content }: OrderedEnvelope): string {
  return content.header?.channelHeader.getTxId() ?? '';
}

/** @throws InvalidTransaction where there is none */
function headerOf(content: OrderedEnvelope['content']): EnvelopeHeader {
  if (content.header !== undefined) return content.header;
  throw content instanceof InvalidTransaction ? content : new Error('a transaction without header was decoded');
}

/** Only the form of the answer is judged before the id is looked up. */
function isMalformed(content: OrderedEnvelope['content']): content is InvalidTransaction {
  return content instanceof InvalidTransaction && content.code === Code.INVALID_ENDORSER_TRANSACTION;
}

/** Validates ordered envelopes one block at a time and writes each block, its state and its index in one synced batch. */
export class Committer {
  readonly #store: Store;
  readonly #rules: ChannelRules;
  readonly #orderer: SigningIdentity;
  #tip: Tip;

  constructor(store: Store, rules: ChannelRules, orderer: SigningIdentity) {
    this.#store = store;
    this.#rules = rules;
    this.#orderer = orderer;
    this.#tip = new BlockIndex(store).tip();
  }

  get tip(): Tip {
    return this.#tip;
  }

  /**
   * One block. Never call it again before the promise settles. When it resolves the block is on the disk; when it
   * rejects the outcome is unknown and the store must be opened anew.
   */
  async commit(envelopes: readonly OrderedEnvelope[]): Promise<CommittedBlock> {
    const batch = new UpdateBatch(new State(this.#store));
    const codes = await this.#validate(envelopes, batch);
    return this.#write(envelopes, codes, batch);
  }

  /** In Fabric's order: form, signatures and endorsements of all; ids that stand twice; then the reads, one by one. */
  async #validate(envelopes: readonly OrderedEnvelope[], batch: UpdateBatch): Promise<ValidationCode[]> {
    const state = new State(this.#store);
    const endorsements = new EndorsementCheck(state, this.#rules);
    const seen = new Set<string>();
    const endorsed = envelopes.map((envelope) => this.#judge(envelope, endorsements));
    const codes: ValidationCode[] = [];
    for (const [tx, envelope] of envelopes.entries()) {
      let code = endorsed[tx] ?? Code.NOT_VALIDATED;
      if (code === Code.VALID) code = await this.#judgeAmong(envelope, seen, state, batch);
      if (code === Code.VALID) this.#apply(envelope, batch, tx);
      codes.push(code);
    }
    return codes;
  }

  #judge(envelope: OrderedEnvelope, endorsements: EndorsementCheck): ValidationCode {
    const { content, isWellSigned } = envelope;
    try {
      const header = headerOf(content);
      if (!isWellSigned) assertWellSigned(header, this.#rules);
      if (isMalformed(content)) return content.code;
      if (new BlockIndex(this.#store).transaction(outcomeId(envelope)) !== undefined) return Code.DUPLICATE_TXID;
      if (content instanceof InvalidTransaction) return content.code;
      endorsements.assertEndorsed(content);
      return Code.VALID;
    } catch (error) {
      if (error instanceof InvalidTransaction) return error.code;
      throw error;
    }
  }

  /** What depends on earlier transactions of the block: those that were endorsed take their id, read conflict or not. */
  async #judgeAmong(
    envelope: OrderedEnvelope,
    seen: Set<string>,
    state: State,
    batch: UpdateBatch,
  ): Promise<ValidationCode> {
    const txId = outcomeId(envelope);
    if (seen.has(txId)) return Code.DUPLICATE_TXID;
    seen.add(txId);
    return envelope.content instanceof InvalidTransaction
      ? envelope.content.code
      : checkReads(envelope.content.sets, state, batch);
  }

  #apply({ content, privateWrites }: OrderedEnvelope, batch: UpdateBatch, tx: number): void {
    if (content instanceof InvalidTransaction) return;
    batch.apply(content.sets, privateWrites, { block: this.#tip.height, tx });
  }

  async #write(
    envelopes: readonly OrderedEnvelope[],
    codes: readonly ValidationCode[],
    batch: UpdateBatch,
  ): Promise<CommittedBlock> {
    const data = envelopes.map(({ bytes }) => bytes);
    const header = createHeader(this.#tip.height, this.#tip.headerHash, data);
    const commitHash = deriveCommitHash(codes, commitHashInput(batch), this.#tip.commitHash);
    const bytes = createBlock({ header, envelopes: data, codes, commitHash }, this.#orderer);
    const outcomes = envelopes.map((envelope, index) => ({
      txId: outcomeId(envelope),
      code: codes[index] ?? Code.NOT_VALIDATED,
    }));
    const purges = await this.#purgeOperations(batch);
    const known = new BlockIndex(this.#store);
    // One batch: a crash leaves the whole block with all it changed, or nothing of it.
    await this.#store.write([
      ...purges,
      ...updateOperations(batch),
      ...appendBlockOperations(bytes, header, commitHash, outcomes, known),
    ]);
    this.#advance(header, commitHash);
    return { number: header.number, bytes, outcomes };
  }

  /** A purge takes every version of the private value off the disk; the hashes in the blocks stay. */
  async #purgeOperations(batch: UpdateBatch): Promise<Operation[]> {
    const operations: Operation[] = [];
    for (const { namespace, collection, keyHash } of batch.purges) {
      const prefix = privateValuePrefix(namespace, collection, keyHash);
      for await (const [stored] of this.#store.entries({ from: prefix, to: afterPrefix(prefix) })) {
        operations.push({ type: 'del', key: stored });
      }
    }
    return operations;
  }

  #advance(header: BlockHeader, commitHash: Buffer): void {
    this.#tip = { height: header.number + 1, headerHash: blockHeaderHash(header), commitHash };
  }
}
