import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isSystemError } from './system-error';

const PRUNE_MS = 60_000;

/**
 * Names that several processes may each take once, as files that are made exclusively (O_EXCL, which holds on local and on
 * networked file systems). They are small and few: of what ended, nothing is kept.
 */
export class OnceFolder {
  readonly #folder: string;
  /** When a name ends, in milliseconds since 1970. */
  readonly #endOf: (name: string) => number;
  #pruned = 0;

  constructor(folder: string, endOf: (name: string) => number) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#endOf = endOf;
  }

  /** False where anybody took it before. @param name that is a file's name */
  take(name: string, now: number): boolean {
    this.#prune(now);
    try {
      closeSync(openSync(join(this.#folder, name), 'wx', 0o600));
      return true;
    } catch (error) {
      if (isSystemError(error, 'EEXIST')) return false;
      throw error;
    }
  }

  #prune(now: number): void {
    if (now - this.#pruned < PRUNE_MS) return;
    this.#pruned = now;
    for (const name of readdirSync(this.#folder))
      if (this.#endOf(name) <= now) rmSync(join(this.#folder, name), { force: true });
  }
}
