import { assertNarrow, counts, inLogOrder, MOST_DEPENDENTS } from './downstream';
import type { AnchoredRecord, CitedByPartySource } from './source';

/** Records that rest on one and hang together by their citations. */
export interface Connected {
  /** Parties that those of them are about which cite it themselves. */
  readonly parties: readonly string[];
  /** In log order. */
  readonly records: readonly AnchoredRecord[];
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
    return { parties: [...piece.parties], records: inLogOrder(piece.records.values()) };
  }
}

class Piece {
  readonly parties = new Set<string>();
  readonly records = new Map<string, AnchoredRecord>();
  readonly #source: CitedByPartySource;
  readonly #root: AnchoredRecord;
  /** What was looked at on the way up, and whether it rests on the record in question. */
  readonly #rests = new Map<string, boolean>();

  constructor(source: CitedByPartySource, root: AnchoredRecord) {
    this.#source = source;
    this.#root = root;
  }

  async addParty(party: string): Promise<void> {
    if (this.parties.has(party)) return;
    const direct = (await this.#source.citedByAbout(this.#root.id, party)).filter(counts);
    if (direct.length === 0) return;
    this.parties.add(party);
    await this.#addAll(direct);
  }

  async #addAll(records: readonly AnchoredRecord[]): Promise<void> {
    const queue = [...records];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (this.records.has(next.id)) continue;
      this.records.set(next.id, next);
      assertNarrow(this.#root.id, this.records.size, MOST_DEPENDENTS);
      if (this.#isDirect(next)) await this.addParty(next.record.subject.uscc);
      queue.push(...(await this.#source.citedBy(next.id)).filter(counts), ...(await this.#restingAbove(next)));
    }
  }

  #isDirect({ record }: AnchoredRecord): boolean {
    return record.cites.some((cited) => cited.record === this.#root.id);
  }

  /** What a record cites that rests on the record in question too. */
  async #restingAbove({ record }: AnchoredRecord): Promise<AnchoredRecord[]> {
    const ids = record.cites.map((cited) => cited.record).filter((id) => !this.records.has(id));
    const resting: AnchoredRecord[] = [];
    for (const cited of await this.#source.records(ids))
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

  async #someRest({ record }: AnchoredRecord): Promise<boolean> {
    for (const cited of await this.#source.records(record.cites.map((one) => one.record)))
      if (cited !== undefined && (this.records.has(cited.id) || (await this.#restsOnRoot(cited)))) return true;
    return false;
  }
}
