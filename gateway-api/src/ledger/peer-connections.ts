import * as grpc from '@grpc/grpc-js';
import { connect, hash, type Contract, type Gateway, type Network } from '@hyperledger/fabric-gateway';
import { createLowSSigner } from './signer';

/** A peer of one's own organisation. */
export interface PeerEndpoint {
  /** `host:port` */
  readonly endpoint: string;
  readonly tls: {
    readonly rootCert: Uint8Array;
    /** For mutual TLS. */
    readonly clientCert?: Uint8Array;
    readonly clientKey?: Uint8Array;
    /** Name in the peer's certificate, where it differs from the endpoint's host. */
    readonly serverName?: string;
  };
}

/** Milliseconds until a step is given up. */
export interface Timeouts {
  readonly endorse: number;
  readonly submit: number;
  readonly commit: number;
}

export interface ConnectionOptions {
  readonly identity: { readonly mspId: string; readonly certificate: Uint8Array; readonly privateKey: Uint8Array };
  readonly channel: string;
  readonly chaincodeName: string;
  readonly timeouts: Timeouts;
}

export interface PeerConnection {
  readonly gateway: Gateway;
  readonly network: Network;
  readonly contract: Contract;
  readonly close: () => void;
}

const MAX_MESSAGE_BYTES = 100 * 1024 * 1024;
/** What may come before it is read: with HTTP/2's default of 65,535 bytes a large block waits for many round trips. */
const WINDOW_BYTES = 16 * 1024 * 1024;
const FIRST_RECONNECT_MS = 200;
/** Together with the pause of whoever reads blocks, a peer that is back is in use within five seconds. */
const LONGEST_RECONNECT_MS = 2_000;

/**
 * Connections to the peers of one's own organisation, the preferred one first. One is in use; when it does not answer,
 * the next takes its place and stays. Connects lazily.
 */
export class PeerConnections {
  #connections: readonly PeerConnection[];
  #current = 0;
  /** Replaced, and closed once what was asked over them has had its time. */
  readonly #retiring = new Set<PeerConnection>();

  constructor(peers: readonly PeerEndpoint[], options: ConnectionOptions) {
    this.#connections = peers.map((peer) => openConnection(peer, options));
  }

  /** Whoever asks from now on does so anew, as somebody else perhaps; what is under way ends as it began. */
  renew(peers: readonly PeerEndpoint[], options: ConnectionOptions): void {
    const next = peers.map((peer) => openConnection(peer, options));
    const { endorse, submit, commit } = options.timeouts;
    for (const connection of this.#connections) this.#retire(connection, endorse + submit + commit);
    this.#connections = next;
    this.#current = 0;
  }

  #retire(connection: PeerConnection, ms: number): void {
    this.#retiring.add(connection);
    setTimeout(() => {
      if (this.#retiring.delete(connection)) connection.close();
    }, ms).unref();
  }

  get count(): number {
    return this.#connections.length;
  }

  get current(): PeerConnection {
    const connection = this.#connections[this.#current];
    if (connection === undefined) throw new RangeError('a driver needs a peer');
    return connection;
  }

  /** Takes the next peer, unless somebody has done so already since this one was in use. */
  leave(connection: PeerConnection): void {
    if (connection === this.current) this.#current = (this.#current + 1) % this.#connections.length;
  }

  /** Only for what may be done twice: asks each peer once at most, going on while `isAway` says so of the error. */
  async any<T>(use: (connection: PeerConnection) => Promise<T>, isAway: (error: unknown) => boolean): Promise<T> {
    for (let left = this.#connections.length - 1; ; left--) {
      const connection = this.current;
      try {
        return await use(connection);
      } catch (error) {
        if (left === 0 || !isAway(error)) throw error;
        this.leave(connection);
      }
    }
  }

  close(): void {
    for (const connection of [...this.#connections, ...this.#retiring]) connection.close();
    this.#retiring.clear();
  }
}

function openConnection(peer: PeerEndpoint, options: ConnectionOptions): PeerConnection {
  const client = createClient(peer);
  const gateway = connectGateway(client, options);
  const network = gateway.getNetwork(options.channel);
  const close = (): void => {
    gateway.close();
    client.close();
  };
  return { gateway, network, contract: network.getContract(options.chaincodeName), close };
}

function createClient({ endpoint, tls }: PeerEndpoint): grpc.Client {
  const pem = (bytes: Uint8Array | undefined): Buffer | null => (bytes === undefined ? null : Buffer.from(bytes));
  const credentials = grpc.credentials.createSsl(Buffer.from(tls.rootCert), pem(tls.clientKey), pem(tls.clientCert));
  return new grpc.Client(endpoint, credentials, {
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
    'grpc-node.flow_control_window': WINDOW_BYTES,
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 5_000,
    // By itself this client tries a peer that was long away after two minutes only.
    'grpc.initial_reconnect_backoff_ms': FIRST_RECONNECT_MS,
    'grpc.max_reconnect_backoff_ms': LONGEST_RECONNECT_MS,
    ...(tls.serverName === undefined ? {} : { 'grpc.ssl_target_name_override': tls.serverName }),
  });
}

function connectGateway(client: grpc.Client, { identity, timeouts }: ConnectionOptions): Gateway {
  const within = (ms: number) => (): grpc.CallOptions => ({ deadline: Date.now() + ms });
  return connect({
    client,
    identity: { mspId: identity.mspId, credentials: identity.certificate },
    signer: createLowSSigner(identity.privateKey),
    hash: hash.none,
    evaluateOptions: within(timeouts.endorse),
    endorseOptions: within(timeouts.endorse),
    submitOptions: within(timeouts.submit),
    commitStatusOptions: within(timeouts.commit),
  });
}
