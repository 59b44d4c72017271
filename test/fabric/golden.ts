import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** What a genuine network of Fabric 3.1.5 answered; `npm run network:record` writes it anew (network/README.md). */
const folder = join(__dirname, '..', 'golden', 'fabric-3.1.5');
const LENGTH_BYTES = 4;

/** One file for all blocks, because the certificates in them repeat: each behind its length. */
export function packBlocks(blocks: readonly Uint8Array[]): Buffer {
  const parts = blocks.flatMap((block) => {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(block.length);
    return [length, block];
  });
  return gzipSync(Buffer.concat(parts), { level: 9 });
}

/** `common.Block` bytes, in order. */
export function readGoldenBlocks(): Buffer[] {
  const bytes = gunzipSync(readFileSync(join(folder, 'blocks.gz')));
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const start = at + LENGTH_BYTES;
    at = start + bytes.readUInt32BE(at);
    blocks.push(bytes.subarray(start, at));
  }
  return blocks;
}

/** Rows of `transactions`, `state` or `answers`. */
export function readGolden(name: string): readonly unknown[] {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as unknown[];
}
