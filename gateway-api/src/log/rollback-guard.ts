import { mkdirSync, readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LedgerError, toHex } from '@carbon-ledger/core';

/** The last checkpoint that was signed. */
export interface SignedSize {
  readonly origin: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
}

/**
 * Remembers, in a file apart from the projection, the last size and root that were signed. Written and synced before
 * a checkpoint is given out, so that a service that was restored from an older copy cannot sign a second history:
 * who restores the projection but not this file is caught, and this file never goes back by itself.
 */
export class RollbackGuard {
  readonly #file: string;
  #last: SignedSize | undefined;

  private constructor(file: string, last: SignedSize | undefined) {
    this.#file = file;
    this.#last = last;
  }

  /** @throws LedgerError STORE_CORRUPT for a file that cannot be read: its absence is a beginning, its damage is not */
  static open(file: string): RollbackGuard {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return new RollbackGuard(file, readLast(file));
  }

  get last(): SignedSize | undefined {
    return this.#last;
  }

  /**
   * Compares and sets. @throws LedgerError ROLLED_BACK when the new checkpoint is smaller, or equal in size with another root
   */
  async advance(next: SignedSize): Promise<void> {
    const last = this.#last;
    if (last !== undefined) assertGrows(last, next);
    if (last?.size === next.size) return;
    await writeDurably(this.#file, JSON.stringify(next));
    this.#last = next;
  }
}

/**
 * Holds a log to the last signature. @throws LedgerError ROLLED_BACK when it is shorter than what was signed, or does
 * not begin with it
 */
export async function assertNotRolledBack(
  guard: RollbackGuard,
  log: { readonly size: number; rootAt(size: number): Promise<Uint8Array> },
): Promise<void> {
  const { last } = guard;
  if (last === undefined) return;
  if (log.size < last.size) {
    throw rolledBack(`The ledger has ${String(log.size)} records, but ${String(last.size)} were signed before.`, last);
  }
  if (toHex(await log.rootAt(last.size)) !== last.root) {
    throw rolledBack(`The first ${String(last.size)} records are not those that were signed before.`, last);
  }
}

function assertGrows(last: SignedSize, next: SignedSize): void {
  if (next.origin !== last.origin) throw rolledBack(`This folder signed for ${last.origin} before.`, last);
  if (next.size < last.size) throw rolledBack('The new checkpoint is smaller than the last one.', last);
  if (next.size === last.size && next.root !== last.root) throw rolledBack('Two roots for one size.', last);
}

function rolledBack(message: string, last: SignedSize): LedgerError {
  return new LedgerError('ROLLED_BACK', message, { details: { signedSize: last.size, signedRoot: last.root } });
}

function readLast(file: string): SignedSize | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  try {
    const { origin, size, root } = JSON.parse(text) as Partial<SignedSize>;
    if (typeof origin === 'string' && Number.isSafeInteger(size) && typeof root === 'string') {
      return { origin, size: Number(size), root };
    }
  } catch (cause) {
    throw new LedgerError('STORE_CORRUPT', `${file} is damaged.`, { cause });
  }
  throw new LedgerError('STORE_CORRUPT', `${file} is damaged.`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whole old or whole new content after a crash: new file, synced, renamed, folder synced. */
async function writeDurably(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = join(dirname(file), '.last-signed.new');
  await withFile(temporary, 'w', async (handle) => {
    await handle.writeFile(text);
    await handle.datasync();
  });
  await rename(temporary, file);
  await withFile(dirname(file), 'r', (handle) => handle.sync());
}

async function withFile(
  path: string,
  flags: string,
  use: (handle: Awaited<ReturnType<typeof open>>) => Promise<void>,
): Promise<void> {
  const handle = await open(path, flags, 0o600);
  try {
    await use(handle);
  } finally {
    await handle.close();
  }
}
