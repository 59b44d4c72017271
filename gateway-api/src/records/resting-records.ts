import { restsOn } from '@carbon-ledger/core';
import { prefixes, type AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { Projection } from '../projection/projection';

/**
 * Which records rest, near or far, on some that are followed: each of these is walked down once to all that cites it, and a
 * new record takes over what its citations rest on.
 */
export class RestingRecords {
  readonly #projection: Projection;
  /** Ids of what is followed. */
  readonly #followed = new Set<string>();
  /** By id of what rests on them. */
  readonly #resting = new Map<string, Set<string>>();
  /** Ids of the same by who filed them: a party that asks for its own pays for nobody else's. */
  readonly #byIssuer = new Map<string, Set<string>>();

  constructor(projection: Projection) {
    this.#projection = projection;
  }

  /** What is followed of what a record rests on. */
  of(id: string): Iterable<string> {
    return this.#resting.get(id) ?? [];
  }

  /** Ids of the records of a party that rest on something that is followed, in the order in which they came to. */
  filedBy(issuer: string): Iterable<string> {
    return this.#byIssuer.get(issuer) ?? [];
  }

  /** Follows a record from now on. */
  async follow(root: string): Promise<void> {
    if (this.#followed.has(root)) return;
    const queue = [root];
    const seen = new Set(queue);
    for (let next = queue.pop(); next !== undefined; next = queue.pop())
      for await (const citing of this.#citing(next)) {
        this.#inputsOf(citing.id, citing.record.issuer).add(root);
        if (seen.has(citing.id)) continue;
        seen.add(citing.id);
        queue.push(citing.id);
      }
    // Known when it was walked to the end: a walk that failed is begun again.
    this.#followed.add(root);
  }

  /** A new record takes over what its citations are, or rest on. */
  add({ id, record }: AnchoredEntry): void {
    for (const { record: cited } of restsOn(record)) {
      const inputs = [...(this.#followed.has(cited) ? [cited] : []), ...(this.#resting.get(cited) ?? [])];
      if (inputs.length === 0) continue;
      const known = this.#inputsOf(id, record.issuer);
      for (const input of inputs) known.add(input);
    }
  }

  /** What a record rests on so far; where nothing was known of it, it is known from now on. */
  #inputsOf(id: string, issuer: string): Set<string> {
    const known = this.#resting.get(id) ?? new Set<string>();
    this.#resting.set(id, known);
    this.#byIssuer.set(issuer, (this.#byIssuer.get(issuer) ?? new Set<string>()).add(id));
    return known;
  }

  async *#citing(id: string): AsyncGenerator<AnchoredEntry, void, undefined> {
    for await (const rows of this.#projection.under(prefixes.cited(id)))
      for (const entry of await this.#projection.reader.records(rows.map(([, citing]) => citing)))
        if (entry !== undefined && restsOn(entry.record).some(({ record }) => record === id)) yield entry;
  }
}
