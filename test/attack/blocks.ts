import { common, ledger, peer } from '@hyperledger/fabric-protos';
import type { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBlock, createHeader, decodeBlock } from '../../embedded-peer/src/block/block';
import { blockHeaderHash } from '../../embedded-peer/src/block/header';
import { ORDERER_MSP } from '../../embedded-peer/src/identity/folder';
import { SigningIdentity } from '../../embedded-peer/src/identity/signing-identity';
import { blockHashKey, blockKey, metaKey } from '../../embedded-peer/src/ledger/keys';
import { flippedIn, need, type Disk } from './disk';

/** The parts of a block's only transaction, each as the bytes that stand in the block. */
export interface Parts {
  readonly envelope: Uint8Array;
  readonly channel: Uint8Array;
  readonly txId: Uint8Array;
  readonly timestamp: Timestamp;
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
  readonly signature: Uint8Array;
  readonly arguments: readonly Uint8Array[];
  readonly proposalHash: Uint8Array;
  readonly sets: readonly ledger.rwset.kvrwset.KVRWSet[];
  readonly collections: readonly ledger.rwset.kvrwset.HashedRWSet[];
  readonly answer: Uint8Array;
  readonly event: Uint8Array;
  readonly endorser: Uint8Array;
  readonly endorsement: Uint8Array;
}

export function partsOf(block: Uint8Array): Parts {
  const envelope = common.Block.deserializeBinary(block).getData()!.getDataList_asU8()[0]!;
  const signed = common.Envelope.deserializeBinary(envelope);
  const payload = common.Payload.deserializeBinary(signed.getPayload_asU8());
  const header = payload.getHeader()!;
  const channel = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const signer = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8());
  const [transaction] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  const endorsed = peer.ChaincodeActionPayload.deserializeBinary(transaction!.getPayload_asU8());
  const proposal = peer.ChaincodeProposalPayload.deserializeBinary(endorsed.getChaincodeProposalPayload_asU8());
  const input = peer.ChaincodeInvocationSpec.deserializeBinary(proposal.getInput_asU8()).getChaincodeSpec()!;
  const [endorsement] = endorsed.getAction()!.getEndorsementsList();
  const response = peer.ProposalResponsePayload.deserializeBinary(
    endorsed.getAction()!.getProposalResponsePayload_asU8(),
  );
  const action = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
  const sets = ledger.rwset.TxReadWriteSet.deserializeBinary(action.getResults_asU8()).getNsRwsetList();
  return {
    envelope,
    channel: Buffer.from(channel.getChannelId()),
    txId: Buffer.from(channel.getTxId()),
    timestamp: channel.getTimestamp()!,
    creator: signer.getCreator_asU8(),
    nonce: signer.getNonce_asU8(),
    signature: signed.getSignature_asU8(),
    arguments: input.getInput()!.getArgsList_asU8(),
    proposalHash: response.getProposalHash_asU8(),
    sets: sets.map((set) => ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8())),
    collections: sets.flatMap((set) =>
      set
        .getCollectionHashedRwsetList()
        .map((one) => ledger.rwset.kvrwset.HashedRWSet.deserializeBinary(one.getHashedRwset_asU8())),
    ),
    answer: action.getResponse()!.getPayload_asU8(),
    event: peer.ChaincodeEvent.deserializeBinary(action.getEvents_asU8()).getPayload_asU8(),
    endorser: endorsement!.getEndorser_asU8(),
    endorsement: endorsement!.getSignature_asU8(),
  };
}

/** What an orderer put under a block. */
export function ordererSignature(block: Uint8Array): { readonly creator: Uint8Array; readonly signature: Uint8Array } {
  const [signature] = decodeBlock(block).signatures.getSignaturesList();
  const header = common.SignatureHeader.deserializeBinary(signature!.getSignatureHeader_asU8());
  return { creator: header.getCreator_asU8(), signature: signature!.getSignature_asU8() };
}

/** The block with its metadata changed: nobody signs them. */
export function withMetadata(block: Uint8Array, index: number, value: Uint8Array): Buffer {
  const changed = common.Block.deserializeBinary(block);
  const entries = changed.getMetadata()!.getMetadataList_asU8();
  entries[index] = value;
  changed.getMetadata()!.setMetadataList(entries);
  return Buffer.from(changed.serializeBinary());
}

/** A block that holds one transaction and nothing else, for {@link partsOf}. */
export function blockOf(envelope: Uint8Array): Uint8Array {
  const data = new common.BlockData();
  data.setDataList([envelope]);
  const block = new common.Block();
  block.setData(data);
  return block.serializeBinary();
}

/** Puts a changed block in the place of a block. */
export async function change(disk: Disk, number: number, make: (block: Buffer) => Uint8Array): Promise<void> {
  await disk.put(blockKey(number), Buffer.from(make(await need(disk, blockKey(number)))));
}

/** Changes one bit in a part of a block that is found by its bytes. */
export function flipPart(
  disk: Disk,
  number: number,
  part: (block: Buffer) => Uint8Array,
  text?: string,
): Promise<void> {
  return change(disk, number, (block) => flippedIn(block, part(block), text));
}

/** The orderer of the folder, for who has stolen its key. */
export function stolenOrderer(dataDir: string): SigningIdentity {
  const folder = join(dataDir, 'peer', 'identities', 'orderer');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const certificate = read('orderer.pem');
  if (!new X509Certificate(certificate).subject.includes('orderer')) throw new Error('this is not the orderer');
  return new SigningIdentity(ORDERER_MSP, { certificate, privateKey: read('orderer.key') });
}

type Envelopes = (envelopes: readonly Uint8Array[]) => readonly Uint8Array[];

/**
 * Changes the transactions of a block and makes everything that can be made with the orderer's key fit again: data
 * hash, signature, the hashes of all later blocks, indexes, tip.
 */
export async function rebuild(disk: Disk, dataDir: string, number: number, change: Envelopes): Promise<void> {
  const orderer = stolenOrderer(dataDir);
  const tip = await need(disk, metaKey('tip'));
  const height = Number(tip.readBigUInt64BE(0));
  let previousHash = decodeBlock(await need(disk, blockKey(number))).header.previousHash;
  for (let at = number; at < height; at++) {
    const { envelopes, codes, commitHash, header } = decodeBlock(await need(disk, blockKey(at)));
    await disk.del(blockHashKey(blockHeaderHash(header)));
    const data = at === number ? change(envelopes) : envelopes;
    const made = createHeader(at, previousHash, data);
    await disk.put(blockKey(at), createBlock({ header: made, envelopes: data, codes, commitHash }, orderer));
    previousHash = blockHeaderHash(made);
    await putNumber(disk, previousHash, at);
  }
  await disk.put(metaKey('tip'), Buffer.concat([tip.subarray(0, 8), previousHash, tip.subarray(40)]));
}

async function putNumber(disk: Disk, headerHash: Uint8Array, number: number): Promise<void> {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt(number));
  await disk.put(blockHashKey(headerHash), bytes);
}

/** Puts a block behind the last one, as who has the orderer's key can do: its transaction is marked valid. */
export async function append(disk: Disk, dataDir: string, envelope: Uint8Array): Promise<void> {
  const tip = await need(disk, metaKey('tip'));
  const number = Number(tip.readBigUInt64BE(0));
  const header = createHeader(number, tip.subarray(8, 40), [envelope]);
  const commitHash = tip.subarray(40);
  const codes = [peer.TxValidationCode.VALID];
  const block = createBlock({ header, envelopes: [envelope], codes, commitHash }, stolenOrderer(dataDir));
  const headerHash = blockHeaderHash(header);
  await disk.put(blockKey(number), block);
  await putNumber(disk, headerHash, number);
  const height = Buffer.allocUnsafe(8);
  height.writeBigUInt64BE(BigInt(number + 1));
  await disk.put(metaKey('tip'), Buffer.concat([height, headerHash, commitHash]));
}
