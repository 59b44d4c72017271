import { common } from '@hyperledger/fabric-protos';
import { randomBytes } from 'node:crypto';
import type { SigningIdentity } from '../identity/signing-identity';
import { encode, sha256 } from '../proto/bytes';
import { varint } from '../proto/wire';
import { blockDataHash, blockHeaderBytes, type BlockHeader } from './header';

const NONCE_BYTES = 24;
const { BlockMetadataIndex } = common;
const METADATA_ENTRIES = 5;

/** Everything a block needs that the orderer and the committer decide. */
export interface BlockParts {
  readonly header: BlockHeader;
  readonly envelopes: readonly Uint8Array[];
  /** One validation code per envelope. */
  readonly codes: readonly number[];
  readonly commitHash: Uint8Array;
}

export function createHeader(number: number, previousHash: Uint8Array, envelopes: readonly Uint8Array[]): BlockHeader {
  return { number, previousHash, dataHash: blockDataHash(envelopes) };
}

function ordererMetadata(): Buffer {
  const lastConfig = new common.LastConfig();
  lastConfig.setIndex(0);
  const metadata = new common.OrdererBlockMetadata();
  metadata.setLastConfig(lastConfig);
  return encode(metadata);
}

/** The orderer's signature covers its metadata, its own header and the block header (`protoutil.BlockSignature`). */
function signaturesMetadata(header: BlockHeader, orderer: SigningIdentity): Buffer {
  const value = ordererMetadata();
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(orderer.serialized);
  signatureHeader.setNonce(randomBytes(NONCE_BYTES));
  const headerBytes = encode(signatureHeader);
  const signature = new common.MetadataSignature();
  signature.setSignatureHeader(headerBytes);
  signature.setSignature(orderer.sign(Buffer.concat([value, headerBytes, blockHeaderBytes(header)])));
  const metadata = new common.Metadata();
  metadata.setValue(value);
  metadata.setSignaturesList([signature]);
  return encode(metadata);
}

function commitHashMetadata(commitHash: Uint8Array): Buffer {
  const metadata = new common.Metadata();
  metadata.setValue(commitHash);
  return encode(metadata);
}

function blockMetadata(parts: BlockParts, orderer: SigningIdentity): common.BlockMetadata {
  const entries: Uint8Array[] = Array.from({ length: METADATA_ENTRIES }, () => new Uint8Array());
  entries[BlockMetadataIndex.SIGNATURES] = signaturesMetadata(parts.header, orderer);
  entries[BlockMetadataIndex.TRANSACTIONS_FILTER] = Uint8Array.from(parts.codes);
  entries[BlockMetadataIndex.COMMIT_HASH] = commitHashMetadata(parts.commitHash);
  const metadata = new common.BlockMetadata();
  metadata.setMetadataList(entries);
  return metadata;
}

/** Genuine `common.Block` bytes, signed by the orderer. */
export function createBlock(parts: BlockParts, orderer: SigningIdentity): Buffer {
  const header = new common.BlockHeader();
  header.setNumber(parts.header.number);
  header.setPreviousHash(parts.header.previousHash);
  header.setDataHash(parts.header.dataHash);
  const data = new common.BlockData();
  data.setDataList([...parts.envelopes]);
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  block.setMetadata(blockMetadata(parts, orderer));
  return encode(block);
}

/** A block as readers inside the peer need it. */
export interface DecodedBlock {
  readonly header: BlockHeader;
  readonly envelopes: readonly Uint8Array[];
  readonly codes: readonly number[];
  readonly commitHash: Uint8Array;
  readonly signatures: common.Metadata;
}

function metadataAt(block: common.Block, index: number): Uint8Array {
  return block.getMetadata()?.getMetadataList_asU8()[index] ?? new Uint8Array();
}

/** @throws Error when the bytes are not a block with header and data. */
export function decodeBlock(bytes: Uint8Array): DecodedBlock {
  const block = common.Block.deserializeBinary(bytes);
  const header = block.getHeader();
  if (!header) throw new Error('the block has no header');
  return {
    header: {
      number: header.getNumber(),
      previousHash: header.getPreviousHash_asU8(),
      dataHash: header.getDataHash_asU8(),
    },
    envelopes: block.getData()?.getDataList_asU8() ?? [],
    codes: [...metadataAt(block, BlockMetadataIndex.TRANSACTIONS_FILTER)],
    commitHash: common.Metadata.deserializeBinary(metadataAt(block, BlockMetadataIndex.COMMIT_HASH)).getValue_asU8(),
    signatures: common.Metadata.deserializeBinary(metadataAt(block, BlockMetadataIndex.SIGNATURES)),
  };
}

/**
 * Chained hash over what each block changed: two peers with the same commit hash hold the same state
 * (`kvledger.addBlockCommitHash`).
 */
export function deriveCommitHash(codes: readonly number[], updates: Uint8Array, previous: Uint8Array): Buffer {
  return sha256(varint(codes.length), Uint8Array.from(codes), updates, previous);
}
