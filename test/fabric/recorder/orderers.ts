import { common, orderer } from '@hyperledger/fabric-protos';
import type { Client, ClientDuplexStream } from '@grpc/grpc-js';
import type { TestNetwork } from '../network';

type Broadcast = ClientDuplexStream<common.Envelope, orderer.BroadcastResponse>;
const METHOD = '/orderer.AtomicBroadcast/Broadcast';

/** What an orderer answered to one envelope. */
export interface Broadcasted {
  readonly status: number;
  readonly info: string;
}

function openStream(client: Client): Broadcast {
  return client.makeBidiStreamRequest(
    METHOD,
    (envelope: common.Envelope) => Buffer.from(envelope.serializeBinary()),
    (bytes: Buffer) => orderer.BroadcastResponse.deserializeBinary(bytes),
  );
}

/** Sends envelopes over one stream; the orderer's answers in their order. */
export function broadcast(client: Client, envelopes: readonly Buffer[]): Promise<Broadcasted[]> {
  return new Promise((resolve, reject) => {
    const answers: Broadcasted[] = [];
    const stream = openStream(client);
    stream.on('data', (response: orderer.BroadcastResponse) => {
      answers.push({ status: response.getStatus(), info: response.getInfo() });
      if (answers.length === envelopes.length) stream.end();
    });
    stream.on('error', reject);
    stream.on('end', () => {
      resolve(answers);
    });
    for (const bytes of envelopes) stream.write(common.Envelope.deserializeBinary(bytes));
  });
}

/**
 * Sends envelopes through one stream, so that they are ordered as they stand here. Raft only: a SmartBFT orderer takes no
 * second transaction with the same nonce and creator, and silently drops one without a nonce.
 */
export async function broadcastInOrder(network: TestNetwork, envelopes: readonly Buffer[]): Promise<Broadcasted[]> {
  const { layout } = network.session;
  const [plan] = layout.orderers;
  if (!plan || layout.topology.ordering.consensus !== 'raft') throw new Error('start the network with --profile raft');
  const client = network.client(plan);
  try {
    return await broadcast(client, envelopes);
  } finally {
    client.close();
  }
}
