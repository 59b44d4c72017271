import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import { z } from 'zod';
import type { IdempotencyBook, Reservation } from '../projection/idempotency-keys';
import { isSystemError } from './system-error';

/** How long a key is remembered, and how long a request may be under way before its gateway counts as gone. */
const KEPT_MS = 24 * 3_600_000;
const UNDER_WAY_MS = 10 * 60_000;
const PRUNE_MS = 600_000;

const entry = z.strictObject({ content: z.string(), isUsed: z.boolean() });
type Entry = z.infer<typeof entry>;

/**
 * Idempotency keys of all gateways of an organisation, a file each, made exclusively by whichever is asked first. Nothing rests on
 * it: a submission is anchored once however often it is sent, and wherever.
 */
export class SharedIdempotencyKeys implements IdempotencyBook {
  readonly #folder: string;
  readonly #clock: () => number;
  #pruned = 0;

  /** @param clock milliseconds since 1970 */
  constructor(folder: string, clock: () => number) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#clock = clock;
  }

  isKnown(name: string, content: string): boolean {
    const held = this.#read(this.#fileOf(name));
    if (held?.isUsed !== true) return false;
    if (held.content !== content) throw new LedgerError('IDEMPOTENCY_CONFLICT');
    return true;
  }

  reserve(name: string, content: string): Reservation {
    this.#prune();
    const file = this.#fileOf(name);
    this.#take(file, content);
    return {
      settle: (isUsed) => {
        if (isUsed) this.#put(file, { content, isUsed });
        else rmSync(file, { force: true });
        return Promise.resolve();
      },
    };
  }

  /** @throws LedgerError IDEMPOTENCY_CONFLICT, IDEMPOTENCY_IN_PROGRESS */
  #take(file: string, content: string): void {
    try {
      writeFileSync(file, JSON.stringify({ content, isUsed: false } satisfies Entry), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if (!isSystemError(error, 'EEXIST')) throw error;
      this.#assertSame(file, content);
    }
  }

  /** Another request, here or at another gateway, was first; one whose gateway is gone is taken over. */
  #assertSame(file: string, content: string): void {
    const held = this.#read(file);
    const age = this.#ageOf(file);
    if (held !== undefined && held.content !== content) throw new LedgerError('IDEMPOTENCY_CONFLICT');
    if (held?.isUsed !== true && age < UNDER_WAY_MS) throw new LedgerError('IDEMPOTENCY_IN_PROGRESS');
    this.#put(file, { content, isUsed: false });
  }

  /** Names are no file names, and nobody else's business. */
  #fileOf(name: string): string {
    return join(this.#folder, createHash('sha256').update(name).digest('hex'));
  }

  /** Undefined for what is not there, or is being written at this moment. */
  #read(file: string): Entry | undefined {
    try {
      return entry.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
    } catch {
      return undefined;
    }
  }

  #ageOf(file: string): number {
    return this.#clock() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  }

  #put(file: string, value: Entry): void {
    const own = `${file}.${randomBytes(6).toString('hex')}`;
    writeFileSync(own, JSON.stringify(value), { mode: 0o600 });
    renameSync(own, file);
  }

  #prune(): void {
    const now = this.#clock();
    if (now - this.#pruned < PRUNE_MS) return;
    this.#pruned = now;
    for (const name of readdirSync(this.#folder)) {
      const file = join(this.#folder, name);
      if (this.#ageOf(file) > KEPT_MS) rmSync(file, { force: true });
    }
  }
}
