import { concat, toHex, utf8Encode } from '../bytes';
import { keccak256, sha256 } from '../digest';
import { rlpInteger } from './rlp';

/** Storage slot of `anchors` in CheckpointWitness.sol; the artefact of the contract names it too. */
export const ANCHORS_SLOT = 0n;

/** How the contract names a log: SHA-256 of its origin line. */
export function originHash(origin: string): Uint8Array {
  return sha256(utf8Encode(origin));
}

/**
 * Slots of root and time of one checkpoint (Solidity, "Layout of State Variables in Storage": a value of a mapping
 * stands at the Keccak-256 of key and slot, the members of a struct one after the other).
 */
export function anchorSlots(origin: string, size: bigint): { readonly root: Uint8Array; readonly time: Uint8Array } {
  const bySize = keccak256(concat(originHash(origin), word(ANCHORS_SLOT)));
  const root = keccak256(concat(word(size), bySize));
  return { root, time: word(BigInt(`0x${toHex(root)}`) + 1n) };
}

/** A number in 32 bytes, big-endian. */
function word(value: bigint): Uint8Array {
  const digits = rlpInteger(value);
  return concat(new Uint8Array(32 - digits.length), digits);
}
