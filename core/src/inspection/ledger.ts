import type { DocumentRef } from '../records';
import { businessKey } from '../records';
import type { AnchoredRecord, CitedBySource } from '../provenance';

/** A document as a record names it. */
export interface AnchoredDocument {
  readonly anchored: AnchoredRecord;
  readonly key: string;
  readonly document: DocumentRef;
  /** Its place among the record's documents, to which figures refer. */
  readonly index: number;
}

/** What an inspector may see of plants, held in memory: from a service, or from a file that was taken along. */
export class InspectedRecords implements CitedBySource {
  readonly all: readonly AnchoredRecord[];
  readonly #byId: ReadonlyMap<string, AnchoredRecord>;
  readonly #current = new Map<string, AnchoredRecord>();
  readonly #citedBy = new Map<string, AnchoredRecord[]>();

  constructor(records: readonly AnchoredRecord[]) {
    this.all = [...records].sort((a, b) => a.logIndex - b.logIndex);
    this.#byId = new Map(records.map((one) => [one.id, one]));
    for (const one of this.all) {
      this.#current.set(businessKey(one.record), one);
      // A record that is cited in two roles is cited by one record.
      for (const cited of new Set(one.record.cites.map(({ record }) => record))) {
        const citing = this.#citedBy.get(cited);
        if (citing === undefined) this.#citedBy.set(cited, [one]);
        else citing.push(one);
      }
    }
  }

  records(ids: readonly string[]): Promise<readonly (AnchoredRecord | undefined)[]> {
    return Promise.resolve(ids.map((id) => this.#byId.get(id)));
  }

  /** The newest version of a business key. */
  head(key: string): Promise<AnchoredRecord | undefined> {
    return Promise.resolve(this.#current.get(key));
  }

  citedBy(id: string): Promise<readonly AnchoredRecord[]> {
    return Promise.resolve(this.#citedBy.get(id) ?? []);
  }

  /** Documents of records about these parties, of these years where some are named; newest record first. */
  documents(parties: ReadonlySet<string>, years: ReadonlySet<string>): AnchoredDocument[] {
    const isWanted = ({ record: { subject } }: AnchoredRecord): boolean =>
      parties.has(subject.uscc) && (years.size === 0 || years.has(subject.period.slice(0, 4)));
    return [...this.all]
      .reverse()
      .filter(isWanted)
      .flatMap((anchored) => {
        const key = businessKey(anchored.record);
        return anchored.record.documents.map((document, index) => ({ anchored, key, document, index }));
      });
  }
}
