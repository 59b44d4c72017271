import * as grpc from '@grpc/grpc-js';
import { connect, GatewayError, hash, type Gateway, type Network } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';
import { LedgerError } from '@carbon-ledger/core';
import type { FabricGatewayOptions } from '.';
import { blocksMissing, firstBlockOf } from './archives';
import { createLowSSigner } from './signer';
import type { BlockSource, PrivateSource } from '@carbon-ledger/auditor';

const MOST_MESSAGE_BYTES = 100 * 1024 * 1024;
const DEADLINE_MS = 30_000;
const AWAY: readonly number[] = [grpc.status.UNAVAILABLE, grpc.status.DEADLINE_EXCEEDED];

/** Blocks of a running peer through Deliver, and private figures where its organisation may have them. */
export interface PeerSource extends BlockSource, PrivateSource {
  close(): void;
}

function openClient({ endpoint, tls }: FabricGatewayOptions): grpc.Client {
  const pem = (bytes: Uint8Array | undefined): Buffer | null => (bytes === undefined ? null : Buffer.from(bytes));
  const credentials = grpc.credentials.createSsl(Buffer.from(tls.rootCert), pem(tls.clientKey), pem(tls.clientCert));
  return new grpc.Client(endpoint, credentials, {
    'grpc.max_receive_message_length': MOST_MESSAGE_BYTES,
    ...(tls.serverName === undefined ? {} : { 'grpc.ssl_target_name_override': tls.serverName }),
  });
}

function openGateway(client: grpc.Client, { identity }: FabricGatewayOptions): Gateway {
  return connect({
    client,
    identity: { mspId: identity.mspId, credentials: identity.certificate },
    signer: createLowSSigner(identity.privateKey),
    hash: hash.none,
    evaluateOptions: () => ({ deadline: Date.now() + DEADLINE_MS }),
  });
}

function unreachable(cause: unknown): LedgerError {
  return new LedgerError('UNREACHABLE', 'The peer does not answer.', { cause });
}

async function heightOf(network: Network, channel: string): Promise<number> {
  const answer = await network
    .getContract('qscc')
    .evaluateTransaction('GetChainInfo', channel)
    .catch((cause: unknown) => {
      throw unreachable(cause);
    });
  return common.BlockchainInfo.deserializeBinary(answer).getHeight();
}

/** Blocks up to the height at the start: a living ledger grows while it is read. */
async function* deliver(network: Network, from: number, height: number): AsyncGenerator<Uint8Array> {
  if (from >= height) return;
  const stream = await network.getBlockEvents({ startBlock: BigInt(from) });
  try {
    let next = from;
    for await (const block of stream) {
      yield block.serializeBinary();
      next += 1;
      if (next >= height) return;
    }
  } finally {
    stream.close();
  }
  throw unreachable(undefined);
}

const TX_KEY = /^tx\/([0-9a-f]{64})$/;

/** The contract itself gives a transaction's private value to members of the collection; others get none. */
async function privateValue(network: Network, chaincode: string, key: string): Promise<Uint8Array | undefined> {
  const txId = TX_KEY.exec(key)?.[1];
  if (txId === undefined) return undefined;
  try {
    const answer = await network.getContract(chaincode).evaluateTransaction('figures', txId);
    return Buffer.from(answer).toString() === 'null' ? undefined : answer;
  } catch (error) {
    const isAway = error instanceof GatewayError && AWAY.includes(error.code);
    if (isAway) throw unreachable(error);
    return undefined;
  }
}

/** Blocks from the archives before the first of the peer's own: the first archive that holds them all gives them. */
async function* fromArchives(options: FabricGatewayOptions, from: number, until: number): AsyncGenerator<Uint8Array> {
  const { archives = [], endpoint } = options;
  for (const archive of archives) {
    const { network, close } = openNetwork({ ...options, ...archive });
    try {
      if ((await firstBlockOf(network, options.channel).catch(() => MANY)) > BigInt(from)) continue;
      yield* deliver(network, from, until);
      return;
    } finally {
      close();
    }
  }
  if (archives.length > 0) throw unreachable(undefined);
  throw blocksMissing(endpoint, BigInt(from), BigInt(until));
}

/** The first block of a peer that does not answer: none. */
const MANY = 2n ** 64n;

function openNetwork(options: FabricGatewayOptions): { readonly network: Network; readonly close: () => void } {
  const client = openClient(options);
  const gateway = openGateway(client, options);
  const close = (): void => {
    gateway.close();
    client.close();
  };
  return { network: gateway.getNetwork(options.channel), close };
}

/** Connects lazily: an unreachable peer shows at the first question. */
export function openPeerSource(options: FabricGatewayOptions): PeerSource {
  const { network, close } = openNetwork(options);
  return {
    name: options.endpoint,
    height: () => heightOf(network, options.channel),
    blocks: async function* (from) {
      const height = await heightOf(network, options.channel);
      const first = Number(await firstBlockOf(network, options.channel));
      if (from < first) yield* fromArchives(options, from, first);
      yield* deliver(network, Math.max(from, first), height);
    },
    value: (namespace, _collection, key) => privateValue(network, namespace, key),
    close,
  };
}
