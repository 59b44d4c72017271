import { credentials, Client } from '@grpc/grpc-js';
import { connect, hash, signers, type Contract, type Gateway, type Network } from '@hyperledger/fabric-gateway';
import { createPrivateKey } from 'node:crypto';
import type { EmbeddedPeer } from '../start';

const LARGE = 100 * 1024 * 1024;

/** The unmodified fabric-gateway client, connected to a peer as one organisation. */
export interface TestClient {
  readonly client: Client;
  readonly gateway: Gateway;
  readonly network: Network;
  readonly contract: Contract;
  /** Text that the contract answers. */
  readonly evaluate: (name: string, ...args: string[]) => Promise<string>;
  readonly submit: (name: string, ...args: string[]) => Promise<string>;
  /** Asks qscc about the channel. */
  readonly chain: (name: string, ...args: (string | Uint8Array)[]) => Promise<Uint8Array>;
  close(): void;
}

export function rawClient(peer: EmbeddedPeer): Client {
  const { rootCert, clientKey, clientCert, serverName } = peer.tls;
  return new Client(peer.endpoint, credentials.createSsl(rootCert, clientKey, clientCert), {
    'grpc.ssl_target_name_override': serverName,
    'grpc.max_receive_message_length': LARGE,
    'grpc.max_send_message_length': LARGE,
  });
}

export function connectClient(peer: EmbeddedPeer, mspId = 'EmbeddedMSP'): TestClient {
  const identity = peer.identities.get(mspId);
  if (!identity) throw new Error(`no identity for ${mspId}`);
  const client = rawClient(peer);
  const gateway = connect({
    client,
    identity: { mspId, credentials: identity.certificate },
    signer: signers.newPrivateKeySigner(createPrivateKey(identity.privateKey)),
    hash: hash.sha256,
  });
  const network = gateway.getNetwork(peer.channel);
  const contract = network.getContract(peer.chaincodeName);
  return {
    client,
    gateway,
    network,
    contract,
    evaluate: async (name, ...args) => text(await contract.evaluateTransaction(name, ...args)),
    submit: async (name, ...args) => text(await contract.submitTransaction(name, ...args)),
    chain: (name, ...args) => network.getContract('qscc').evaluate(name, { arguments: [peer.channel, ...args] }),
    close: () => {
      gateway.close();
      client.close();
    },
  };
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

/** The error that a call ends with; it is of the kind that the test expects, and the test looks at it. */
export async function rejection<T extends Error>(promise: Promise<unknown>): Promise<T> {
  try {
    await promise;
  } catch (error) {
    return error as T;
  }
  throw new Error('it was accepted');
}
