import { LedgerError, type Fault } from '../errors';
import { recordTypes, type LedgerRecord, type PartyKey } from '../records';
import { unixSeconds, verifySubmissionSignature, type DigestedSubmission } from '../submission';
import type { PartyState } from './state';

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
  if (party.content.status !== 'active') throw new LedgerError('PARTY_SUSPENDED', `${submission.party} is suspended`);
  assertCarrier(submission.party, party, tx);
  return party;
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

function inRegion(authority: PartyState, region: string): boolean {
  const { kind, region: own } = authority.content;
  if (kind === 'national-authority') return true;
  return kind === 'city-authority' ? own.slice(0, 4) === region.slice(0, 4) : own.slice(0, 2) === region.slice(0, 2);
}

/** Faults of who files what about whom. `subject` is the party that the record is about, where it is registered. */
export function filingFaults(record: LedgerRecord, filer: PartyState, subject: PartyState | undefined): Fault[] {
  const spec = recordTypes[record.type];
  const faults: Fault[] = [];
  const refuse = (path: string, message: string): number => faults.push({ path, code: 'NOT_ALLOWED_TO_FILE', message });
  if (!spec.filedBy.includes(filer.content.kind)) {
    refuse(
      '/issuer',
      `a ${filer.content.kind} may not file a ${record.type}; it is filed by: ${spec.filedBy.join(', ')}`,
    );
  }
  if (spec.about === 'self' && record.subject.uscc !== record.issuer)
    refuse('/subject/uscc', `a ${record.type} is about its own issuer`);
  if (spec.about === 'region' && !(subject && inRegion(filer, subject.content.region))) {
    refuse('/subject/uscc', `${record.subject.uscc} is not a registered party of this authority's region`);
  }
  return faults;
}
