import { createHash } from 'node:crypto';
import { readNamed } from '@carbon-ledger/auditor/stored';

/** Something that a running service reads from files, and may read again. */
export interface Reloadable {
  /** For people: `the TLS certificate`. */
  readonly name: string;
  readonly files: readonly string[];
  /** Throws where what is in the files now is no good: then what was read before stays in use. */
  reload(): Promise<void>;
}

/** A file that is away for a moment is another content, and no error yet: whoever renews it may be in the middle of it. */
async function digestOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readNamed(file).catch(() => 'cannot be read')).update('\n');
  return hash.digest('hex');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Renews what a service has read: at a word, or when the files hold something else than before. */
export class Reloading {
  readonly #parts: readonly Reloadable[];
  readonly #tell: (line: string) => void;
  readonly #seen = new Map<Reloadable, string>();
  /** One after the other: of two readings the later one stays. */
  #last: Promise<void> = Promise.resolve();

  private constructor(parts: readonly Reloadable[], tell: (line: string) => void) {
    this.#parts = parts;
    this.#tell = tell;
  }

  /** Changes count from now on. */
  static async open(parts: readonly Reloadable[], tell: (line: string) => void): Promise<Reloading> {
    const reloading = new Reloading(parts, tell);
    for (const part of parts) reloading.#seen.set(part, await digestOf(part.files));
    return reloading;
  }

  /** Reads all of it again. Never rejects: what is no good is told. */
  all(): Promise<void> {
    if (this.#parts.length === 0)
      this.#tell('There is nothing to read again: neither a TLS certificate nor a profile.');
    return this.#one(() => true);
  }

  /** Reads again what stands in files that have changed. Never rejects. */
  changed(): Promise<void> {
    return this.#one((part, digest) => digest !== this.#seen.get(part));
  }

  #one(isWanted: (part: Reloadable, digest: string) => boolean): Promise<void> {
    this.#last = this.#last.then(async () => {
      for (const part of this.#parts) {
        const digest = await digestOf(part.files);
        if (isWanted(part, digest)) await this.#reload(part, digest);
      }
    });
    return this.#last;
  }

  async #reload(part: Reloadable, digest: string): Promise<void> {
    this.#seen.set(part, digest);
    try {
      await part.reload();
      this.#tell(`Read ${part.name} again.`);
    } catch (error) {
      this.#tell(`Kept ${part.name} as it was: ${messageOf(error)}`);
    }
  }
}
