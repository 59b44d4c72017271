import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';

/** Databases under way may still write a file while their folder goes. */
const removal = { recursive: true, force: true, maxRetries: 10 } as const;

/**
 * A folder for what one run works with, below the system's temporary folder and open to its owner alone. It may hold private
 * figures, so it goes with the run, and with the process if that ends first: a second Ctrl-C, a reader of the output that is gone.
 * Only a process that is killed leaves it.
 */
export class TemporaryFolder {
  readonly path: string;
  readonly #onExit = (): void => {
    rmSync(this.path, removal);
  };

  private constructor(path: string) {
    this.path = path;
    process.once('exit', this.#onExit);
  }

  /** @throws LedgerError FILE_UNREADABLE where nothing can be made there */
  static async make(name: string): Promise<TemporaryFolder> {
    try {
      return new TemporaryFolder(await mkdtemp(join(tmpdir(), `carbon-ledger-${name}-`)));
    } catch (cause) {
      throw new LedgerError('FILE_UNREADABLE', `${tmpdir()} takes no temporary folder; TMPDIR names another place`, {
        cause,
      });
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, removal);
    process.off('exit', this.#onExit);
  }
}
