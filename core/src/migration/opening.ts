import { fromHex, isHex, toHex } from '../bytes';
import { LedgerError } from '../errors';
import type { TransactionFacts } from '../judge';
import { assertKeyValid, assertTime, mayCarry } from '../judge/authority';
import { verifyInclusion } from '../merkle';
import { parseRecord, recordId, recordLeafHash } from '../records';
import { parseContent, partyContentSchema, type PartyContent } from '../rulebook';
import { suites } from '../submission/sign';
import { noProgress, type ImportProgress } from './progress';
import {
  earlierCheckpoint,
  migrationDigest,
  parseMigrationStatement,
  type EarlierLedger,
  type MigrationStatement,
  type OrganisationMap,
} from './statement';

/** The founder's current party record on the earlier ledger, and its place in that ledger's log. */
export interface FounderProof {
  readonly record: unknown;
  readonly logIndex: number;
  /** Inclusion path for the size of the checkpoint, hashes in hex, lowest sibling first. */
  readonly path: readonly string[];
}

/** Origin of a ledger that took over another one. */
export interface Migration extends EarlierLedger {
  readonly organisations: OrganisationMap;
  /** What has come in; null once everything has. */
  readonly progress: ImportProgress | null;
}

/** What the state says of a ledger as a whole. */
export interface Founding {
  /** Hex hash of the channel's genesis block; the EIP-712 salt of every signature. */
  readonly ledgerId: string;
  readonly founder: string;
  /** Record id of the founder's party record. */
  readonly record: string;
  /** Present where the ledger began by taking over an earlier one. */
  readonly earlier?: Migration;
}

/**
 * Founds a ledger on an earlier one: the founder of both, with a key of its party record as the earlier ledger's last
 * checkpoint holds it, names that checkpoint. Nothing is taken from the earlier ledger unproved.
 * @throws LedgerError BAD_STATEMENT, WRONG_LEDGER, WRONG_MSP, KEY_UNKNOWN, KEY_NOT_VALID, SIGNATURE_INVALID,
 *   SIGNED_TIME_OUT_OF_RANGE, PARTY_SUSPENDED, INCLUSION_INVALID, and what {@link earlierCheckpoint} throws
 */
export function openMigration(
  { ledger, msp, time }: TransactionFacts,
  value: unknown,
  founderProof: unknown,
): Founding {
  const statement = parseMigrationStatement(value);
  const { founder, earlier, organisations } = statement;
  if (statement.ledger !== ledger) throw new LedgerError('WRONG_LEDGER', `signed for ledger ${statement.ledger}`);
  if (earlier.ledger === ledger) throw new LedgerError('BAD_STATEMENT', 'a ledger does not take over itself');
  const { id, content } = provedFounder(statement, founderProof);
  assertSigned(statement, content, time);
  if (msp !== undefined && !mayCarry(content.msps, msp, organisations))
    throw new LedgerError('WRONG_MSP', `neither the founder nor the statement names ${msp}`);
  return { ledgerId: ledger, founder, record: id, earlier: { ...earlier, organisations, progress: noProgress() } };
}

function provedFounder(
  { founder, earlier }: MigrationStatement,
  proof: unknown,
): { readonly id: string; readonly content: PartyContent } {
  const { record: given, logIndex, path } = readProof(proof);
  const record = parseRecord(given);
  const { size, rootHash } = earlierCheckpoint(earlier);
  const leaf = { leafHash: recordLeafHash(record), index: BigInt(logIndex), size };
  verifyInclusion({ ...leaf, path: path.map(fromHex) }, rootHash);
  if (record.type !== 'party' || record.subject.uscc !== founder)
    throw new LedgerError('BAD_STATEMENT', `the proof does not hold the party record of ${founder}`);
  parseContent(record);
  const content = partyContentSchema.parse(record.content);
  if (content.kind !== 'national-authority')
    throw new LedgerError('BAD_STATEMENT', 'the founder is a national authority');
  return { id: recordId(record), content };
}

function assertSigned(statement: MigrationStatement, content: PartyContent, time: string): void {
  const { keyId, suite, signature, signedAt } = statement;
  const key = content.keys.find(({ id }) => id === keyId);
  if (key === undefined) throw new LedgerError('KEY_UNKNOWN', `${keyId} is not a key of the founder`);
  if (key.suite !== suite) throw new LedgerError('SIGNATURE_INVALID', 'the statement names another suite');
  suites[suite](migrationDigest(statement), signature, key);
  assertKeyValid(key, signedAt, time);
  assertTime(signedAt, time);
  if (content.status !== 'active') throw new LedgerError('PARTY_SUSPENDED', `${statement.founder} is suspended`);
}

function readProof(value: unknown): FounderProof {
  const proof = value as Partial<FounderProof> | null;
  const isWhole =
    typeof proof === 'object' &&
    Number.isSafeInteger(proof?.logIndex) &&
    Number(proof?.logIndex) >= 0 &&
    Array.isArray(proof?.path) &&
    proof.path.every((hash) => typeof hash === 'string' && isHex(hash, 32));
  if (!isWhole) throw new LedgerError('BAD_STATEMENT', "the proof of the founder's record is not well formed");
  return proof as FounderProof;
}

/** Hashes of a proof as they travel. */
export function hexPath(path: readonly Uint8Array[]): string[] {
  return path.map(toHex);
}
