import type { Server } from '@grpc/grpc-js';
import type { Http2SecureServer, ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

/**
 * Bytes of a call, and of a connection, that may come before they are read. With HTTP/2's default of 65,535 a
 * transaction of a thousand records takes a dozen round trips between two busy event loops.
 */
export const WINDOW_BYTES = 16 * 1024 * 1024;

/** grpc-js has an option for this in its client only, so the HTTP/2 servers below it are told. Call it once it is bound. */
export function widenWindows(server: Server): void {
  for (const http2Server of http2ServersOf(server)) {
    http2Server.updateSettings({ initialWindowSize: WINDOW_BYTES });
    http2Server.on('session', (session: ServerHttp2Session) => {
      session.setLocalWindowSize(WINDOW_BYTES);
    });
  }
}

/** Connections of a server, those included that never came as far as HTTP/2 and that grpc-js does not know. */
export function socketsOf(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  for (const http2Server of http2ServersOf(server)) {
    http2Server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
  }
  return sockets;
}

function http2ServersOf(server: Server): Iterable<Http2SecureServer> {
  return (Reflect.get(server, 'http2Servers') as ReadonlyMap<Http2SecureServer, unknown>).keys();
}
