import type { BuiltRecord } from '../../rulebook';
import type { MarkFacts } from '../marks';
import type { AnchoredRecord, CitedByPartySource } from '../source';

/** Anchored records in memory, in the order in which they came; a test may change them behind their ids. */
export class ShelfSource implements CitedByPartySource {
  readonly #records = new Map<string, AnchoredRecord>();
  readonly #keys = new Map<string, string>();
  marking: MarkFacts | undefined;
  /** Ids of each question for records. */
  readonly asked: (readonly string[])[] = [];

  constructor(records: readonly BuiltRecord[]) {
    for (const [logIndex, { id, key, record, figures }] of records.entries()) {
      this.#keys.set(key, id);
      this.#records.set(id, {
        ...{ id, record, figures, logIndex, status: 'current', state: 'CURRENT' },
        ...{ txId: '0'.repeat(64), blockNumber: '1', anchoredAt: '2026-11-21T08:00:00Z' },
      });
    }
  }

  change(id: string, change: Partial<AnchoredRecord>): void {
    const found = this.#records.get(id);
    if (found !== undefined) this.#records.set(id, { ...found, ...change });
  }

  replace(record: AnchoredRecord): void {
    this.#records.set(record.id, record);
  }

  remove(id: string): void {
    this.#records.delete(id);
  }

  all(): readonly AnchoredRecord[] {
    return [...this.#records.values()];
  }

  head(key: string): Promise<AnchoredRecord | undefined> {
    return Promise.resolve(this.#records.get(this.#keys.get(key) ?? ''));
  }

  records(ids: readonly string[]): Promise<readonly (AnchoredRecord | undefined)[]> {
    this.asked.push(ids);
    return Promise.resolve(ids.map((id) => this.#records.get(id)));
  }

  citedBy(id: string): Promise<readonly AnchoredRecord[]> {
    return Promise.resolve(this.all().filter(({ record }) => record.cites.some((cited) => cited.record === id)));
  }

  async *parties(): AsyncGenerator<string, void, undefined> {
    yield* await Promise.resolve(new Set(this.all().map(({ record }) => record.subject.uscc)));
  }

  async citedByAbout(id: string, uscc: string): Promise<readonly AnchoredRecord[]> {
    return (await this.citedBy(id)).filter(({ record }) => record.subject.uscc === uscc);
  }
}
