import { createSHA256, createSM3 } from 'hash-wasm';
import { serveCalls } from './serve-calls';

/** Both digests of a file, as records carry them. */
export interface HashedFile {
  /** `sha256:` and 64 hex digits. */
  readonly sha256: string;
  /** `sm3:` and 64 hex digits. */
  readonly sm3: string;
}

/** Reads a file in pieces and tells how many bytes were read; the file stays in the browser. */
async function hash(file: Blob, tell: (read: number) => void): Promise<HashedFile> {
  const [sha256, sm3] = await Promise.all([createSHA256(), createSM3()]);
  const reader = file.stream().getReader();
  let bytes = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    sha256.update(piece.value);
    sm3.update(piece.value);
    bytes += piece.value.length;
    tell(bytes);
  }
  return { sha256: `sha256:${sha256.digest('hex')}`, sm3: `sm3:${sm3.digest('hex')}` };
}

serveCalls(hash);
