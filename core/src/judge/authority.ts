import { LedgerError } from '../errors';
import type { PartyKey } from '../rulebook';
import type { PartyState } from '../state';
import { unixSeconds, verifySubmissionSignature, type DigestedSubmission } from '../submission';

/** A party may sign ahead of submitting (a quiet machine, a slow line), but not after. */
export const LONGEST_BEFORE_SUBMITTING_SECONDS = 30 * 86_400;
/** How far clocks may be apart. */
export const LONGEST_AHEAD_SECONDS = 600;

/** Who submits: the X.509 identity's organisation, and the transaction time in RFC 3339. */
export interface TransactionFacts {
  /** Absent for a transaction of an earlier ledger, of which nobody can tell any more. */
  readonly msp?: string;
  /** Organisations of this ledger that stand for one of an earlier ledger (migration statement). */
  readonly organisations?: Readonly<Record<string, readonly string[]>>;
  readonly time: string;
  readonly ledger: string;
  /** Who founded the ledger: whose tables set the days of a year. */
  readonly founder?: string;
  /**
   * An auditor judges what was taken, and asks for no more than the transaction read: refusals then tell what is wrong, and not where
   * things stand and who may act.
   */
  readonly isAudit?: true;
}

function registeredKey(party: PartyState, keyId: string): PartyKey {
  const key = party.content.keys.find((candidate) => candidate.id === keyId);
  if (!key) throw new LedgerError('KEY_UNKNOWN', `${keyId} is not a key of this party`, { details: { keyId } });
  return key;
}

/**
 * The key must be valid when it signed and when the transaction was made: the signing time is only claimed, so a stolen key
 * that was ended could otherwise sign into the past.
 */
export function assertKeyValid(key: PartyKey, ...instants: readonly string[]): void {
  for (const instant of instants) {
    if (key.compromisedSince !== undefined && instant >= key.compromisedSince)
      throw new LedgerError('KEY_NOT_VALID', `${key.id} is compromised since ${key.compromisedSince}`);
    if (key.validFrom <= instant && (key.validTo === null || instant < key.validTo)) continue;
    const window = `from ${key.validFrom} to ${key.validTo ?? 'further notice'}`;
    throw new LedgerError('KEY_NOT_VALID', `${key.id} is valid ${window}, not at ${instant}`);
  }
}

export function assertTime(signedAt: string, time: string): void {
  const ahead = unixSeconds(signedAt) - Date.parse(time) / 1000;
  if (ahead <= LONGEST_AHEAD_SECONDS && -ahead <= LONGEST_BEFORE_SUBMITTING_SECONDS) return;
  throw new LedgerError('SIGNED_TIME_OUT_OF_RANGE', `signed at ${signedAt}, submitted at ${time}`);
}

/**
 * Two signatures on every write: the organisation that submits (checked by Fabric) and the party that answers for it
 * (checked here), and the two must belong together. A gateway operator cannot anchor in another party's name.
 */
export function authorise(
  digested: DigestedSubmission,
  party: PartyState | undefined,
  tx: TransactionFacts,
): PartyState {
  const { submission } = digested;
  if (submission.ledger !== tx.ledger)
    throw new LedgerError('WRONG_LEDGER', `signed for ledger ${submission.ledger}, this is ${tx.ledger}`);
  if (!party) throw new LedgerError('PARTY_UNKNOWN', `${submission.party} is not registered`);
  const key = registeredKey(party, submission.keyId);
  verifySubmissionSignature(digested, key);
  assertKeyValid(key, submission.signedAt, tx.time);
  assertTime(submission.signedAt, tx.time);
  assertActive(submission.party, party);
  assertCarrier(submission.party, party, tx);
  return party;
}

/**
 * Ending, withdrawing and suspending a party end what it may sign, at that instant.
 * @throws LedgerError PARTY_ENDED, PARTY_SUSPENDED
 */
export function assertActive(uscc: string, { content, ended }: Omit<PartyState, 'record' | 'version'>): void {
  if (ended !== undefined || content.status === 'ended')
    throw new LedgerError(
      'PARTY_ENDED',
      `the registration of ${uscc} was ended${ended === undefined ? '' : ` at ${ended}`}`,
    );
  if (content.status === 'suspended') throw new LedgerError('PARTY_SUSPENDED', `${uscc} is suspended`);
}

/** Gateways of the organisations that the party names, and of those that stand for them, may submit for it. */
function assertCarrier(uscc: string, { content: { msps } }: PartyState, tx: TransactionFacts): void {
  const { msp, organisations = {} } = tx;
  if (msp === undefined || mayCarry(msps, msp, organisations)) return;
  throw new LedgerError('WRONG_MSP', `${msp} may not submit for ${uscc}`, { details: { msps } });
}

/** Whether an organisation is one of those named, or stands for one of them. */
export function mayCarry(
  named: readonly string[],
  msp: string,
  organisations: NonNullable<TransactionFacts['organisations']>,
): boolean {
  const standsFor = (name: string): boolean =>
    Object.hasOwn(organisations, name) && organisations[name]?.includes(msp) === true;
  return named.includes(msp) || named.some(standsFor);
}
