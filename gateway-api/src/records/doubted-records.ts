import { isMarked, questionedStates, type MarkFacts } from '@carbon-ledger/core';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { Projection } from '../projection/projection';

/** What is asked beside the projection. */
export interface OwnDoubts {
  readonly marking: MarkFacts;
  /** Business keys of open findings by the id of what they are about. */
  readonly findings: () => Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Business keys by the ids of records. */
type Keys = ReadonlyMap<string, string>;

/**
 * Records that are in doubt by themselves: an authority questions them, a finding about them is open, or they were signed with
 * a key that was in other hands. Who lost a key is followed by the log; the rest is few, and read as it stands.
 */
export class DoubtedRecords {
  readonly #projection: Projection;
  readonly #own: OwnDoubts;
  /** What a party signed with such a key, by its code. */
  #compromised = new Map<string, Keys>();

  constructor(projection: Projection, own: OwnDoubts) {
    this.#projection = projection;
    this.#own = own;
  }

  /** Looks at every party; from then on each new record is told by {@link add}. */
  async begin(): Promise<void> {
    const found = new Map<string, Keys>();
    for await (const { uscc, content } of this.#projection.parties.all({}))
      if (content.keys.some(({ compromisedSince }) => compromisedSince !== undefined))
        found.set(uscc, await this.#signed(uscc));
    this.#compromised = found;
  }

  async add({ record }: AnchoredEntry): Promise<void> {
    if (record.type !== 'party') return;
    const { uscc } = record.subject;
    const party = await this.#projection.parties.find(uscc);
    const isLost = party?.content.keys.some(({ compromisedSince }) => compromisedSince !== undefined) === true;
    if (isLost) this.#compromised.set(uscc, await this.#signed(uscc));
    else this.#compromised.delete(uscc);
  }

  async all(): Promise<Keys> {
    const found = new Map<string, string>();
    for (const { type, state } of questionedStates())
      for await (const { record, key } of this.#projection.current(type, state)) found.set(record, key);
    for (const entry of await this.#projection.reader.records([...(await this.#own.findings()).keys()]))
      if (entry !== undefined) found.set(entry.id, entry.key);
    for (const keys of this.#compromised.values()) for (const [id, key] of keys) found.set(id, key);
    return found;
  }

  async #signed(issuer: string): Promise<Keys> {
    const found = new Map<string, string>();
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await this.#projection.list({ issuer }, { cursor, limit: 200 });
      for (const entry of page.items)
        if (await isMarked(entry, 'key-compromised', this.#own.marking)) found.set(entry.id, entry.key);
      cursor = page.next;
    }
    return found;
  }
}
