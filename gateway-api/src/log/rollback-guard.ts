import {
  closeSync,
  existsSync,
  fdatasync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  write,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { LedgerError, toHex } from '@carbon-ledger/core';
import type { LogRoots } from '@carbon-ledger/auditor/stored';

const append = promisify(write);
const sync = promisify(fdatasync);

/** The last checkpoint that was signed. */
export interface SignedSize {
  readonly origin: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
  /** C2SP verifier key of the log; absent for a cosigner, which may change its key. */
  readonly key?: string;
}

/**
 * Remembers, in a file apart from the projection, the last size and root that were signed. Written and synced before
 * a checkpoint is given out, so that a service that was restored from an older copy cannot sign a second history:
 * who restores the projection but not this file is caught, and this file never goes back by itself.
 *
 * The file is a journal, one line for each signature. If we crash while a line is written, it is torn and does not
 * count; its checkpoint was not given out yet.
 */
export class RollbackGuard {
  readonly #journal: number;
  #last: SignedSize | undefined;

  private constructor(journal: number, last: SignedSize | undefined) {
    this.#journal = journal;
    this.#last = last;
  }

  /** @throws LedgerError STORE_CORRUPT for a file that cannot be read: its absence is a beginning, its damage is not */
  static open(file: string): RollbackGuard {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const last = readLast(file);
    if (last !== undefined) shorten(file, last);
    return new RollbackGuard(openSync(file, 'a', 0o600), last);
  }

  /** @throws LedgerError STORE_CORRUPT where another key than these signed last */
  static assertSignedBy(file: string, keys: readonly string[]): void {
    const key = readLast(file)?.key;
    if (key !== undefined && !keys.includes(key)) throw keyChanged(key);
  }

  /** Another key signs from now on; size and root stay, so that nothing is signed anew that was signed before. */
  static handOver(file: string, key: string): void {
    const last = readLast(file);
    if (last !== undefined) shorten(file, { ...last, key });
  }

  get last(): SignedSize | undefined {
    return this.#last;
  }

  close(): void {
    closeSync(this.#journal);
  }

  /**
   * Compares and sets.
   * @throws LedgerError ROLLED_BACK when the new checkpoint is smaller, or equal in size with another root; STORE_CORRUPT
   * when the log key is another one than it was
   */
  async advance(next: SignedSize): Promise<void> {
    const last = this.#last;
    if (last !== undefined) assertGrows(last, next);
    if (last?.size === next.size) return;
    await append(this.#journal, `${JSON.stringify(next)}\n`);
    await sync(this.#journal);
    this.#last = next;
  }
}

/**
 * Holds a log to the last signature. @throws LedgerError ROLLED_BACK when it is shorter than what was signed, or does
 * not begin with it
 */
export async function assertNotRolledBack(guard: RollbackGuard, log: LogRoots): Promise<void> {
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
  if (last.key !== undefined && next.key !== last.key) throw keyChanged(last.key);
  if (next.size < last.size) throw rolledBack('The new checkpoint is smaller than the last one.', last);
  if (next.size === last.size && next.root !== last.root) throw rolledBack('Two roots for one size.', last);
}

/** Whoever has pinned the key would refuse every checkpoint from now on: better to say so here. */
function keyChanged(key: string): LedgerError {
  const cure = 'put keys/log.key back, or, if it is lost, take the guard away and give out the new policy';
  return new LedgerError('STORE_CORRUPT', `The log key is another one than ${key}, which signed before: ${cure}.`);
}

function rolledBack(message: string, last: SignedSize): LedgerError {
  return new LedgerError('ROLLED_BACK', message, { details: { signedSize: last.size, signedRoot: last.root } });
}

/** The last signature that a journal tells of. @throws LedgerError STORE_CORRUPT */
export function readLast(file: string): SignedSize | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  // A crash tears a line off before its end; what stands behind the end of one was never written so.
  if (rest.slice(0, -1).includes('}')) throw new LedgerError('STORE_CORRUPT', `${file} is damaged.`);
  // A journal whose very first line is torn has never let a checkpoint out.
  return lines.map((line) => parseLine(line, file)).at(-1);
}

function parseLine(line: string, file: string): SignedSize {
  try {
    const { origin, size, root, key } = JSON.parse(line) as SignedSize;
    const own = { origin, size, root, ...(key === undefined ? {} : { key }) };
    const isWhole = typeof origin === 'string' && typeof root === 'string' && typeof (key ?? '') === 'string';
    if (isWhole && Number.isSafeInteger(size) && JSON.stringify(own) === line) return own;
  } catch (cause) {
    throw new LedgerError('STORE_CORRUPT', `${file} is damaged.`, { cause });
  }
  throw new LedgerError('STORE_CORRUPT', `${file} is damaged.`);
}

/** At each start the journal becomes its last line: whole old or whole new content after a crash. */
function shorten(file: string, last: SignedSize): void {
  const temporary = `${file}.new`;
  writeFileSync(temporary, `${JSON.stringify(last)}\n`, { mode: 0o600, flush: true });
  renameSync(temporary, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
