import { businessKey } from '@carbon-ledger/core';
import {
  headsAfter,
  headWrites,
  type Arrival,
  type BatchOperation,
  type HeadChange,
  type HeadEntry,
} from '@carbon-ledger/auditor/stored';

/** Heads as the records of one block leave them; what stood before is read from the store. */
export class HeadsOfBlock {
  readonly #stored: (key: string) => Promise<HeadEntry | undefined>;
  /** `before` as it stood before the block, so that what goes to and fro inside it is written once. */
  readonly #changes = new Map<string, HeadChange>();

  constructor(stored: (key: string) => Promise<HeadEntry | undefined>) {
    this.#stored = stored;
  }

  /** Lays a record's changes over; returns the version before it, if there is one. */
  async take(arrival: Arrival): Promise<HeadEntry | undefined> {
    const steps = headsAfter(arrival);
    let step = steps.next();
    while (step.done !== true) step = steps.next(await this.#read(step.value, arrival));
    const own = step.value.at(-1);
    for (const change of step.value) {
      const before = this.#changes.has(change.key) ? this.#changes.get(change.key)?.before : change.before;
      this.#changes.set(change.key, { ...change, before });
    }
    return own?.before;
  }

  operations(): { puts: BatchOperation[]; removed: string[] } {
    const all = [...this.#changes.values()].map(headWrites);
    return { puts: all.flatMap(({ puts }) => puts), removed: all.flatMap(({ removed }) => removed) };
  }

  /** A first version has none before it: the store need not be asked. */
  async #read(key: string, { record }: Arrival): Promise<HeadEntry | undefined> {
    const known = this.#changes.get(key);
    if (known !== undefined) return known.after;
    return record.version === 1 && key === businessKey(record) ? undefined : this.#stored(key);
  }
}
