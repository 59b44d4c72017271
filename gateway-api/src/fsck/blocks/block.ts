import { common } from '@hyperledger/fabric-protos';
import { asBuffer } from './bytes';
import type { BlockHeader } from './header';

const { BlockMetadataIndex } = common;

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
  /** Whether writing the block again gives the same bytes, so that nothing else hides in it. */
  readonly isExact: boolean;
}

function metadataAt(block: common.Block, index: number): Uint8Array {
  return block.getMetadata()?.getMetadataList_asU8()[index] ?? new Uint8Array(0);
}

function signaturesOf(metadata: common.Metadata): OrdererSignature[] {
  return metadata.getSignaturesList().map((entry) => ({
    signatureHeader: entry.getSignatureHeader_asU8(),
    identifierHeader: entry.getIdentifierHeader_asU8(),
    signature: entry.getSignature_asU8(),
  }));
}

/** Reads `common.Block` bytes without judging them. @throws Error when they are not a block with a header */
export function decodeBlock(bytes: Uint8Array): Block {
  const block = common.Block.deserializeBinary(bytes);
  const header = block.getHeader();
  if (header === undefined) throw new Error('it has no header');
  const signed = common.Metadata.deserializeBinary(metadataAt(block, BlockMetadataIndex.SIGNATURES));
  const commit = common.Metadata.deserializeBinary(metadataAt(block, BlockMetadataIndex.COMMIT_HASH));
  return {
    header: {
      number: header.getNumber(),
      previousHash: header.getPreviousHash_asU8(),
      dataHash: header.getDataHash_asU8(),
    },
    envelopes: block.getData()?.getDataList_asU8() ?? [],
    codes: [...metadataAt(block, BlockMetadataIndex.TRANSACTIONS_FILTER)],
    signedValue: signed.getValue_asU8(),
    signatures: signaturesOf(signed),
    commitHash: commit.getValue_asU8(),
    isExact: asBuffer(block.serializeBinary()).equals(bytes),
  };
}
