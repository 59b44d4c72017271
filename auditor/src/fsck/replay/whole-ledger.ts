import { businessKey, stateKey, type StateKind, type StateValues } from '@carbon-ledger/core';
import type { HeldContent, HeldRecord, KeyHistory, StateRow, WholeLedger } from '../../invariants';
import { asBuffer } from '../blocks/bytes';
import type { RecordSlice } from './records';
import { ReplayedState } from './state';
import type { WorkStore } from './work-store';
import { workTables } from './work-tables';

/** In the work store, the ids of all records by business key and place in the log. */
const HISTORY = workTables.history;
const INDEX_DIGITS = 12;
const END = '\uffff';
const ZERO = '\u0000';

/** Id of a record's text in the work store. */
export const recordKey = (id: string): string => `${workTables.record}${id}`;
export const figuresKey = (id: string): string => `${workTables.figures}${id}`;

/** Remembers records where their histories are looked for. @param first log index of the first of them */
export function rememberHistory(store: WorkStore, slices: readonly RecordSlice[], first: number): void {
  for (const [at, { id, record }] of slices.entries()) {
    const index = String(first + at).padStart(INDEX_DIGITS, '0');
    store.put(`${HISTORY}${businessKey(record)}${ZERO}${index}`, Buffer.from(id));
  }
}

/** A value that is no JSON is as good as none: who wrote it is told where its transaction is checked. */
function parsed(bytes: Uint8Array | undefined): unknown {
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(asBuffer(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What a replay left, as the invariants look at it: memory holds one key at a time. */
export class ReplayedLedger implements WholeLedger {
  readonly #store: WorkStore;
  readonly #state: ReplayedState;
  readonly #namespace: string;
  #last: { readonly place: string; readonly value: unknown } | undefined;

  /** @param namespace name of the ledger's contract */
  constructor(store: WorkStore, state: ReplayedState, namespace: string) {
    this.#store = store;
    this.#state = state;
    this.#namespace = namespace;
  }

  async *histories(uscc?: string): AsyncGenerator<KeyHistory> {
    const prefix = uscc === undefined ? HISTORY : `${HISTORY}${uscc}/`;
    let versions: HeldRecord[] = [];
    let last: string | undefined;
    for await (const [place, id] of this.#store.range(prefix, prefix + END)) {
      const [key = '', index = ''] = place.slice(HISTORY.length).split(ZERO);
      if (last !== undefined && key !== last) {
        yield { key: last, versions };
        versions = [];
      }
      last = key;
      versions.push(...this.#held(id.toString(), Number(index)));
    }
    if (last !== undefined) yield { key: last, versions };
  }

  record(id: string): Promise<HeldContent | undefined> {
    return Promise.resolve(parsed(this.#store.get(recordKey(id))) as HeldContent | undefined);
  }

  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined> {
    const place = stateKey(kind, key);
    // Keys of one bucket follow each other, and each is asked about its head several times.
    if (this.#last?.place !== place)
      this.#last = { place, value: parsed(this.#state.public(this.#namespace, place)?.value) };
    return Promise.resolve(this.#last.value as StateValues[Kind] | undefined);
  }

  async *rows<Kind extends StateKind>(kind: Kind): AsyncGenerator<StateRow<Kind>> {
    const prefix = `${kind}/`;
    for await (const [key, { value }] of this.#state.range(this.#namespace, prefix, prefix + END))
      yield [key.slice(prefix.length), parsed(value) as StateValues[Kind]];
  }

  #held(id: string, index: number): HeldRecord[] {
    const record = parsed(this.#store.get(recordKey(id))) as HeldContent | undefined;
    return record === undefined ? [] : [{ id, index, record }];
  }
}
