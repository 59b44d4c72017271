import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { LedgerError } from '@carbon-ledger/core';
import { contextOf, TLS_SETTINGS, type TlsPair } from './tls-pair';

/** Answers that were given up on get this long to be written. */
const LAST_WORDS_MS = 500;
const SWEEP_MS = 20;
const LIMITS = { requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 };

/** The HTTP server: limits against slow and endless requests, and an orderly end. */
export class Listener {
  readonly url: string;
  readonly #server: Server;
  readonly #parting: { isOn: boolean };

  private constructor(server: Server, host: string, parting: { isOn: boolean }) {
    this.#server = server;
    this.#parting = parting;
    const { port } = server.address() as AddressInfo;
    this.url = `${server instanceof TlsServer ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  }

  /** @throws the system's error when the address is taken or not allowed */
  static open(app: RequestListener, host: string, port: number, tls?: TlsPair): Promise<Listener> {
    const parting = { isOn: false };
    const answer: RequestListener = (request, response) => {
      if (parting.isOn) response.setHeader('connection', 'close');
      app(request, response);
    };
    const server =
      tls === undefined
        ? createServer(LIMITS, answer)
        : createTlsServer({ ...LIMITS, ...TLS_SETTINGS, ...contextOf(tls) }, answer);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve(new Listener(server, host, parting));
      });
    });
  }

  /** Who connects from now on is shown this pair; connections that stand go on. @throws LedgerError USAGE without TLS */
  renew(tls: TlsPair): void {
    if (!(this.#server instanceof TlsServer)) throw new LedgerError('USAGE', 'the service was started without TLS');
    this.#server.setSecureContext({ ...TLS_SETTINGS, ...contextOf(tls) });
  }

  /**
   * Goes on answering, each answer the last of its connection: one that is kept alive would be cut at the end, perhaps under a
   * request that was just sent, of which nobody could say what became of it.
   */
  part(): void {
    this.#parting.isOn = true;
  }

  /**
   * Takes no more requests and waits for those under way.
   * @param graceMs how long they may take
   * @param giveUp called after that; what still waits must then be answered
   */
  async close(graceMs: number, giveUp: () => void): Promise<void> {
    this.part();
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
