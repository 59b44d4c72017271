import { randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { LedgerError, recoverAddress, verifySm2, type PartyKey } from '@carbon-ledger/core';
import { sessionDigest, type BodyOf, type Challenge } from '@carbon-ledger/client-sdk';
import type { Parties, RegisteredParty } from '../projection/parties';
import type { Caller } from '../records/visibility';

export interface SessionDeskOptions {
  readonly parties: Parties;
  readonly ledgerId: string;
  /** HMAC key of the tokens, 32 bytes; who has it can read as any party, and write as none. */
  readonly secret: Uint8Array;
  readonly clock: () => Date;
  readonly nonce?: () => Uint8Array;
}

export interface OpenSession extends Caller {
  readonly token: string;
  readonly expiresAt: string;
}

const CHALLENGE_MS = 2 * 60_000;
const SESSION_MS = 15 * 60_000;
/** Challenges that may be open at one time; the oldest is forgotten first. */
const OPEN_CHALLENGES = 10_000;
const ISSUER = 'carbon-audit-ledger';

/**
 * Signs parties in by their own key: a challenge that is good once, signed with the host that the party believes it is
 * talking to, gives a short token. A token only reads; every write carries its own signature.
 */
export class SessionDesk {
  readonly #options: Readonly<SessionDeskOptions>;
  readonly #challenges = new Map<string, { readonly party: string; readonly expiresAt: number }>();

  constructor(options: Readonly<SessionDeskOptions>) {
    this.#options = options;
  }

  /** @throws LedgerError PARTY_UNKNOWN */
  async challenge(party: string): Promise<Challenge> {
    await this.#party(party);
    const expiresAt = this.#options.clock().getTime() + CHALLENGE_MS;
    const nonce = Buffer.from(this.#options.nonce?.() ?? randomBytes(32)).toString('hex');
    const [oldest] = this.#challenges.keys();
    if (this.#challenges.size >= OPEN_CHALLENGES && oldest !== undefined) this.#challenges.delete(oldest);
    this.#challenges.set(nonce, { party, expiresAt });
    return { party, nonce, ledger: this.#options.ledgerId, expiresAt: new Date(expiresAt).toISOString() };
  }

  /**
   * @param host the host that the request was sent to
   * @throws LedgerError UNAUTHENTICATED, PARTY_UNKNOWN, PARTY_SUSPENDED, KEY_UNKNOWN, KEY_NOT_VALID, SIGNATURE_INVALID
   */
  async open(answer: BodyOf<'createSession'>, host: string): Promise<OpenSession> {
    this.#spend(answer);
    if (answer.audience.toLowerCase() !== host.toLowerCase()) {
      throw new LedgerError('UNAUTHENTICATED', `Signed for ${answer.audience}, but sent to ${host}.`);
    }
    const party = await this.#party(answer.party);
    const key = keyOf(party, answer.keyId);
    this.#assertInForce(key);
    verifySignature(sessionDigest({ ...answer, ledger: this.#options.ledgerId }), answer.signature, key);
    return this.#issue(party);
  }

  /** Who a token speaks for, as the ledger knows the party now. @throws LedgerError UNAUTHENTICATED */
  async caller(token: string): Promise<OpenSession> {
    const { payload } = await jwtVerify(token, this.#options.secret, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: this.#options.ledgerId,
      currentDate: this.#options.clock(),
    }).catch((cause: unknown) => {
      throw new LedgerError('UNAUTHENTICATED', 'The session token is not valid any more.', { cause });
    });
    const party = await this.#party(payload.sub ?? '');
    return { ...callerOf(party), token, expiresAt: new Date((payload.exp ?? 0) * 1000).toISOString() };
  }

  /** A challenge is good once, whatever comes of it. */
  #spend({ nonce, party }: BodyOf<'createSession'>): void {
    const challenge = this.#challenges.get(nonce);
    this.#challenges.delete(nonce);
    const inTime = challenge !== undefined && challenge.expiresAt > this.#options.clock().getTime();
    if (!inTime || challenge.party !== party) {
      throw new LedgerError('UNAUTHENTICATED', 'The challenge is unknown, used or too old; ask for another.');
    }
  }

  async #party(uscc: string): Promise<RegisteredParty> {
    const party = await this.#options.parties.find(uscc);
    if (party === undefined) throw new LedgerError('PARTY_UNKNOWN', `${uscc} is not registered on this ledger.`);
    if (party.content.status !== 'active') throw new LedgerError('PARTY_SUSPENDED');
    return party;
  }

  #assertInForce(key: PartyKey): void {
    const now = this.#options.clock().toISOString();
    if (key.validFrom <= now && (key.validTo === null || now < key.validTo)) return;
    throw new LedgerError('KEY_NOT_VALID', `${key.id} is not in force now.`);
  }

  async #issue(party: RegisteredParty): Promise<OpenSession> {
    const issuedAt = Math.floor(this.#options.clock().getTime() / 1000);
    const expiresAt = issuedAt + SESSION_MS / 1000;
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(party.uscc)
      .setIssuer(ISSUER)
      .setAudience(this.#options.ledgerId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.#options.secret);
    return { ...callerOf(party), token, expiresAt: new Date(expiresAt * 1000).toISOString() };
  }
}

function callerOf({ uscc, content }: RegisteredParty): Caller {
  return { party: uscc, kind: content.kind, region: content.region };
}

function keyOf(party: RegisteredParty, keyId: string): PartyKey {
  const key = party.content.keys.find(({ id }) => id === keyId);
  if (key === undefined) throw new LedgerError('KEY_UNKNOWN', `${keyId} is not a key of ${party.uscc}.`);
  return key;
}

/** By the suite that the registered key names, whatever the request says. @throws LedgerError SIGNATURE_INVALID */
function verifySignature(digest: Uint8Array, signature: string, key: PartyKey): void {
  if (key.suite === 'sm2-sm3') verifySm2(digest, signature, key);
  else if (recoverAddress(digest, signature) !== key.id) {
    throw new LedgerError('SIGNATURE_INVALID', 'Signed with another key.');
  }
}
