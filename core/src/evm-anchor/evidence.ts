import { concat, fromHex, toHex } from '../bytes';
import { LedgerError } from '../errors';
import { keccak256 } from '../digest';
import { readProof } from '../receipt/receipt';
import { assertSchema } from '../receipt/policy';
import { free, list, object, text, uint64 } from '../receipt/shape';
import { invalid } from './fault';
import { decodeRlp, type Rlp } from './rlp';
import { anchorSlots } from './storage';
import { trieValue } from './trie';

export const EVM_EVIDENCE_SCHEMA = 'carbon-ledger/evm-evidence/v1';
/** Longest evidence that is read; on a large chain one has about 10 KB. */
export const MAX_EVIDENCE_BYTES = 64 * 1024;
const MAX_NODES = 65;

const bytes = text(/^0x(?:[0-9a-f]{2}){1,2048}$/, 'bytes in hex');
const nodes = list(bytes, MAX_NODES);

const evidenceShape = object({
  schema: free(60),
  /** EIP-155 chain id, decimal. */
  chainId: text(/^[1-9][0-9]{0,19}$/, 'a chain id'),
  contract: text(/^0x[0-9a-f]{40}$/, 'a lower-case address'),
  origin: text(/^[^\s]{1,200}$/u, 'an origin'),
  size: uint64,
  /** RLP of the header of the block whose state is proved. */
  header: bytes,
  /** Nodes of the state trie on the way to the contract (EIP-1186). */
  account: nodes,
  /** Nodes of the contract's storage trie on the way to the root and to the time of the checkpoint. */
  root: nodes,
  time: nodes,
});
export type EvmEvidence = ReturnType<typeof evidenceShape>;

/** What a chain holds about a checkpoint, as far as the block can be trusted. */
export interface ProvedAnchor {
  readonly chainId: string;
  readonly contract: string;
  readonly origin: string;
  readonly size: bigint;
  readonly rootHash: Uint8Array;
  /** When it was posted, seconds since 1970, by the clock of the chain. */
  readonly time: bigint;
  readonly blockNumber: bigint;
}

export interface EvidenceQuestion {
  /** The evidence's text or bytes, or the parsed JSON value. */
  readonly evidence: unknown;
  /** Hashes of blocks that the verifier knows from elsewhere (an own node, explorers, print), `0x` and lower-case hex. */
  readonly blocks: readonly string[];
}

/**
 * Reads a contract's storage out of a block, offline. The chain id is what the evidence says: it stands in no header,
 * so it is the known block that says which chain this is.
 * @throws LedgerError PROOF_OVERSIZED, PROOF_MALFORMED, UNSUPPORTED_VERSION, ANCHOR_INVALID
 */
export function verifyEvmEvidence({ evidence, blocks }: Readonly<EvidenceQuestion>): ProvedAnchor {
  const value = readProof(evidence, MAX_EVIDENCE_BYTES);
  assertSchema(value, EVM_EVIDENCE_SCHEMA);
  const read = evidenceShape(value, '');
  const { chainId, contract, origin, size } = read;
  const { stateRoot, blockNumber } = readHeader(fromPrefixed(read.header), blocks);
  const storageRoot = storageRootOf(stateRoot, contract, read.account.map(fromPrefixed));
  const slots = anchorSlots(origin, size);
  const rootHash = storedWord(storageRoot, slots.root, read.root);
  const time = BigInt(`0x${toHex(storedWord(storageRoot, slots.time, read.time))}`);
  return { chainId, contract, origin, size, rootHash, time, blockNumber };
}

/** Order of a header's first fields (yellow paper, section 4.4.3); later forks only add at the end. */
const STATE_ROOT = 3;
const NUMBER = 8;

function readHeader(header: Uint8Array, blocks: readonly string[]): { stateRoot: Uint8Array; blockNumber: bigint } {
  const hash = `0x${toHex(keccak256(header))}`;
  if (!blocks.includes(hash)) {
    throw new LedgerError('ANCHOR_INVALID', `Block ${hash} is none that is known here.`, { details: { block: hash } });
  }
  const fields = listOf(decodeRlp(header), 'a header');
  return { stateRoot: bytesOf(fields[STATE_ROOT]), blockNumber: numberOf(bytesOf(fields[NUMBER])) };
}

/** An account is nonce, balance, storage root, code hash (yellow paper, section 4.1). */
function storageRootOf(stateRoot: Uint8Array, contract: string, proof: readonly Uint8Array[]): Uint8Array {
  const account = trieValue(stateRoot, keccak256(fromPrefixed(contract)), proof);
  return bytesOf(listOf(decodeRlp(account), 'an account')[2]);
}

/** A word of storage; leading zeros are not stored. */
function storedWord(storageRoot: Uint8Array, slot: Uint8Array, proof: readonly string[]): Uint8Array {
  const value = bytesOf(decodeRlp(trieValue(storageRoot, keccak256(slot), proof.map(fromPrefixed))));
  if (value.length > 32) throw invalid('a stored value is too long');
  return concat(new Uint8Array(32 - value.length), value);
}

function listOf(value: Rlp, what: string): readonly Rlp[] {
  if (value instanceof Uint8Array) throw invalid(`${what} is no list`);
  return value;
}

function bytesOf(value: Rlp | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw invalid('a field is missing');
  return value;
}

function numberOf(digits: Uint8Array): bigint {
  return BigInt(`0x0${toHex(digits)}`);
}

function fromPrefixed(hex: string): Uint8Array {
  return fromHex(hex.slice(2));
}
