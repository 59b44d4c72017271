import { toHex } from '../bytes';

/** `rec:` and the leaf hash in hex. */
export function formatHashId(leafHash: Uint8Array): string {
  return `rec:${toHex(leafHash)}`;
}
