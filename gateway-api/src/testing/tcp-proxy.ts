import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** A door to a peer that can be shut: what comes in is handed on byte by byte, so that TLS ends at the peer. */
export class TcpProxy {
  readonly endpoint: string;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  private constructor(server: Server, sockets: Set<Socket>) {
    this.#server = server;
    this.#sockets = sockets;
    this.endpoint = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  static async open(target: string): Promise<TcpProxy> {
    const [host = '', port = ''] = target.split(':');
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      const onward = connect(Number(port), host);
      for (const each of [socket, onward]) {
        sockets.add(each);
        // A cut connection is what this is for.
        each.on('error', () => each.destroy());
        each.on('close', () => sockets.delete(each));
      }
      socket.pipe(onward).pipe(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TcpProxy(server, sockets);
  }

  /** Cuts every connection and takes no more; safe to call twice. */
  async shut(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }
}
