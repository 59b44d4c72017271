import { parseNote, utf8Encode, type LedgerError } from '@carbon-ledger/core';
import { knownProblem } from './outside';
import type { StampedTimestamp, TimestampClient } from './timestamp-client';

/** How many timestamps are kept for receipts that are asked for soon after. */
const KEPT = 64;

/**
 * Gets one timestamp for each checkpoint that it is shown, over the text of the checkpoint without signatures, so that
 * cosignatures may join later. Asks again for a checkpoint that is shown again after a failure.
 */
export class CheckpointStamper {
  readonly #client: TimestampClient;
  readonly #stamps = new Map<string, Promise<StampedTimestamp>>();
  #problem: LedgerError | undefined;

  constructor(client: TimestampClient) {
    this.#client = client;
  }

  /** Why the last request failed, if it did. */
  get problem(): LedgerError | undefined {
    return this.#problem;
  }

  /**
   * The timestamp of this checkpoint.
   * @param note checkpoint as signed note
   * @throws LedgerError as TimestampClient.stamp
   */
  stamp(note: string): Promise<StampedTimestamp> {
    const { text } = parseNote(note);
    const known = this.#stamps.get(text);
    if (known !== undefined) return known;
    const asked = this.#ask(text);
    this.#stamps.set(text, asked);
    const oldest = this.#stamps.keys().next();
    if (this.#stamps.size > KEPT && oldest.done !== true) this.#stamps.delete(oldest.value);
    return asked;
  }

  async #ask(text: string): Promise<StampedTimestamp> {
    try {
      const stamped = await this.#client.stamp(utf8Encode(text));
      this.#problem = undefined;
      return stamped;
    } catch (cause) {
      this.#stamps.delete(text);
      this.#problem = knownProblem(cause, 'Stamping failed.');
      throw this.#problem;
    }
  }
}
