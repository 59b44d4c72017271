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

/** What stands in a history of each record: as much as is asked of all of them. */
type Remembered = readonly [id: string, type: HeldContent['type'], version: number];

/** Remembers records where their histories are looked for. @param first log index of the first of them */
export function rememberHistory(store: WorkStore, slices: readonly RecordSlice[], first: number): void {
  for (const [at, { id, record }] of slices.entries()) {
    const index = String(first + at).padStart(INDEX_DIGITS, '0');
    const remembered: Remembered = [id, record.type, record.version];
    store.put(`${HISTORY}${businessKey(record)}${ZERO}${index}`, Buffer.from(JSON.stringify(remembered)));
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

/** A record of which most is read only where somebody looks at it: most invariants look at a few types alone. */
class HeldLazily implements HeldContent {
  readonly type: HeldContent['type'];
  readonly version: number;
  readonly #read: () => HeldContent;
  #whole: HeldContent | undefined;

  constructor(type: HeldContent['type'], version: number, read: () => HeldContent) {
    this.type = type;
    this.version = version;
    this.#read = read;
  }

  get kind(): string {
    return this.#content.kind;
  }

  get issuer(): string {
    return this.#content.issuer;
  }

  get subject(): HeldContent['subject'] {
    return this.#content.subject;
  }

  get cites(): HeldContent['cites'] {
    return this.#content.cites;
  }

  get content(): HeldContent['content'] {
    return this.#content.content;
  }

  get #content(): HeldContent {
    this.#whole ??= this.#read();
    return this.#whole;
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
    for await (const batch of this.#store.batches(prefix, prefix + END))
      for (const [place, remembered] of batch) {
        const end = place.indexOf(ZERO);
        const key = place.slice(HISTORY.length, end);
        if (last !== undefined && key !== last) {
          yield { key: last, versions };
          versions = [];
        }
        last = key;
        versions.push(this.#held(JSON.parse(remembered.toString()) as Remembered, Number(place.slice(end + 1))));
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

  #held([id, type, version]: Remembered, index: number): HeldRecord {
    const read = (): HeldContent => parsed(this.#store.get(recordKey(id))) as HeldContent;
    return { id, index, record: new HeldLazily(type, version, read) };
  }
}
