import {
  businessKey,
  firstState,
  forgetFigures,
  type Figure,
  type LedgerRecord,
  type RecordStatus,
} from '@carbon-ledger/core';
import {
  type AnchoredEntry,
  type HeadEntry,
  keys,
  parseStored,
  type Purged,
  type RecordPlace,
  type Store,
  type StoredStanding,
  type SubmissionEntry,
} from '@carbon-ledger/auditor/stored';
import { ParsedTexts } from './parsed-texts';

export interface FiguresOrPurged {
  readonly figures?: readonly Figure[];
  readonly purged?: Purged;
}

/** Reads records, figures, heads and submissions by their names; point reads only. */
export class RecordReader {
  readonly #store: Store;
  readonly #parsed = new ParsedTexts();

  constructor(store: Store) {
    this.#store = store;
  }

  async record(id: string): Promise<AnchoredEntry | undefined> {
    return (await this.records([id]))[0];
  }

  /**
   * In the order asked for; undefined for what is not anchored.
   * @param isSought of the text of a record, before it is parsed: others are undefined too
   */
  async records(ids: readonly string[], isSought?: (text: string) => boolean): Promise<(AnchoredEntry | undefined)[]> {
    if (isSought !== undefined) return this.#recordsSought(ids, isSought);
    if (ids.length === 0) return [];
    const texts = await this.#store.texts([...ids.map(keys.record), ...ids.map(keys.ended)]);
    return ids.map((id, index) => {
      const text = texts[index];
      return text === undefined ? undefined : this.#entry(id, text, texts[ids.length + index]);
    });
  }

  /** How a record stands is read of those alone that are sought: most are not. */
  async #recordsSought(
    ids: readonly string[],
    isSought: (text: string) => boolean,
  ): Promise<(AnchoredEntry | undefined)[]> {
    const texts = await this.#store.texts(ids.map(keys.record));
    const held = texts.map((text) => (text !== undefined && isSought(text) ? text : undefined));
    const found = ids.filter((_, index) => held[index] !== undefined);
    const endings = found.length === 0 ? [] : await this.#store.texts(found.map(keys.ended));
    const byId = new Map(found.map((id, index) => [id, endings[index]]));
    return ids.map((id, index) => {
      const text = held[index];
      return text === undefined ? undefined : this.#entry(id, text, byId.get(id));
    });
  }

  /** Private figures; undefined where this organisation has none of the record. */
  async figures(id: string): Promise<readonly Figure[] | undefined> {
    return this.#figures(id, await this.#store.text(keys.figures(id)));
  }

  /** Private figures of records, or that those of their transactions were purged, in one look at the store. */
  async figuresOrPurged(entries: readonly Pick<AnchoredEntry, 'id' | 'txId'>[]): Promise<FiguresOrPurged[]> {
    if (entries.length === 0) return [];
    const purgedKeys = entries.map(({ txId }) => keys.purged(txId));
    const texts = await this.#store.texts([...purgedKeys, ...entries.map(({ id }) => keys.figures(id))]);
    return entries.map(({ id }, index) => {
      const purged = texts[index];
      if (purged !== undefined) return { purged: parseStored(purged, purgedKeys[index] ?? '') as Purged };
      const figures = this.#figures(id, texts[entries.length + index]);
      return figures === undefined ? {} : { figures };
    });
  }

  #figures(id: string, text: string | undefined): readonly Figure[] | undefined {
    return text === undefined ? undefined : (this.#parsed.parse(keys.figures(id), text) as readonly Figure[]);
  }

  /** Call when these keys were removed from the store: what was purged must not stay in memory either. */
  forget(removed: readonly string[]): void {
    for (const key of removed) this.#parsed.forget(key);
    if (removed.length > 0) forgetFigures();
  }

  /** Set where the private figures of a transaction were purged. */
  async purged(txId: string): Promise<Purged | undefined> {
    return this.#store.json<Purged>(keys.purged(txId));
  }

  async head(key: string): Promise<HeadEntry | undefined> {
    return this.#store.json<HeadEntry>(keys.head(key));
  }

  async heads(businessKeys: readonly string[]): Promise<(HeadEntry | undefined)[]> {
    const names = businessKeys.map(keys.head);
    const texts = await this.#store.texts(names);
    return texts.map((text, at) =>
      text === undefined ? undefined : (parseStored(text, names[at] ?? '') as HeadEntry),
    );
  }

  /** Status of those of these records that are not current any more. */
  async endings(ids: readonly string[]): Promise<Map<string, RecordStatus>> {
    const texts = await this.#store.texts(ids.map(keys.ended));
    const ended = ids.flatMap((id, index): [string, RecordStatus][] => {
      const text = texts[index];
      return text === undefined ? [] : [[id, (parseStored(text, keys.ended(id)) as StoredStanding).status]];
    });
    return new Map(ended);
  }

  async submission(id: string): Promise<SubmissionEntry | undefined> {
    return this.#store.json<SubmissionEntry>(keys.submission(id));
  }

  #entry(id: string, stored: string, ending: string | undefined): AnchoredEntry {
    const end = stored.indexOf('\n');
    const place = parseStored(stored.slice(0, end), id) as RecordPlace;
    const text = stored.slice(end + 1);
    const record = this.#parsed.parse(keys.record(id), text) as LedgerRecord;
    return {
      id,
      key: businessKey(record),
      record,
      text,
      ...standingOf(id, record, ending),
      txId: place.t,
      blockNumber: place.b,
      logIndex: place.i,
      anchoredAt: place.a,
      submission: place.s,
      indexInSubmission: place.p,
      ...(place.e === undefined ? {} : { earlier: place.e }),
    };
  }
}

function standingOf(
  id: string,
  record: LedgerRecord,
  stored: string | undefined,
): Pick<AnchoredEntry, 'status' | 'state' | 'changedBy'> {
  if (stored === undefined) return { status: 'current', state: firstState(record) };
  const { status, state, by } = parseStored(stored, keys.ended(id)) as StoredStanding;
  return { status, state: state ?? firstState(record), changedBy: by };
}
