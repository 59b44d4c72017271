import type { AnchoredRecord, CitedBySource, Figure } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import type { AnchoredEntry } from '../projection/entries';
import { prefixes } from '../projection/keys';
import type { Projection } from '../projection/projection';
import { maySeeFigures, type Caller } from './visibility';

/** Records that cite one record are read up to this number; the sample's widest record, its methodology, has about 60. */
const CITED_BY = 20_000;

/** Records as a caller may see them. */
export class RecordViews {
  readonly #projection: Projection;

  constructor(projection: Projection) {
    this.#projection = projection;
  }

  /** `include`: put the figures in where they are open. */
  async view(entry: AnchoredEntry, caller: Caller | undefined, include: boolean): Promise<AnchoredRecordView> {
    const access = await this.access(entry, caller);
    const figures = include && access === 'open' ? await this.#projection.reader.figures(entry.id) : undefined;
    return {
      id: entry.id,
      key: entry.key,
      record: entry.record,
      status: entry.status,
      ...(entry.endedBy === undefined ? {} : { endedBy: entry.endedBy }),
      txId: entry.txId,
      blockNumber: entry.blockNumber,
      logIndex: entry.logIndex,
      anchoredAt: entry.anchoredAt,
      submission: entry.submission,
      ...(entry.earlier === undefined ? {} : { earlier: entry.earlier }),
      figuresAccess: figures === undefined ? access : 'shown',
      ...(figures === undefined ? {} : { figures: [...figures] }),
    };
  }

  async access({ record }: AnchoredEntry, caller: Caller | undefined): Promise<'none' | 'open' | 'hidden'> {
    if (record.figuresRoot === null) return 'none';
    return (await maySeeFigures(caller, record, this.#projection.parties)) ? 'open' : 'hidden';
  }

  /** The ledger as trace and impact read it, with the figures that are open to this caller and no others. */
  source(caller: Caller | undefined): CitedBySource {
    const { reader } = this.#projection;
    const anchored = async (id: string): Promise<AnchoredRecord | undefined> => {
      const entry = await reader.record(id);
      return entry === undefined ? undefined : this.#anchored(entry, caller);
    };
    return {
      record: anchored,
      head: async (key) => {
        const head = await reader.head(key);
        return head === undefined ? undefined : anchored(head.record);
      },
      citedBy: async (id) => {
        const ids = await this.#projection.newest(prefixes.cited(id), CITED_BY);
        const entries = await reader.records([...new Set(ids)]);
        return Promise.all(
          entries.filter((entry) => entry !== undefined).map((entry) => this.#anchored(entry, caller)),
        );
      },
    };
  }

  async #anchored(entry: AnchoredEntry, caller: Caller | undefined): Promise<AnchoredRecord> {
    const { record, id, txId, blockNumber, logIndex, anchoredAt, status, earlier } = entry;
    const figures = await this.#figuresFor(entry, caller);
    return {
      record,
      id,
      txId,
      blockNumber,
      logIndex,
      anchoredAt,
      status,
      ...(earlier === undefined ? {} : { earlier }),
      ...(figures === undefined ? {} : { figures }),
    };
  }

  async #figuresFor(entry: AnchoredEntry, caller: Caller | undefined): Promise<readonly Figure[] | undefined> {
    const access = await this.access(entry, caller);
    if (access === 'none') return [];
    return access === 'open' ? this.#projection.reader.figures(entry.id) : undefined;
  }
}
