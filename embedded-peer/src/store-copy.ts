import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import { Store, type Operation } from './ledger/store';

const BATCH_BYTES = 4 * 1024 * 1024;
const FROM = Buffer.alloc(0);
/** No key begins with this byte. */
const TO = Buffer.from([0xff]);

/** What was copied: the same entries give the same digest, however the store keeps them in files. */
export interface CopiedStore {
  readonly entries: number;
  /** Hex SHA-256 over all keys and values in key order, each with its length before it. */
  readonly digest: string;
}

/** Digest over entries in key order. */
class EntriesDigest {
  readonly #hash = createHash('sha256');
  #count = 0;

  add(key: Buffer, value: Buffer): void {
    const lengths = Buffer.allocUnsafe(8);
    lengths.writeUInt32BE(key.length, 0);
    lengths.writeUInt32BE(value.length, 4);
    this.#hash.update(lengths).update(key).update(value);
    this.#count += 1;
  }

  end(): CopiedStore {
    return { entries: this.#count, digest: this.#hash.digest('hex') };
  }
}

async function copyEntries(from: Store, to: Store): Promise<CopiedStore> {
  const digest = new EntriesDigest();
  let batch: Operation[] = [];
  let bytes = 0;
  for await (const [key, value] of from.entries({ from: FROM, to: TO })) {
    digest.add(key, value);
    batch.push({ type: 'put', key, value });
    bytes += key.length + value.length;
    if (bytes < BATCH_BYTES) continue;
    await to.write(batch);
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) await to.write(batch);
  return digest.end();
}

async function withStore<T>(folder: string, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await Store.open(folder);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/**
 * Copies the store of one data folder into another that has none: blocks, state, private data. Both folders are locked
 * meanwhile, so what is copied is the store after one block, whole; when it resolves, the copy is on the disk.
 * @throws LedgerError FOLDER_LOCKED, FILE_UNREADABLE where there is no ledger, KEY_TAKEN where there is one already
 */
export async function copyLedgerStore(fromDataDir: string, toDataDir: string): Promise<CopiedStore> {
  const [from, to] = [join(fromDataDir, 'peer'), join(toDataDir, 'peer')];
  if (!existsSync(join(from, 'store', 'CURRENT')))
    throw new LedgerError('FILE_UNREADABLE', `${fromDataDir} holds no ledger`);
  if (existsSync(join(to, 'store'))) throw new LedgerError('KEY_TAKEN', `${toDataDir} holds a ledger already`);
  await mkdir(to, { recursive: true, mode: 0o700 });
  return withStore(from, (source) => withStore(to, (target) => copyEntries(source, target)));
}
