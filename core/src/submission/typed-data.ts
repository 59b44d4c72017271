import { concat, fromHex, utf8Encode } from '../bytes';
import { keccak256 } from '../digest';
import { LedgerError } from '../errors';

/**
 * EIP-712 typed data of a submission. Wallets and ethers produce the same digest from `submissionTypes`.
 * The salt is the ledger id (hash of the channel's genesis block): a signature is worthless on another ledger.
 */
export const submissionDomain = { name: 'CarbonAuditLedger', version: '1' } as const;
export const submissionTypes = {
  Submission: [
    { name: 'party', type: 'string' },
    { name: 'recordsRoot', type: 'bytes32' },
    { name: 'recordCount', type: 'uint64' },
    { name: 'signedAt', type: 'uint64' },
  ],
} as const;

/** What a party signs. */
export interface SubmissionMessage {
  /** Hex, 32 bytes. */
  readonly ledger: string;
  readonly party: string;
  /** RFC 6962 root over the leaf hashes of the records, in order. */
  readonly recordsRoot: Uint8Array;
  readonly recordCount: number;
  /** Unix seconds. */
  readonly signedAt: number;
}

/** Hash of a string member (EIP-712). */
export const hashText = (value: string): Uint8Array => keccak256(utf8Encode(value));
const domainType = hashText('EIP712Domain(string name,string version,bytes32 salt)');
const messageType = hashText('Submission(string party,bytes32 recordsRoot,uint64 recordCount,uint64 signedAt)');
const domainName = hashText(submissionDomain.name);
const domainVersion = hashText(submissionDomain.version);
const prefix = Uint8Array.of(0x19, 0x01);

/** A number member: 32 bytes, big-endian (EIP-712). */
export function word(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new LedgerError('BAD_SUBMISSION', `${value} is not a non-negative integer`);
  return fromHex(value.toString(16).padStart(64, '0'));
}

/** Hashes that come again and again: those of the ledger's domain and of the parties. Bounded, because parties are not. */
class HashCache {
  readonly #known = new Map<string, Uint8Array>();
  readonly #hash: (key: string) => Uint8Array;

  constructor(hash: (key: string) => Uint8Array) {
    this.#hash = hash;
  }

  of(key: string): Uint8Array {
    const known = this.#known.get(key);
    if (known) return known;
    const hash = this.#hash(key);
    if (this.#known.size >= 4096) this.#known.clear();
    this.#known.set(key, hash);
    return hash;
  }
}

const separators = new HashCache((ledger) => keccak256(concat(domainType, domainName, domainVersion, fromHex(ledger))));
const parties = new HashCache(hashText);

/** The 32 bytes that are signed (EIP-712, `\x19\x01 ‖ domainSeparator ‖ hashStruct(message)`). */
export function submissionDigest(message: SubmissionMessage): Uint8Array {
  const struct = concat(
    messageType,
    parties.of(message.party),
    message.recordsRoot,
    word(message.recordCount),
    word(message.signedAt),
  );
  return typedDataDigest(message.ledger, struct);
}

/** The 32 bytes that are signed on this ledger for any message: `struct` is its type hash and encoded members. */
export function typedDataDigest(ledger: string, struct: Uint8Array): Uint8Array {
  return keccak256(concat(prefix, separators.of(ledger), keccak256(struct)));
}
