import type {
  MethodDefinition,
  ServerDuplexStream,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { common, orderer, peer } from '@hyperledger/fabric-protos';
import { decodeEnvelope } from '../block/transaction';
import { IdentityError } from '../identity/membership';
import { bytesField, varintField } from '../proto/wire';
import { messagesOf, runStream, send } from './calls';
import { filterBlock } from './filtered-block';
import { blocksOf, type PeerContext } from './peer-context';
import { privateDataOf } from './private-data';

/** Field numbers of `protos.DeliverResponse`; `orderer.DeliverResponse` has the first two. */
const FIELD = { status: 1, block: 2, filteredBlock: 3, blockAndPrivateData: 4 } as const;
const { Status } = common;

type Call = ServerDuplexStream<common.Envelope, Buffer>;
/** Encodes block `number` for one reader. */
type Render = (number: number, bytes: Buffer, mspId: string) => Buffer;

interface Seek {
  readonly mspId: string;
  readonly first: number;
  readonly last: number;
  readonly waits: boolean;
}

class SeekRefused extends Error {
  override readonly name = 'SeekRefused';
  readonly status: number;

  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

function readerOf(context: PeerContext, envelope: ReturnType<typeof decodeEnvelope>): string {
  if (envelope.channelHeader.getChannelId() !== context.channel) throw new SeekRefused(Status.NOT_FOUND);
  try {
    return context.membership.verify(envelope.creator, envelope.payload, envelope.signature).mspId;
  } catch (error) {
    if (error instanceof IdentityError) throw new SeekRefused(Status.FORBIDDEN);
    throw error;
  }
}

function blockNumber(position: orderer.SeekPosition | undefined, height: number): number {
  const { TypeCase } = orderer.SeekPosition;
  switch (position?.getTypeCase()) {
    case TypeCase.OLDEST:
      return 0;
    case TypeCase.NEWEST:
      return height - 1;
    case TypeCase.NEXT_COMMIT:
      return height;
    case TypeCase.SPECIFIED:
      return position.getSpecified()?.getNumber() ?? 0;
    default:
      throw new SeekRefused(Status.BAD_REQUEST);
  }
}

function attempt<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new SeekRefused(Status.BAD_REQUEST);
  }
}

function readSeek(context: PeerContext, message: common.Envelope): Seek {
  const envelope = attempt(() => decodeEnvelope(message.serializeBinary()));
  const mspId = readerOf(context, envelope);
  const info = attempt(() => orderer.SeekInfo.deserializeBinary(envelope.data));
  const { height } = context.notifier;
  const first = blockNumber(info.getStart(), height);
  const last = blockNumber(info.getStop(), height);
  if (last < first) throw new SeekRefused(Status.BAD_REQUEST);
  return { mspId, first, last, waits: info.getBehavior() === orderer.SeekInfo.SeekBehavior.BLOCK_UNTIL_READY };
}

async function deliver(context: PeerContext, call: Call, seek: Seek, render: Render): Promise<number> {
  for (let number = seek.first; number <= seek.last; number += 1) {
    if (number >= context.notifier.height && !seek.waits) return Status.NOT_FOUND;
    await context.notifier.block(number, call);
    const bytes = blocksOf(context).bytes(number);
    if (!bytes) return Status.SERVICE_UNAVAILABLE;
    await send(call, render(number, bytes, seek.mspId));
  }
  return Status.SUCCESS;
}

async function answerSeek(context: PeerContext, call: Call, message: common.Envelope, render: Render): Promise<void> {
  let outcome: number;
  try {
    outcome = await deliver(context, call, readSeek(context, message), render);
  } catch (error) {
    if (!(error instanceof SeekRefused)) throw error;
    outcome = error.status;
  }
  await send(call, varintField(FIELD.status, outcome));
}

function handler(context: PeerContext, render: Render): (call: Call) => void {
  return (call) => {
    void runStream(call, async () => {
      for await (const message of messagesOf<common.Envelope>(call)) await answerSeek(context, call, message, render);
    });
  };
}

type Framed = MethodDefinition<common.Envelope, Buffer>;
const sameBytes = (bytes: Buffer): Buffer => bytes;

/** Blocks are stored as they are sent, so responses are framed by hand instead of being decoded and encoded again. */
function framed(method: Omit<Framed, 'responseSerialize' | 'responseDeserialize'>): Framed {
  return { ...method, responseSerialize: sameBytes, responseDeserialize: sameBytes };
}

interface Service {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
}

const wholeBlock: Render = (_number, bytes) => bytesField(FIELD.block, bytes);

/** Service `protos.Deliver`: blocks, filtered blocks, blocks with the private data that the reader's organisation may see. */
export function createDeliverService(context: PeerContext): Service {
  const { deliver: plain, deliverFiltered, deliverWithPrivateData } = peer.DeliverService;
  const filtered: Render = (number) => bytesField(FIELD.filteredBlock, filterBlock(context, number));
  const withPrivateData: Render = (number, bytes, mspId) =>
    bytesField(FIELD.blockAndPrivateData, bytesField(1, bytes), privateDataOf(context, number, mspId));
  return {
    definition: {
      deliver: framed(plain),
      deliverFiltered: framed(deliverFiltered),
      deliverWithPrivateData: framed(deliverWithPrivateData),
    },
    implementation: {
      deliver: handler(context, wholeBlock),
      deliverFiltered: handler(context, filtered),
      deliverWithPrivateData: handler(context, withPrivateData),
    },
  };
}

/** Method `Deliver` of `orderer.AtomicBroadcast`: whole blocks under the same field numbers. */
export function createOrdererDeliver(context: PeerContext): {
  method: Framed;
  handle: (call: Call) => void;
} {
  return { method: framed(orderer.AtomicBroadcastService.deliver), handle: handler(context, wholeBlock) };
}
