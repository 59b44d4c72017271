import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { LedgerError } from '@carbon-ledger/core';
import { gateway, peer } from '@hyperledger/fabric-protos';
import type { KeyPair } from '../identity/certificates';
import { createDeliverService } from './deliver';
import { createGatewayService } from './gateway';
import { createBroadcastService, createEndorserService } from './node-services';
import type { PeerContext } from './peer-context';
import { socketsOf, widenWindows } from './http2-servers';

const MAX_MESSAGE_BYTES = 100 * 1024 * 1024;
const CLOSE_GRACE_MS = 2_000;

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly authority: string; readonly server: KeyPair };
}

/** The listening gRPC server. */
export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

function addServices(server: Server, context: PeerContext): void {
  const deliver = createDeliverService(context);
  const broadcast = createBroadcastService(context);
  const services: (readonly [ServiceDefinition, UntypedServiceImplementation])[] = [
    [gateway.GatewayService, createGatewayService(context)],
    [peer.EndorserService, createEndorserService(context)],
    [deliver.definition, deliver.implementation],
    [broadcast.definition, broadcast.implementation],
  ];
  for (const [definition, implementation] of services) server.addService(definition, implementation);
}

async function bind(server: Server, { host, port, tls }: ListenOptions): Promise<number> {
  const pair = {
    private_key: Buffer.from(tls.server.privateKey),
    cert_chain: Buffer.from(tls.server.certificate),
  };
  // Mutual TLS: only holders of a certificate of the folder's own TLS root get as far as a request.
  const credentials = ServerCredentials.createSsl(Buffer.from(tls.authority), [pair], true);
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, credentials, (error, bound) => {
      if (error) reject(notBound(error, `${host}:${port}`));
      else resolve(bound);
    });
  });
}

/** grpc-js tells in words alone why it could not listen. */
function notBound(cause: Error, address: string): Error {
  if (!/EADDRINUSE|EACCES|EADDRNOTAVAIL/.test(cause.message)) return cause;
  return new LedgerError('PORT_TAKEN', `the peer cannot listen on ${address}`, { cause });
}

/** Open calls get a moment to end; streams that never end by themselves are cut. */
async function shutDown(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, CLOSE_GRACE_MS);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Starts to serve every protocol of the peer on one port. @throws LedgerError PORT_TAKEN */
export async function startServer(context: PeerContext, options: ListenOptions): Promise<RunningServer> {
  const server = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
  });
  addServices(server, context);
  const port = await bind(server, options);
  widenWindows(server);
  const sockets = socketsOf(server);
  const close = async (): Promise<void> => {
    await shutDown(server);
    // Whoever connected and said nothing would keep the thread, and with it the process, alive.
    for (const socket of sockets) socket.destroy();
  };
  return { port, close };
}
