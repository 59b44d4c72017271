import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** How long a holder that is gone keeps the others waiting, and how often it says that it is there. */
export const LEASE_MS = 15_000;
export const RENEW_MS = 5_000;

const shape = z.object({ holder: z.string(), until: z.number() });

/**
 * Which of several processes does a work that one is to do, as a file that the holder renews. For a moment two may think
 * that they hold it (clocks differ, a process stands still): what is done under it must bear being done twice.
 */
export class Lease {
  readonly #file: string;
  readonly #clock: () => number;
  readonly #own = randomUUID();

  /** @param clock milliseconds since 1970 */
  constructor(file: string, clock: () => number) {
    this.#file = file;
    this.#clock = clock;
  }

  /** Takes or renews it where nobody else holds it; whether it is held here then. */
  hold(): boolean {
    const now = this.#clock();
    const held = this.#read();
    if (held !== undefined && held.holder !== this.#own && held.until > now) return false;
    const own = `${this.#file}.${this.#own}`;
    writeFileSync(own, JSON.stringify({ holder: this.#own, until: now + LEASE_MS }), { mode: 0o600 });
    renameSync(own, this.#file);
    // Of two that write at once the later one holds it.
    return this.#read()?.holder === this.#own;
  }

  release(): void {
    if (this.#read()?.holder === this.#own) rmSync(this.#file, { force: true });
  }

  #read(): z.infer<typeof shape> | undefined {
    try {
      return shape.safeParse(JSON.parse(readFileSync(this.#file, 'utf8'))).data;
    } catch {
      return undefined;
    }
  }
}
