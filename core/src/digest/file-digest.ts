import { isHex, toHex } from '../bytes';
import { createSha256, createSm3 } from '#digest-platform';

/** Both digests of a document, written with their algorithm in front: `sha256:` and `sm3:`, then 64 hex digits. */
export interface FileDigests {
  readonly sha256: string;
  readonly sm3: string;
}

export interface FileDigest {
  update(chunk: Uint8Array): void;
  /** Call once, after the last chunk. */
  digest(): FileDigests;
}

/** Hashes a file of any size as it streams past. */
export function createFileDigest(): FileDigest {
  const sha256 = createSha256();
  const sm3 = createSm3();
  return {
    update: (chunk) => {
      sha256.update(chunk);
      sm3.update(chunk);
    },
    digest: () => ({ sha256: `sha256:${toHex(sha256.digest())}`, sm3: `sm3:${toHex(sm3.digest())}` }),
  };
}

/** Both digests of bytes that are in memory already. */
export function digestBytes(bytes: Uint8Array): FileDigests {
  const digest = createFileDigest();
  digest.update(bytes);
  return digest.digest();
}

/** True for a digest as documents carry it, of the algorithm named. */
export function isDigest(text: string, algorithm: 'sha256' | 'sm3'): boolean {
  const prefix = `${algorithm}:`;
  return text.startsWith(prefix) && isHex(text.slice(prefix.length), 32);
}
