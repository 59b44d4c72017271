import type { BlockHeader } from './header';
import { bytesField, bytesFields, numberField, readMessage, type WireMessage } from './wire';

/** Places in `common.BlockMetadata` (`common.BlockMetadataIndex`); the others are not used any more. */
const SIGNATURES = 0;
const TRANSACTIONS_FILTER = 2;
const COMMIT_HASH = 4;

/** One orderer's signature as it stands in a block. */
export interface OrdererSignature {
  /** `common.SignatureHeader` bytes (solo, Raft); empty where {@link identifierHeader} says who signed. */
  readonly signatureHeader: Uint8Array;
  /** `common.IdentifierHeader` bytes (SmartBFT): number of the consenter in the channel's configuration. */
  readonly identifierHeader: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Block {
  readonly header: BlockHeader;
  readonly envelopes: readonly Uint8Array[];
  /** Validation codes, one per envelope. No orderer signs them: they are what a peer found. */
  readonly codes: readonly number[];
  /** What the signatures cover besides the header. */
  readonly signedValue: Uint8Array;
  readonly signatures: readonly OrdererSignature[];
  /** Chained hash of what each block changed, as the peer that gave the block computed it; empty where it kept none. */
  readonly commitHash: Uint8Array;
  /** Whether the block holds nothing but the fields of a block, each written in the one usual way. */
  readonly isExact: boolean;
}

function readHeader(message: WireMessage): BlockHeader {
  return {
    number: numberField(message, 1),
    previousHash: bytesField(message, 2),
    dataHash: bytesField(message, 3),
  };
}

function readSignature(message: WireMessage): OrdererSignature {
  return {
    signatureHeader: bytesField(message, 1),
    signature: bytesField(message, 2),
    identifierHeader: bytesField(message, 3),
  };
}

/** Reads `common.Block` bytes without judging them. @throws Error when they are not a block with a header */
export function decodeBlock(bytes: Uint8Array): Block {
  const block = readMessage(bytes, [1, 2, 3]);
  const headerBytes = bytesFields(block, 1).at(-1);
  if (headerBytes === undefined) throw new Error('it has no header');
  const header = readMessage(headerBytes, [1, 2, 3]);
  const data = readMessage(bytesField(block, 2), [1]);
  const metadata = readMessage(bytesField(block, 3), [1]);
  const entries = bytesFields(metadata, 1);
  const signed = readMessage(entries[SIGNATURES] ?? new Uint8Array(0), [1, 2]);
  const signatures = bytesFields(signed, 2).map((entry) => readMessage(entry, [1, 2, 3]));
  const commit = readMessage(entries[COMMIT_HASH] ?? new Uint8Array(0), [1]);
  const parts = [block, header, data, metadata, signed, commit, ...signatures];
  return {
    header: readHeader(header),
    envelopes: bytesFields(data, 1),
    codes: [...(entries[TRANSACTIONS_FILTER] ?? [])],
    signedValue: bytesField(signed, 1),
    signatures: signatures.map(readSignature),
    commitHash: bytesField(commit, 1),
    isExact: parts.every((part) => part.isExact),
  };
}
