import type { LedgerRecord } from '../records';
import type { LedgerView } from '../state';

/** The current version of a business key, with where it stands in the lifecycle of its type. */
export interface CurrentRecord {
  readonly key: string;
  /** `rec:…` */
  readonly record: string;
  readonly version: number;
  readonly state: string;
  /** RFC 3339: the transaction time of the step that led here, and the record that made it. */
  readonly since: string;
  readonly by: string;
}

/** The ledger as an agenda is made from it: the world state, and what stands in which state. */
export interface AgendaSource extends LedgerView {
  /** Current records of a type in a state, in the order of their keys; of one party where one is named. */
  current(type: string, state: string, uscc?: string): AsyncIterable<CurrentRecord>;
  /**
   * Current records that a party filed and that rest, near or far, on what does not stand any more (provenance/resting).
   * Absent where nobody can tell.
   */
  groundless?(uscc: string): AsyncIterable<CurrentRecord>;
  /** The current version of a business key. */
  head(key: string): Promise<CurrentRecord | undefined>;
  /** Content of an anchored record, who issued it, and what it cites. */
  record(id: string): Promise<Pick<LedgerRecord, 'issuer' | 'content' | 'cites'> | undefined>;
}

/** The same, which asks for each value of the world state once: an agenda asks for the same few parties again and again. */
export function remembering(source: AgendaSource): AgendaSource {
  const known = new Map<string, Promise<unknown>>();
  const groundless = source.groundless?.bind(source);
  const get: AgendaSource['get'] = (kind, key) => {
    const place = `${kind}/${key}`;
    const found = known.get(place) ?? source.get(kind, key);
    known.set(place, found);
    return found as ReturnType<AgendaSource['get']> as never;
  };
  return {
    get,
    first: (kind, from, to) => source.first(kind, from, to),
    current: (type, state, uscc) => source.current(type, state, uscc),
    head: (key) => source.head(key),
    record: (id) => source.record(id),
    ...(groundless === undefined ? {} : { groundless }),
  };
}
