import type { AnchoredRecord, CitedBySource, Figure } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import type { AnchoredEntry } from '../projection/entries';
import { prefixes } from '../projection/keys';
import type { Purged } from '../projection/purges';
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
    const { access, figures, purged } = await this.#open(entry, caller);
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
      figuresAccess: include && figures !== undefined ? 'shown' : access,
      ...(include && figures !== undefined ? { figures: [...figures] } : {}),
      ...(purged === undefined ? {} : { figuresPurged: purged }),
    };
  }

  async access(entry: AnchoredEntry, caller: Caller | undefined): Promise<FiguresAccess> {
    return (await this.#open(entry, caller)).access;
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
    const { access, figures } = await this.#open(entry, caller);
    return access === 'none' ? [] : figures;
  }

  /** Who may not see them is told nothing of where they are. */
  async #open({ record, id, txId }: AnchoredEntry, caller: Caller | undefined): Promise<OpenFigures> {
    if (record.figuresRoot === null) return { access: 'none' };
    const { parties, reader, awaited } = this.#projection;
    if (!(await maySeeFigures(caller, record, parties))) return { access: 'hidden' };
    const { figures, purged } = await reader.figuresOrPurged(id, txId);
    if (purged !== undefined) return { access: 'purged', purged };
    if (figures !== undefined) return { access: 'open', figures };
    return { access: (await awaited.has(txId)) ? 'awaited' : 'elsewhere' };
  }
}

type FiguresAccess = Exclude<AnchoredRecordView['figuresAccess'], 'shown'>;

interface OpenFigures {
  readonly access: FiguresAccess;
  readonly figures?: readonly Figure[];
  readonly purged?: Purged;
}
