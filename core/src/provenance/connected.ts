import { assertNarrow, counts, inLogOrder, MOST_DEPENDENTS } from './downstream';
import type { AnchoredRecord, CitedByPartySource, RecordSource } from './source';

/** Records that rest on one and hang together by their citations. */
export interface Connected {
  /** Parties that those of them are about which cite it themselves. */
  readonly parties: readonly string[];
  /** In log order. */
  readonly records: readonly AnchoredRecord[];
  /** What was read to find them is not read again. */
  readonly reader: Pick<RecordSource, 'records'>;
}

/**
 * Finds what rests on a record piece by piece: all about one party, and whatever hangs together with it, down to what cites it
 * and up to what it cites. No two pieces have a record in common and no record of one cites a record of another, so that each can be
 * computed by itself and forgotten.
 */
export class ConnectedRecords {
  readonly #source: CitedByPartySource;
  readonly #root: AnchoredRecord;
  readonly #done = new Set<string>();

  constructor(source: CitedByPartySource, root: AnchoredRecord) {
    this.#source = source;
    this.#root = root;
  }

  /** Empty where nothing about the party rests on the record, or where it came with another. @throws LedgerError TOO_WIDE of one piece */
  async of(party: string): Promise<Connected> {
    const piece = new Piece(this.#source, this.#root);
    if (!this.#done.has(party)) await piece.addParty(party);
    for (const one of piece.parties) this.#done.add(one);
    const { parties, records, reader } = piece;
    return { parties: [...parties], records: inLogOrder(records.values()), reader };
  }
}

/** Reads each record of a piece once: a look may take its time. */
class Held {
  readonly #source: CitedByPartySource;
  readonly #held = new Map<string, AnchoredRecord | undefined>();

  constructor(source: CitedByPartySource) {
    this.#source = source;
  }

  async records(ids: readonly string[]): Promise<(AnchoredRecord | undefined)[]> {
    const missing = [...new Set(ids)].filter((id) => !this.#held.has(id));
    const found = missing.length === 0 ? [] : await this.#source.records(missing);
    for (const [at, id] of missing.entries()) this.#held.set(id, found[at]);
    return ids.map((id) => this.#held.get(id));
  }

  citedBy = async (id: string): Promise<readonly AnchoredRecord[]> => this.#keep(await this.#source.citedBy(id));

  citedByAbout = async (id: string, party: string): Promise<readonly AnchoredRecord[]> =>
    this.#keep(await this.#source.citedByAbout(id, party));

  #keep(found: readonly AnchoredRecord[]): readonly AnchoredRecord[] {
    for (const one of found) this.#held.set(one.id, one);
    return found.filter(counts);
  }
}

const citedIn = (records: readonly AnchoredRecord[]): string[] =>
  records.flatMap(({ record }) => record.cites.map((cited) => cited.record));

class Piece {
  readonly parties = new Set<string>();
  readonly records = new Map<string, AnchoredRecord>();
  readonly reader: Held;
  readonly #root: AnchoredRecord;
  /** What was looked at on the way up, and whether it rests on the record in question. */
  readonly #rests = new Map<string, boolean>();

  constructor(source: CitedByPartySource, root: AnchoredRecord) {
    this.reader = new Held(source);
    this.#root = root;
  }

  async addParty(party: string): Promise<void> {
    if (this.parties.has(party)) return;
    const direct = await this.reader.citedByAbout(this.#root.id, party);
    if (direct.length === 0) return;
    this.parties.add(party);
    await this.#addAll(direct);
  }

  /** Level by level: what cites the records of one, and what they cite, is asked for at once. */
  async #addAll(records: readonly AnchoredRecord[]): Promise<void> {
    for (let level = this.#fresh(records); level.length > 0;) {
      for (const one of level) this.records.set(one.id, one);
      assertNarrow(this.#root.id, this.records.size, MOST_DEPENDENTS);
      const below = await Promise.all(level.map(({ id }) => this.reader.citedBy(id)));
      const above = await this.#restingAmong(citedIn(level));
      for (const one of level) if (this.#isDirect(one)) await this.addParty(one.record.subject.uscc);
      level = this.#fresh([...below.flat(), ...above]);
    }
  }

  #fresh(records: readonly AnchoredRecord[]): AnchoredRecord[] {
    return [...new Map(records.map((one) => [one.id, one])).values()].filter(({ id }) => !this.records.has(id));
  }

  #isDirect({ record }: AnchoredRecord): boolean {
    return record.cites.some((cited) => cited.record === this.#root.id);
  }

  /** What is cited and rests on the record in question too. */
  async #restingAmong(ids: readonly string[]): Promise<AnchoredRecord[]> {
    const resting: AnchoredRecord[] = [];
    for (const cited of await this.reader.records(ids.filter((id) => !this.records.has(id))))
      if (cited !== undefined && (await this.#restsOnRoot(cited))) resting.push(cited);
    return resting;
  }

  async #restsOnRoot(anchored: AnchoredRecord): Promise<boolean> {
    // A record can only cite what was anchored before it.
    if (anchored.logIndex <= this.#root.logIndex || !counts(anchored)) return false;
    if (this.#isDirect(anchored)) return true;
    const known = this.#rests.get(anchored.id) ?? (await this.#someRest(anchored));
    this.#rests.set(anchored.id, known);
    return known;
  }

  async #someRest(anchored: AnchoredRecord): Promise<boolean> {
    for (const cited of await this.reader.records(citedIn([anchored])))
      if (cited !== undefined && (this.records.has(cited.id) || (await this.#restsOnRoot(cited)))) return true;
    return false;
  }
}
