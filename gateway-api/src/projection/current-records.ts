import type { CurrentRecord } from '@carbon-ledger/core';
import { parseStored, prefixes, type HeadEntry, type Store } from '@carbon-ledger/auditor/stored';

/** Entries that are read in one turn. */
const AT_ONCE = 200;

export type IndexRow = readonly [key: string, value: string];

/** Everything under a prefix, in the order of the keys. */
export async function* rowsUnder(store: Store, prefix: string): AsyncGenerator<readonly IndexRow[], void, undefined> {
  for (let after: string | undefined; ;) {
    const rows = await store.range({ prefix, after, limit: AT_ONCE });
    yield rows;
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)?.[0];
  }
}

/** Current records of a type in a state, of one party where one is named, in the order of their keys. */
export async function* currentRecords(
  store: Store,
  type: string,
  state: string,
  uscc?: string,
): AsyncGenerator<CurrentRecord, void, undefined> {
  const own = prefixes.state(state, type).length;
  for await (const rows of rowsUnder(store, prefixes.state(state, type, uscc)))
    for (const [key, text] of rows) yield { key: key.slice(own), ...(parseStored(text, key) as HeadEntry) };
}

/** Of whom records are, each once: from one code the index is entered again behind its last record. */
export async function* subjectsIn(store: Store): AsyncGenerator<string, void, undefined> {
  const all = prefixes.subject('').slice(0, -1);
  for (let from = all; ;) {
    const found = await store.first(from, `${all}\uffff`);
    if (found === undefined) return;
    const [, uscc = ''] = found[0].split('/');
    yield uscc;
    from = `${prefixes.subject(uscc)}\uffff`;
  }
}
