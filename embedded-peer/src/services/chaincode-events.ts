import type { ServerWritableStream } from '@grpc/grpc-js';
import { gateway, orderer, type peer } from '@hyperledger/fabric-protos';
import { Code } from '../block/codes';
import type { DecodedBlock } from '../block/block';
import { chaincodeEventOf, decodeTransaction, InvalidTransaction } from '../block/transaction';
import { invalidArgument, runStream, send } from './calls';
import { assertReader } from './gateway';
import { blocksOf, type PeerContext } from './peer-context';

type Call = ServerWritableStream<gateway.SignedChaincodeEventsRequest, gateway.ChaincodeEventsResponse>;

interface TransactionEvent {
  readonly txId: string;
  readonly event: peer.ChaincodeEvent | undefined;
}

function readEvent(envelope: Uint8Array): TransactionEvent | undefined {
  try {
    const { txId, action } = decodeTransaction(Buffer.from(envelope));
    return { txId, event: chaincodeEventOf(action) };
  } catch (error) {
    // Configuration transactions carry no events.
    if (error instanceof InvalidTransaction) return undefined;
    throw error;
  }
}

/** The valid transactions of a block with their events, in order. */
function validEvents(block: DecodedBlock): TransactionEvent[] {
  return block.envelopes
    .filter((_envelope, index) => block.codes[index] === Code.VALID)
    .map(readEvent)
    .filter((event) => event !== undefined);
}

/** Events after the transaction a client has already processed; all when that transaction is not in this block. */
function eventsAfter(events: readonly TransactionEvent[], txId: string): readonly TransactionEvent[] {
  return events.slice(events.findIndex((event) => event.txId === txId) + 1);
}

function startBlock(context: PeerContext, position: orderer.SeekPosition | undefined): number {
  const { TypeCase } = orderer.SeekPosition;
  switch (position?.getTypeCase()) {
    case undefined:
    case TypeCase.TYPE_NOT_SET:
    case TypeCase.NEXT_COMMIT:
      return context.notifier.height;
    case TypeCase.SPECIFIED:
      return position.getSpecified()?.getNumber() ?? 0;
    default:
      throw invalidArgument('invalid start position type');
  }
}

function response(number: number, events: readonly peer.ChaincodeEvent[]): gateway.ChaincodeEventsResponse {
  const message = new gateway.ChaincodeEventsResponse();
  message.setBlockNumber(number);
  message.setEventsList([...events]);
  return message;
}

async function stream(context: PeerContext, call: Call): Promise<void> {
  const bytes = call.request.getRequest_asU8();
  const request = gateway.ChaincodeEventsRequest.deserializeBinary(bytes);
  const identity = request.getIdentity_asU8();
  assertReader(context, request.getChannelId(), identity, bytes, call.request.getSignature_asU8());
  let number = startBlock(context, request.getStartPosition());
  let after = request.getAfterTransactionId();
  for (; !call.cancelled && !context.notifier.isClosed; number += 1) {
    await context.notifier.block(number, call);
    if (number >= context.notifier.height) continue;
    const events = eventsAfter(validEvents(blocksOf(context).require(number)), after)
      .map(({ event }) => event)
      .filter((event) => event?.getChaincodeId() === request.getChaincodeId())
      .filter((event) => event !== undefined);
    after = '';
    if (events.length > 0) await send(call, response(number, events));
  }
}

/** Method `ChaincodeEvents`: from a block on, or after a transaction, for ever. */
export async function streamChaincodeEvents(context: PeerContext, call: Call): Promise<void> {
  await runStream(call, () => stream(context, call));
}
