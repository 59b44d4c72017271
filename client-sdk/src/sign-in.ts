import type { Signer } from '@carbon-ledger/core';
import { sessionDigest } from './session-digest';
import type { Transport } from './transport';

/** A session is renewed this long before it ends. */
const RENEW_BEFORE_MS = 60_000;

interface Session {
  readonly token: string;
  readonly expiresAt: number;
}

/** Signs in when a call needs it and keeps the session until shortly before it ends. The key stays in the signer. */
export class SignIn {
  readonly #transport: Transport;
  readonly #party: string;
  readonly #signer: Signer;
  readonly #clock: () => number;
  #session: Promise<Session> | undefined;

  constructor(transport: Transport, party: string, signer: Signer, clock: () => number) {
    this.#transport = transport;
    this.#party = party;
    this.#signer = signer;
    this.#clock = clock;
  }

  async token(): Promise<string> {
    const session = await this.#session?.catch(() => undefined);
    if (session !== undefined && session.expiresAt - RENEW_BEFORE_MS > this.#clock()) return session.token;
    this.#session = this.#signIn();
    return (await this.#session).token;
  }

  async #signIn(): Promise<Session> {
    const { nonce, ledger } = await this.#transport.call('createChallenge', { body: { party: this.#party } });
    const { audience } = this.#transport;
    const digest = sessionDigest({ ledger, party: this.#party, audience, nonce });
    const { keyId, suite } = this.#signer;
    const signature = await this.#signer.sign(digest);
    const body = { party: this.#party, nonce, keyId, suite, audience, signature };
    const { token, expiresAt } = await this.#transport.call('createSession', { body });
    return { token, expiresAt: Date.parse(expiresAt) };
  }
}
