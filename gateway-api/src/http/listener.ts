import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers that were given up on get this long to be written. */
const LAST_WORDS_MS = 500;
const SWEEP_MS = 20;

/** The HTTP server: limits against slow and endless requests, and an orderly end. */
export class Listener {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, host: string) {
    this.#server = server;
    const { port } = server.address() as AddressInfo;
    this.url = `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  }

  /** @throws the system's error when the address is taken or not allowed */
  static open(app: RequestListener, host: string, port: number): Promise<Listener> {
    const server = createServer({ requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 }, app);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve(new Listener(server, host));
      });
    });
  }

  /**
   * Takes no more requests and waits for those under way.
   * @param graceMs how long they may take
   * @param giveUp called after that; what still waits must then be answered
   */
  async close(graceMs: number, giveUp: () => void): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    // A connection that is kept alive after its last answer would hold the server open.
    const sweep = setInterval(() => {
      this.#server.closeIdleConnections();
    }, SWEEP_MS);
    const grace = setTimeout(giveUp, graceMs);
    const end = setTimeout(() => {
      this.#server.closeAllConnections();
    }, graceMs + LAST_WORDS_MS);
    await closed;
    clearInterval(sweep);
    clearTimeout(grace);
    clearTimeout(end);
  }
}
