import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import type { z } from 'zod';
import { isSystemError } from '../shared/system-error';
import { definitionShape, firstProgress, progressShape, type Definition, type Progress, type Webhook } from './webhook';

const DEFINITION = /^(whk_[0-9a-f]{32})\.json$/;

/**
 * Webhooks in a folder, two files each: what the party ordered, and how delivery goes. A new order voids the progress that
 * was made under the one before, so that neither is ever written over the other. If we crash between delivery and the write
 * of the position, the record is told again: at least once, never not at all.
 */
export class WebhookShelf {
  readonly #folder: string;
  readonly #webhooks = new Map<string, Webhook>();
  /** Whose progress stands in memory only. */
  readonly #unkept = new Set<string>();
  /** Writes follow each other: of two of one file the later stays. */
  #writing: Promise<void> = Promise.resolve();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws LedgerError STORE_CORRUPT naming the file that is damaged */
  static open(folder: string): WebhookShelf {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const shelf = new WebhookShelf(folder);
    shelf.reload(false);
    return shelf;
  }

  /**
   * Reads the folder anew: another gateway may write to it too.
   * @param isOwn how delivery goes is known here better than there, as long as no other order was given
   * @throws LedgerError STORE_CORRUPT
   */
  reload(isOwn: boolean): void {
    const found = readdirSync(this.#folder).flatMap((name) => DEFINITION.exec(name)?.[1] ?? []);
    const read = found.flatMap((id) => this.#read(id) ?? []);
    const known = new Map(this.#webhooks);
    this.#webhooks.clear();
    for (const webhook of read) {
      const { id, order } = webhook.definition;
      const own = known.get(id);
      const isKnown = isOwn && own?.definition.order.digest === order.digest;
      this.#webhooks.set(id, isKnown ? own : webhook);
    }
  }

  get all(): readonly Webhook[] {
    return [...this.#webhooks.values()];
  }

  get(id: string): Webhook | undefined {
    return this.#webhooks.get(id);
  }

  of(party: string): readonly Webhook[] {
    return this.all.filter(({ definition }) => definition.party === party);
  }

  /** Takes an order down, synced before it is answered. */
  async order(definition: Definition): Promise<Webhook> {
    const webhook = { definition, progress: firstProgress(definition) };
    this.#webhooks.set(definition.id, webhook);
    this.#unkept.delete(definition.id);
    await this.#write(`${definition.id}.json`, definition, true);
    return webhook;
  }

  /** Notes how delivery goes, in memory; of no account where another order was given meanwhile. */
  pass(id: string, progress: Progress): void {
    const webhook = this.#webhooks.get(id);
    if (webhook?.definition.order.digest !== progress.order) return;
    this.#webhooks.set(id, { ...webhook, progress });
    this.#unkept.add(id);
  }

  /** Writes what was noted. */
  async keep(id: string): Promise<void> {
    const webhook = this.#webhooks.get(id);
    if (webhook === undefined || !this.#unkept.delete(id)) return;
    await this.#write(`${id}.progress.json`, webhook.progress, false);
  }

  async remove(id: string): Promise<void> {
    this.#webhooks.delete(id);
    this.#unkept.delete(id);
    await this.#next(async () => {
      await rm(join(this.#folder, `${id}.json`), { force: true });
      await rm(join(this.#folder, `${id}.progress.json`), { force: true });
    });
  }

  /** Keeps what was noted; nothing is written any more once this resolves. */
  async close(): Promise<void> {
    for (const id of this.#unkept) await this.keep(id);
    await this.#writing;
  }

  #write(name: string, value: object, flush: boolean): Promise<void> {
    const file = join(this.#folder, name);
    return this.#next(async () => {
      await writeFile(`${file}.new`, `${JSON.stringify(value)}\n`, { mode: 0o600, flush });
      await rename(`${file}.new`, file);
    });
  }

  #next(write: () => Promise<void>): Promise<void> {
    const written = this.#writing.then(write);
    // Whoever wrote hears of a failure; whoever comes next is not held up by it.
    this.#writing = written.catch(() => undefined);
    return written;
  }

  /** Undefined for one that was removed meanwhile. */
  #read(id: string): Webhook | undefined {
    const definition = this.#parsed(`${id}.json`, definitionShape);
    if (definition === undefined) return undefined;
    if (definition.id !== id) throw damaged(join(this.#folder, `${id}.json`));
    const progress = this.#parsed(`${id}.progress.json`, progressShape);
    return { definition, progress: progress?.order === definition.order.digest ? progress : firstProgress(definition) };
  }

  /** Undefined where there is none. */
  #parsed<Shape extends z.ZodType>(name: string, shape: Shape): z.output<Shape> | undefined {
    const file = join(this.#folder, name);
    try {
      return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (cause) {
      if (isSystemError(cause, 'ENOENT')) return undefined;
      throw damaged(file, cause);
    }
  }
}

function damaged(file: string, cause?: unknown): LedgerError {
  const message = `${file} is damaged: put it back from a backup, or take it away and have the webhook registered again.`;
  return new LedgerError('STORE_CORRUPT', message, cause === undefined ? {} : { cause });
}
