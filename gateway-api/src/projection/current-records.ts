import type { CurrentRecord } from '@carbon-ledger/core';
import { prefixes, type HeadEntry, type Store } from '@carbon-ledger/auditor/stored';

/** Entries that are read in one turn. */
const AT_ONCE = 200;

/** Current records of a type in a state, of one party where one is named, in the order of their keys. */
export async function* currentRecords(
  store: Store,
  type: string,
  state: string,
  uscc?: string,
): AsyncGenerator<CurrentRecord, void, undefined> {
  const prefix = prefixes.state(state, type, uscc);
  const own = prefixes.state(state, type).length;
  for (let after: string | undefined; ;) {
    const rows = await store.range({ prefix, after, limit: AT_ONCE });
    for (const [key, text] of rows) yield { key: key.slice(own), ...(JSON.parse(text) as HeadEntry) };
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)?.[0];
  }
}
