import type { Found, HeadBucket, LedgerView, StateKind, StateValues } from '@carbon-ledger/core';
import { keys, parseStored, prefixes, type HeadEntry, type Store } from '@carbon-ledger/auditor/stored';

/** What the mark of a head says of its state. */
function headOf({ record, version }: HeadEntry, standing: 'open' | 'withdrawn' | undefined): HeadBucket[string] {
  const mark = standing === undefined ? {} : ({ s: standing === 'open' ? 'o' : 'w' } as const);
  return { v: version, r: record.slice(4), ...mark };
}

/**
 * The world state as of the last block that is in. For telling people what may be done; what is written is decided by the
 * contract alone.
 */
export class WorldView implements LedgerView {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined> {
    if (kind === 'party') return this.#store.json<StateValues[Kind]>(keys.party(key));
    if (kind === 'head') return (await this.#heads(key)) as StateValues[Kind];
    return this.#store.json<StateValues[Kind]>(keys.world(key === '' ? kind : `${kind}/${key}`));
  }

  /** Of kinds that are kept as they are; nobody asks for a range of others. */
  async first<Kind extends StateKind>(
    kind: Kind,
    from: string,
    to: string,
  ): Promise<Found<StateValues[Kind]> | undefined> {
    const prefix = keys.world(`${kind}/`);
    const found = await this.#store.first(`${prefix}${from}`, `${prefix}${to}`);
    if (found === undefined) return undefined;
    const [key, text] = found;
    return { key: key.slice(prefix.length), value: parseStored(text, key) as StateValues[Kind] };
  }

  /** Heads of one unit and year, by `{period}/{kind}`. */
  async #heads(bucket: string): Promise<HeadBucket> {
    const rows = await this.#store.range({ prefix: prefixes.heads(bucket), limit: MOST_HEADS });
    const entries = rows.map(([key, text]) => [key.slice(2), parseStored(text, key) as HeadEntry] as const);
    const standings = await this.#store.texts(entries.map(([, { record }]) => keys.ended(record)));
    return Object.fromEntries(
      entries.map(([key, entry], index) => {
        const { status } = parseStored(standings[index] ?? '{}', keys.ended(entry.record)) as {
          readonly status?: string;
        };
        const [, , period = '', kind = ''] = key.split('/');
        return [`${period}/${kind}`, headOf(entry, status === 'open' || status === 'withdrawn' ? status : undefined)];
      }),
    );
  }
}

/** Heads of one unit and year: a few of every type and month. */
const MOST_HEADS = 10_000;
