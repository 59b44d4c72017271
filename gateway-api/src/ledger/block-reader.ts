import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { blockHeaderHash } from '@carbon-ledger/auditor';
import type { LedgerBlock, LedgerTransaction } from './port';

/** Position of the transaction filter among a block's metadata (common.BlockMetadataIndex). */
const TRANSACTIONS_FILTER = 2;

const validationNames = new Map<number, string>(
  Object.keys(peer.TxValidationCode).map((name) => [Reflect.get(peer.TxValidationCode, name) as number, name] as const),
);

/** Fabric's name of a validation code; a code of a newer Fabric is named by its number. */
export function validationName(code: number): string {
  return validationNames.get(code) ?? `CODE_${String(code)}`;
}

/** What the projection needs of a block: who wrote what under our chaincode, and whether it counts. */
export function readBlock(block: common.Block, chaincodeName: string): LedgerBlock {
  const filter = block.getMetadata()?.getMetadataList_asU8()[TRANSACTIONS_FILTER] ?? new Uint8Array(0);
  const envelopes = block.getData()?.getDataList_asU8() ?? [];
  return {
    ...readHeader(block.getHeader() ?? new common.BlockHeader()),
    transactions: envelopes.map((bytes, index) => readEnvelope(bytes, filter[index], chaincodeName)),
  };
}

function readHeader(message: common.BlockHeader): Pick<LedgerBlock, 'number' | 'hash' | 'previousHash'> {
  const header = {
    number: message.getNumber(),
    previousHash: message.getPreviousHash_asU8(),
    dataHash: message.getDataHash_asU8(),
  };
  return {
    number: BigInt(header.number),
    hash: blockHeaderHash(header).toString('hex'),
    previousHash: Buffer.from(header.previousHash).toString('hex'),
  };
}

function readEnvelope(bytes: Uint8Array, code: number | undefined, chaincodeName: string): LedgerTransaction {
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(bytes).getPayload_asU8());
  const header = common.ChannelHeader.deserializeBinary(
    payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(0),
  );
  // A peer marks what it has not validated with 255; a block without a filter proves nothing, so nothing in it counts.
  const validation = code === undefined ? 'NOT_VALIDATED' : validationName(code);
  const counts = validation === 'VALID' && header.getType() === common.HeaderType.ENDORSER_TRANSACTION;
  return {
    txId: header.getTxId(),
    validation,
    timestamp: wholeSeconds(header.getTimestamp()?.toDate() ?? new Date(0)),
    ...(counts ? readWrites(payload.getData_asU8(), chaincodeName) : { writes: [], removed: [] }),
  };
}

/** RFC 3339 in whole seconds, as the contract itself reads the transaction time. */
function wholeSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

function readWrites(data: Uint8Array, chaincodeName: string): Pick<LedgerTransaction, 'writes' | 'removed'> {
  const all = peer.Transaction.deserializeBinary(data)
    .getActionsList()
    .flatMap((action) => writesOfAction(action.getPayload_asU8(), chaincodeName));
  return {
    writes: all.flatMap(({ key, value }) => (value === undefined ? [] : [{ key, value }])),
    removed: all.flatMap(({ key, value }) => (value === undefined ? [key] : [])),
  };
}

/** `value` is undefined where the key is taken away. */
interface ReadWrite {
  readonly key: string;
  readonly value: Uint8Array | undefined;
}

function writesOfAction(bytes: Uint8Array, chaincodeName: string): ReadWrite[] {
  const response = peer.ChaincodeActionPayload.deserializeBinary(bytes).getAction()?.getProposalResponsePayload_asU8();
  const payload = peer.ProposalResponsePayload.deserializeBinary(response ?? new Uint8Array(0));
  const results = peer.ChaincodeAction.deserializeBinary(payload.getExtension_asU8()).getResults_asU8();
  return ledger.rwset.TxReadWriteSet.deserializeBinary(results)
    .getNsRwsetList()
    .filter((set) => set.getNamespace() === chaincodeName)
    .flatMap((set) => ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8()).getWritesList())
    .map((write) => ({ key: write.getKey(), value: write.getIsDelete() ? undefined : write.getValue_asU8() }));
}
