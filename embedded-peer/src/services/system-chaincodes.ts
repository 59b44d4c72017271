import { common, peer } from '@hyperledger/fabric-protos';
import type { Proposal } from '../endorser/proposal';
import { encode } from '../proto/bytes';
import { blocksOf, type PeerContext } from './peer-context';

const OK = 200;
const FAILED = 500;
const MAX_NUMBER_DIGITS = 16;

type SystemFunction = (context: PeerContext, args: readonly Buffer[]) => Buffer;

/** `what` as Fabric names it: `block number`, `block hash`. */
function required(bytes: Buffer | undefined, what: string, value: string): Buffer {
  if (bytes) return bytes;
  throw new Error(`Failed to get ${what} ${value}, error no such ${what} [${value}] in index`);
}

function parseNumber(argument: Buffer | undefined): number {
  const text = argument?.toString() ?? '';
  if (!/^\d+$/.test(text) || text.length > MAX_NUMBER_DIGITS) throw new Error(`failed to parse block number ${text}`);
  return Number(text);
}

function chainInfo(context: PeerContext): Buffer {
  const { height, headerHash } = blocksOf(context).tip();
  const info = new common.BlockchainInfo();
  info.setHeight(height);
  info.setCurrentblockhash(headerHash);
  info.setPreviousblockhash(blocksOf(context).require(height - 1).header.previousHash);
  return encode(info);
}

function blockByNumber(context: PeerContext, [, argument]: readonly Buffer[]): Buffer {
  const number = parseNumber(argument);
  return required(blocksOf(context).bytes(number), 'block number', String(number));
}

function blockByHash(context: PeerContext, [, hash = Buffer.alloc(0)]: readonly Buffer[]): Buffer {
  const number = blocksOf(context).numberOf(hash);
  return required(
    number === undefined ? undefined : blocksOf(context).bytes(number),
    'block hash',
    hash.toString('hex'),
  );
}

function placeOf(
  context: PeerContext,
  argument: Buffer | undefined,
): NonNullable<ReturnType<ReturnType<typeof blocksOf>['transaction']>> {
  const txId = argument?.toString() ?? '';
  const found = blocksOf(context).transaction(txId);
  if (found) return found;
  throw new Error(`Failed to get transaction with id ${txId}, error no such transaction ID [${txId}] in index`);
}

function blockByTransaction(context: PeerContext, [, txId]: readonly Buffer[]): Buffer {
  return required(blocksOf(context).bytes(placeOf(context, txId).place.block), 'block of transaction', String(txId));
}

function transactionById(context: PeerContext, [, txId]: readonly Buffer[]): Buffer {
  const { place, code } = placeOf(context, txId);
  const processed = new peer.ProcessedTransaction();
  processed.setTransactionenvelope(common.Envelope.deserializeBinary(blocksOf(context).envelopeAt(place)));
  processed.setValidationcode(code);
  return encode(processed);
}

function channels(context: PeerContext): Buffer {
  const info = new peer.ChannelInfo();
  info.setChannelId(context.channel);
  const response = new peer.ChannelQueryResponse();
  response.setChannelsList([info]);
  return encode(response);
}

/** The configuration never changes on an embedded peer, so the newest configuration block is block 0. */
function configBlock(context: PeerContext): Buffer {
  return required(blocksOf(context).bytes(0), 'block number', '0');
}

/** `common.Config` of the channel: what a peer has in force, without the transaction that brought it. */
function channelConfig(context: PeerContext): Buffer {
  const block = common.Block.deserializeBinary(configBlock(context));
  const [envelope = new Uint8Array()] = block.getData()?.getDataList_asU8() ?? [];
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
  const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
  return required(config && encode(config), 'configuration of channel', context.channel);
}

const SYSTEM_CHAINCODES: ReadonlyMap<string, ReadonlyMap<string, SystemFunction>> = new Map([
  [
    'qscc',
    new Map<string, SystemFunction>([
      ['GetChainInfo', chainInfo],
      ['GetBlockByNumber', blockByNumber],
      ['GetBlockByHash', blockByHash],
      ['GetBlockByTxID', blockByTransaction],
      ['GetTransactionByID', transactionById],
    ]),
  ],
  [
    'cscc',
    new Map<string, SystemFunction>([
      ['GetChannels', channels],
      ['GetConfigBlock', configBlock],
      ['GetChannelConfig', channelConfig],
    ]),
  ],
]);

export function isSystemChaincode(name: string): boolean {
  return SYSTEM_CHAINCODES.has(name);
}

/** The channel is the first argument of every function but GetChannels; only this one exists. */
function assertChannel(context: PeerContext, name: string, channel: Buffer | undefined): void {
  if (name === 'GetChannels' || channel?.toString() === context.channel) return;
  throw new Error(`Invalid chain ID, ${channel?.toString() ?? ''}`);
}

function answer(status: number, message: string, payload: Uint8Array): peer.Response {
  const response = new peer.Response();
  response.setStatus(status);
  response.setMessage(message);
  response.setPayload(payload);
  return response;
}

/** Answers qscc and cscc reads. */
export function querySystemChaincode(context: PeerContext, proposal: Proposal): peer.Response {
  const [name = Buffer.alloc(0), ...args] = proposal.input.getArgsList_asU8().map((bytes) => Buffer.from(bytes));
  const query = SYSTEM_CHAINCODES.get(proposal.chaincode)?.get(name.toString());
  if (!query) {
    const where = `[${name.toString()}][${args[0]?.toString() ?? ''}]`;
    const reason = `[Unmapped policy for ${proposal.chaincode}/${name.toString()}]`;
    return answer(FAILED, `access denied for ${where}: ${reason}`, new Uint8Array());
  }
  try {
    assertChannel(context, name.toString(), args[0]);
    return answer(OK, '', query(context, args));
  } catch (error) {
    return answer(FAILED, error instanceof Error ? error.message : String(error), new Uint8Array());
  }
}
