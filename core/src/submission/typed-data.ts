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

const text = (value: string): Uint8Array => keccak256(utf8Encode(value));
const domainType = text('EIP712Domain(string name,string version,bytes32 salt)');
const messageType = text('Submission(string party,bytes32 recordsRoot,uint64 recordCount,uint64 signedAt)');
const domainName = text(submissionDomain.name);
const domainVersion = text(submissionDomain.version);
const prefix = Uint8Array.of(0x19, 0x01);

function word(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new LedgerError('BAD_SUBMISSION', `${value} is not a non-negative integer`);
  return fromHex(value.toString(16).padStart(64, '0'));
}

/** Domain separators of ledgers seen so far; a process meets one or two. */
const separators = new Map<string, Uint8Array>();

function domainSeparator(ledger: string): Uint8Array {
  const known = separators.get(ledger);
  if (known) return known;
  const separator = keccak256(concat(domainType, domainName, domainVersion, fromHex(ledger)));
  if (separators.size >= 64) separators.clear();
  separators.set(ledger, separator);
  return separator;
}

/** The 32 bytes that are signed (EIP-712, `\x19\x01 ‖ domainSeparator ‖ hashStruct(message)`). */
export function submissionDigest(message: SubmissionMessage): Uint8Array {
  const struct = concat(
    messageType,
    text(message.party),
    message.recordsRoot,
    word(message.recordCount),
    word(message.signedAt),
  );
  return keccak256(concat(prefix, domainSeparator(message.ledger), keccak256(struct)));
}
