import { utf8Encode, utf8EncodeInto } from '../bytes';
import { sha256 } from '../digest';

/** Length of every hash in a tree, in bytes. */
export const HASH_BYTES = 32;

const NODE_INPUT_BYTES = 1 + 2 * HASH_BYTES;

/** Hash of a leaf: SHA-256(0x00 ‖ bytes), RFC 9162 section 2.1.1. The prefix keeps a leaf from passing as an inner node. */
export function leafHash(bytes: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + bytes.length);
  input.set(bytes, 1);
  return sha256(input);
}

/** Long enough for every record: an entry of the log has at most 65,535 bytes. */
const textInput = new Uint8Array(1 + 65_535);
const textPlace = textInput.subarray(1);

/**
 * {@link leafHash} of a text's UTF-8 bytes, which are not kept, and their number.
 * @throws LedgerError BAD_ENCODING on a lone surrogate
 */
export function leafOfText(text: string): { readonly hash: Uint8Array; readonly size: number } {
  const size = utf8EncodeInto(text, textPlace);
  if (size !== undefined) return { hash: sha256(textInput.subarray(0, 1 + size)), size };
  const bytes = utf8Encode(text);
  return { hash: leafHash(bytes), size: bytes.length };
}

// One buffer for all calls: hashing is synchronous and reads it before it returns.
const nodeInput = new Uint8Array(NODE_INPUT_BYTES);
nodeInput[0] = 1;

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right), RFC 9162 section 2.1.1. Both are 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return sha256(nodeInput);
}

/** Root of the tree without leaves: SHA-256 of nothing. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}
