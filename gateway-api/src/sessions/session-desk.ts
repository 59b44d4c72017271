import { createHmac, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { jwtVerify, SignJWT } from 'jose';
import {
  assertActive,
  assertKeyValid,
  isLedgerError,
  LedgerError,
  recoverAddress,
  verifySm2,
  type PartyKey,
} from '@carbon-ledger/core';
import { sessionDigest, type BodyOf, type Challenge } from '@carbon-ledger/client-sdk';
import type { Parties, RegisteredParty } from '../projection/parties';
import type { Caller } from '../records/visibility';
import { Challenges, type SharedChallenges } from './challenges';

export interface SessionDeskOptions {
  readonly parties: Parties;
  readonly ledgerId: string;
  /** HMAC key of the tokens, 32 bytes; who has it can read as any party, and write as none. */
  readonly secret: Uint8Array;
  readonly clock: () => Date;
  /** Folder of all gateways of the organisation, which then take each other's challenges. */
  readonly sharedDir?: string | undefined;
  /** What this service is called by: hosts, with their port where it is not that of the scheme, in lower case. */
  readonly names: () => readonly string[];
}

export interface OpenSession extends Caller {
  readonly token: string;
  readonly expiresAt: string;
  /** Id of the key that signed in. */
  readonly key: string;
  /** Which of the party's sessions it is: the token tells no other. */
  readonly id: string;
}

const CHALLENGE_MS = 2 * 60_000;
const SESSION_MS = 15 * 60_000;
const ISSUER = 'carbon-audit-ledger';

/**
 * Signs parties in by their own key: a challenge that is good once, signed with the name by which the party knows this
 * service, gives a short token, which ends with the key. A token only reads; every write carries its own signature.
 */
export class SessionDesk {
  readonly #options: Readonly<SessionDeskOptions>;
  readonly #challenges: Challenges;

  constructor(options: Readonly<SessionDeskOptions>) {
    this.#options = options;
    this.#challenges = new Challenges(CHALLENGE_MS, undefined, sharedChallenges(options));
  }

  /** @throws LedgerError PARTY_UNKNOWN, PARTY_ENDED, PARTY_SUSPENDED */
  async challenge(party: string): Promise<Challenge> {
    await this.#party(party);
    const { nonce, expiresAt } = this.#challenges.make(party, this.#now());
    return { party, nonce, ledger: this.#options.ledgerId, expiresAt: new Date(expiresAt).toISOString() };
  }

  /**
   * @throws LedgerError UNAUTHENTICATED, RATE_LIMITED, PARTY_UNKNOWN, PARTY_ENDED, PARTY_SUSPENDED, KEY_UNKNOWN,
   *   KEY_NOT_VALID, SIGNATURE_INVALID
   */
  async open(answer: BodyOf<'createSession'>): Promise<OpenSession> {
    this.#challenges.spend(answer, this.#now());
    this.#assertOwnName(answer.audience);
    const party = await this.#party(answer.party);
    const key = keyOf(party, answer.keyId);
    this.#assertInForce(key);
    verifySignature(sessionDigest({ ...answer, ledger: this.#options.ledgerId }), answer.signature, key);
    return this.#issue(party, key.id);
  }

  /** Who a token speaks for, as the ledger knows the party and its key now. @throws LedgerError UNAUTHENTICATED */
  async caller(token: string): Promise<OpenSession> {
    const { payload } = await jwtVerify(token, this.#options.secret, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: this.#options.ledgerId,
      requiredClaims: ['sub', 'exp', 'iat', 'key', 'jti'],
      maxTokenAge: SESSION_MS / 1000,
      currentDate: this.#options.clock(),
    }).catch((cause: unknown) => {
      throw ended(cause);
    });
    const key = String(payload['key']);
    const party = await this.#partyOfKey(payload.sub ?? '', key);
    const expiresAt = new Date((payload.exp ?? 0) * 1000).toISOString();
    return { ...callerOf(party), token, expiresAt, key, id: payload.jti ?? '' };
  }

  /** A session ends with its key, and with the party that has it. */
  async #partyOfKey(uscc: string, keyId: string): Promise<RegisteredParty> {
    try {
      const party = await this.#party(uscc);
      this.#assertInForce(keyOf(party, keyId));
      return party;
    } catch (error) {
      if (isLedgerError(error)) throw ended(error);
      throw error;
    }
  }

  /** What the request says of the host is of no account: whoever passes a signature on writes the request. */
  #assertOwnName(audience: string): void {
    const names = this.#options.names();
    if (names.includes(audience.toLowerCase())) return;
    throw new LedgerError(
      'UNAUTHENTICATED',
      `Signed for ${audience}, but this service is ${names.join(', ')}; other names of it are configured (serve --public-url).`,
    );
  }

  #now(): number {
    return this.#options.clock().getTime();
  }

  async #party(uscc: string): Promise<RegisteredParty> {
    const party = await this.#options.parties.find(uscc);
    if (party === undefined) throw new LedgerError('PARTY_UNKNOWN', `${uscc} is not registered on this ledger.`);
    assertActive(uscc, party);
    return party;
  }

  /** What may not sign may not read: a key that is said to be compromised opens nothing either. */
  #assertInForce(key: PartyKey): void {
    assertKeyValid(key, `${this.#options.clock().toISOString().slice(0, 19)}Z`);
  }

  async #issue(party: RegisteredParty, key: string): Promise<OpenSession> {
    const issuedAt = Math.floor(this.#options.clock().getTime() / 1000);
    const expiresAt = issuedAt + SESSION_MS / 1000;
    const id = randomUUID();
    const token = await new SignJWT({ key })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(party.uscc)
      .setJti(id)
      .setIssuer(ISSUER)
      .setAudience(this.#options.ledgerId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.#options.secret);
    return { ...callerOf(party), token, expiresAt: new Date(expiresAt * 1000).toISOString(), key, id };
  }
}

/** Another secret than that of the tokens, made of it: a tag of one is none of the other. */
function sharedChallenges({ sharedDir, secret }: SessionDeskOptions): SharedChallenges | undefined {
  if (sharedDir === undefined) return undefined;
  const own = createHmac('sha256', secret).update('challenges').digest();
  return { secret: own, folder: join(sharedDir, 'challenges') };
}

function ended(cause: unknown): LedgerError {
  return new LedgerError('UNAUTHENTICATED', 'The session token is not valid any more.', { cause });
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
