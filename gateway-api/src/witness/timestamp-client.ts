import { randomBytes } from 'node:crypto';
import {
  LedgerError,
  MAX_TOKEN_BYTES,
  TIMESTAMP_QUERY,
  TIMESTAMP_REPLY,
  timestampRequest,
  toHex,
  tokenOfResponse,
  verifyTimestamp,
  type VerifiedTimestamp,
} from '@carbon-ledger/core';
import { askOutside } from './outside';

export interface TimestampAuthority {
  /** Where the authority takes requests over HTTP or HTTPS (RFC 3161 section 3.4). */
  readonly url: string;
  /** Root certificates that were pinned for it, DER. */
  readonly roots: readonly Uint8Array[];
}

export interface StampedTimestamp extends VerifiedTimestamp {
  /** RFC 3161 token, DER. */
  readonly token: Uint8Array;
}

const NONCE_BYTES = 16;

/** Asks one time-stamping authority, and takes only what holds under its pinned roots. */
export class TimestampClient {
  readonly #authority: TimestampAuthority;
  readonly #timeoutMs: number;
  readonly #random: (bytes: number) => Uint8Array;

  constructor(authority: Readonly<TimestampAuthority>, timeoutMs = 10_000, random = randomBytes) {
    this.#authority = authority;
    this.#timeoutMs = timeoutMs;
    this.#random = random;
  }

  /**
   * A verified token over a message, such as the text of a checkpoint.
   * @throws LedgerError OUTSIDE_UNREACHABLE, OUTSIDE_REFUSED and those of verifyTimestamp
   */
  async stamp(message: Uint8Array): Promise<StampedTimestamp> {
    const nonce = BigInt(`0x${toHex(this.#random(NONCE_BYTES))}`);
    const token = tokenOfResponse(await this.#ask(timestampRequest(message, nonce)));
    return { token, ...verifyTimestamp({ token, message, roots: this.#authority.roots, nonce }) };
  }

  async #ask(request: Uint8Array): Promise<Uint8Array> {
    const { url } = this.#authority;
    const post = { contentType: TIMESTAMP_QUERY, body: request };
    const answer = await askOutside({ url, post, timeoutMs: this.#timeoutMs, maxBytes: 2 * MAX_TOKEN_BYTES });
    if (answer.status === 200 && answer.contentType === TIMESTAMP_REPLY) return answer.body;
    throw new LedgerError('OUTSIDE_REFUSED', `${url} answered ${String(answer.status)} with no timestamp.`, {
      details: { status: answer.status, contentType: answer.contentType },
    });
  }
}
