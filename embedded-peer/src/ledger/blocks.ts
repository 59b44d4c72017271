import { LedgerError } from '@carbon-ledger/core';
import { blockHeaderHash } from '../block/header';
import { decodeBlock, type DecodedBlock } from '../block/block';
import type { ValidationCode } from '../block/codes';
import { blockHashKey, blockKey, metaKey, transactionKey } from './keys';
import type { Operation, Reader } from './store';
import { decodeVersion, encodeVersion, VERSION_BYTES, type Version } from './version';

const TIP = metaKey('tip');
const HASH_BYTES = 32;

/** The end of the chain: what the next block builds on. */
export interface Tip {
  /** Number of blocks. */
  readonly height: number;
  readonly headerHash: Buffer;
  readonly commitHash: Buffer;
}

export interface TransactionPlace {
  readonly place: Version;
  readonly code: ValidationCode;
}

const EMPTY_CHAIN: Tip = { height: 0, headerHash: Buffer.alloc(0), commitHash: Buffer.alloc(0) };

function encodeTip({ height, headerHash, commitHash }: Tip): Buffer {
  const number = Buffer.allocUnsafe(8);
  number.writeBigUInt64BE(BigInt(height));
  return Buffer.concat([number, headerHash, commitHash]);
}

function decodeTip(bytes: Buffer): Tip {
  return {
    height: Number(bytes.readBigUInt64BE(0)),
    headerHash: bytes.subarray(8, 8 + HASH_BYTES),
    commitHash: bytes.subarray(8 + HASH_BYTES),
  };
}

/** Blocks by number, by header hash and by transaction id. Nothing here scans. */
export class BlockIndex {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  tip(): Tip {
    const bytes = this.#reader.get(TIP);
    return bytes ? decodeTip(bytes) : EMPTY_CHAIN;
  }

  /** `common.Block` bytes. */
  bytes(number: number): Buffer | undefined {
    return this.#reader.get(blockKey(number));
  }

  block(number: number): DecodedBlock | undefined {
    const bytes = this.bytes(number);
    return bytes && decodeBlock(bytes);
  }

  /** @throws LedgerError STORE_CORRUPT when a block below the height is missing. */
  require(number: number): DecodedBlock {
    const block = this.block(number);
    if (block) return block;
    throw new LedgerError('STORE_CORRUPT', `block ${number} is missing`);
  }

  numberOf(headerHash: Uint8Array): number | undefined {
    const bytes = this.#reader.get(blockHashKey(headerHash));
    return bytes && Number(bytes.readBigUInt64BE(0));
  }

  transaction(txId: string): TransactionPlace | undefined {
    const bytes = this.#reader.get(transactionKey(txId));
    if (!bytes) return undefined;
    return { place: decodeVersion(bytes), code: bytes.readUInt8(VERSION_BYTES) as ValidationCode };
  }

  envelopeAt({ block, tx }: Version): Uint8Array {
    const envelope = this.require(block).envelopes[tx];
    if (envelope) return envelope;
    throw new LedgerError('STORE_CORRUPT', `block ${block} has no transaction ${tx}`);
  }
}

export interface IndexedTransaction {
  readonly txId: string;
  readonly code: ValidationCode;
}

function transactionOperations(
  block: number,
  transactions: readonly IndexedTransaction[],
  known: BlockIndex,
): Operation[] {
  const operations: Operation[] = [];
  const seen = new Set<string>();
  transactions.forEach(({ txId, code }, tx) => {
    // The first transaction under an id keeps it: a later duplicate cannot hide what was committed.
    if (txId === '' || seen.has(txId) || known.transaction(txId)) return;
    seen.add(txId);
    const value = Buffer.concat([encodeVersion({ block, tx }), Buffer.from([code])]);
    operations.push({ type: 'put', key: transactionKey(txId), value });
  });
  return operations;
}

/** The writes that add one block to the chain. */
export function appendBlockOperations(
  bytes: Buffer,
  block: DecodedBlock['header'],
  commitHash: Buffer,
  transactions: readonly IndexedTransaction[],
  known: BlockIndex,
): Operation[] {
  const headerHash = blockHeaderHash(block);
  const number = Buffer.allocUnsafe(8);
  number.writeBigUInt64BE(BigInt(block.number));
  return [
    { type: 'put', key: blockKey(block.number), value: bytes },
    { type: 'put', key: blockHashKey(headerHash), value: number },
    { type: 'put', key: TIP, value: encodeTip({ height: block.number + 1, headerHash, commitHash }) },
    ...transactionOperations(block.number, transactions, known),
  ];
}
