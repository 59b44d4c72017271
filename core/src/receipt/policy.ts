import { canonicalBytes, parseStrict, type JsonValue } from '../canonical';
import { toHex } from '../bytes';
import { sha256 } from '#digest-platform';
import { LedgerError } from '../errors';
import type { CheckpointPolicy } from '../log/checkpoint';
import { parseVkey } from '../log/keys';
import { base64, free, hex, integer, list, object, text, uint64 } from './shape';

/**
 * What a verifier pins once and keeps: which ledger, whose keys. It never comes out of a receipt, nor from a service
 * at the time of verifying.
 */
export interface Policy {
  /** v2 exactly where `earlier` is present. */
  readonly schema: typeof POLICY_SCHEMA | typeof POLICY_SCHEMA_2;
  /** Hash of the channel's genesis block, hex: part of everything that parties sign. */
  readonly ledgerId: string;
  /** Origin line of the log's checkpoints. */
  readonly origin: string;
  /** C2SP vkey of the log, type 0x01. */
  readonly logKey: string;
  /** Keys that the log had before, the oldest first. Each may sign up to its size, the next one from there on. */
  readonly retiredLogKeys?: readonly RetiredLogKey[];
  /** C2SP vkeys of witnesses, type 0x04. */
  readonly witnesses: readonly string[];
  /** How many different witnesses must have cosigned. */
  readonly quorum: number;
  /** Root certificates (DER, base64) of time-stamping authorities (RFC 3161). With any, a timestamp is asked for. */
  readonly timestampRoots?: readonly string[];
  /** The contract that witnesses checkpoints on an EVM chain. With it, an anchor there is asked for. */
  readonly anchor?: AnchorContract;
  /** The ledger whose records this one took over at its founding: the first ones of its log are signed for that ledger. */
  readonly earlier?: EarlierRecords;
}

export interface RetiredLogKey {
  /** C2SP vkey, type 0x01. */
  readonly logKey: string;
  /** At which another key took its place, decimal: the last one that it may sign. */
  readonly size: string;
}

interface EarlierRecords {
  /** Hex. */
  readonly ledgerId: string;
  /** How many there are, decimal. */
  readonly size: string;
}

export interface AnchorContract {
  /** EIP-155 chain id, decimal. */
  readonly chainId: string;
  /** Lower-case address. */
  readonly contract: string;
}

export const POLICY_SCHEMA = 'carbon-ledger/policy/v1';
export const POLICY_SCHEMA_2 = 'carbon-ledger/policy/v2';
const MAX_POLICY_BYTES = 64 * 1024;
const MAX_WITNESSES = 32;
const MAX_RETIRED = 64;
const MAX_ROOT_BYTES = 8192;

export const anchorContract = {
  chainId: text(/^[1-9][0-9]{0,19}$/, 'a chain id'),
  contract: text(/^0x[0-9a-f]{40}$/, 'a lower-case address'),
};

const required = {
  schema: free(60),
  ledgerId: hex(32),
  origin: text(/^[^\s]{1,200}$/u, 'an origin'),
  logKey: free(300),
  witnesses: list(free(300), MAX_WITNESSES),
  quorum: integer(0, MAX_WITNESSES),
};
const optional = {
  retiredLogKeys: list(object({ logKey: free(300), size: uint64 }), MAX_RETIRED),
  timestampRoots: list(base64(MAX_ROOT_BYTES), 8),
  anchor: object(anchorContract),
};
const shape = object(required, optional);
const shape2 = object({ ...required, earlier: object({ ledgerId: hex(32), size: uint64 }) }, optional);

type WholePolicy = Required<CheckpointPolicy>;

/** A policy with its keys taken apart, ready to verify with. */
export interface PinnedPolicy {
  readonly id: string;
  readonly ledgerId: string;
  readonly checkpoint: CheckpointPolicy;
  readonly timestampRoots: readonly Uint8Array[];
  readonly anchor: AnchorContract | undefined;
  readonly earlier: { readonly ledgerId: string; readonly size: bigint } | undefined;
}

/** The ledger that a party signed for, by the place of what it signed in the log. */
export function ledgerSignedFor({ ledgerId, earlier }: PinnedPolicy, logIndex: bigint): string {
  return earlier !== undefined && logIndex < earlier.size ? earlier.ledgerId : ledgerId;
}

/**
 * Reads a policy: strict JSON text or bytes, or a value.
 * @throws LedgerError UNSUPPORTED_VERSION, PROOF_MALFORMED, BAD_JSON
 */
export function parsePolicy(input: string | Uint8Array | Policy): PinnedPolicy {
  const value = readValue(input);
  const { earlier, ...read } = readPolicy(value);
  const { ledgerId, origin, logKey, retiredLogKeys = [], witnesses, quorum, timestampRoots, anchor } = read;
  const checkpoint = {
    origin,
    logKey: parseVkey(logKey),
    retired: retiredLogKeys.map((one) => ({ key: parseVkey(one.logKey), size: one.size })),
    witnesses: witnesses.map(parseVkey),
    quorum,
  };
  if (!isConsistent(checkpoint) || !areInTurn(checkpoint)) throw inconsistent();
  return { id: policyId(value), ledgerId, checkpoint, timestampRoots: timestampRoots ?? [], anchor, earlier };
}

/** Those in whose place this one came by the handovers that it names, the last one first: their ids stand in receipts. */
export function policiesBefore({ retiredLogKeys = [], ...policy }: Policy): Policy[] {
  return retiredLogKeys
    .map(({ logKey }, index) => {
      const before = retiredLogKeys.slice(0, index);
      return { ...policy, logKey, ...(before.length === 0 ? {} : { retiredLogKeys: before }) };
    })
    .toReversed();
}

/**
 * A policy as it stands in a file, once it has been read as {@link parsePolicy} reads it.
 * @throws LedgerError as {@link parsePolicy}
 */
export function statedPolicy(input: string | Uint8Array): Policy {
  parsePolicy(input);
  return readValue(input) as object as Policy;
}

/** Any JSON text will do, indented or not, with the mark that some editors put in front: its id is that of its canonical form. */
function readValue(input: string | Uint8Array | Policy): JsonValue {
  const isText = typeof input === 'string' || input instanceof Uint8Array;
  return parseStrict(isText ? withoutMark(input) : canonicalBytes(input), { maxBytes: MAX_POLICY_BYTES });
}

function withoutMark(text: string | Uint8Array): string | Uint8Array {
  if (typeof text === 'string') return text.startsWith('\ufeff') ? text.slice(1) : text;
  const [a, b, c] = text;
  return a === 0xef && b === 0xbb && c === 0xbf ? text.subarray(3) : text;
}

function readPolicy(value: JsonValue): ReturnType<typeof shape> & { readonly earlier?: PinnedPolicy['earlier'] } {
  if (schemaOf(value) === POLICY_SCHEMA_2) return shape2(value, '');
  assertSchema(value, POLICY_SCHEMA);
  return shape(value, '');
}

function isConsistent({ origin, logKey, retired, witnesses, quorum }: WholePolicy): boolean {
  const logKeys = [logKey, ...retired.map(({ key }) => key)];
  return (
    logKeys.every(({ type, name }) => type === 'ed25519' && name === origin) &&
    witnesses.every(({ type }) => type === 'cosignature-v1') &&
    quorum <= witnesses.length
  );
}

/** Every key has its turn once, and the log only grows: else nobody could say which of them signs a size. */
function areInTurn({ logKey, retired }: WholePolicy): boolean {
  const ids = [logKey, ...retired.map(({ key }) => key)].map(({ publicKey }) => toHex(publicKey));
  return (
    new Set(ids).size === ids.length && retired.every(({ size }, index) => size >= (retired[index - 1]?.size ?? 0n))
  );
}

function inconsistent(): LedgerError {
  return new LedgerError(
    'PROOF_MALFORMED',
    'The policy names keys of the wrong kind, log keys that do not follow one another, or a quorum that its witnesses cannot reach.',
  );
}

/** `pol:` and the SHA-256 of the policy's canonical bytes in hex. */
export function policyId(policy: unknown): string {
  return `pol:${toHex(sha256(canonicalBytes(policy)))}`;
}

/**
 * The format a value says to be of.
 * @throws LedgerError UNSUPPORTED_VERSION for another one, PROOF_MALFORMED for none
 */
export function assertSchema(value: JsonValue, expected: string): void {
  const schema = schemaOf(value);
  if (typeof schema !== 'string') throw new LedgerError('PROOF_MALFORMED', 'It does not say which format it is of.');
  if (schema !== expected) throw new LedgerError('UNSUPPORTED_VERSION', `${schema.slice(0, 80)} is not ${expected}.`);
}

function schemaOf(value: JsonValue): JsonValue | undefined {
  return typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
}
