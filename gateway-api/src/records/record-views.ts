import {
  doubtsOf,
  isMarked,
  marksOf,
  type AnchoredRecord,
  type Doubt,
  type Figure,
  type MarkName,
} from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { prices } from '../http/limits/prices';
import type { Pacer } from '../http/reading/pacer';
import type { AnchoredEntry, Purged } from '@carbon-ledger/auditor/stored';
import type { Projection } from '../projection/projection';
import type { FiguresOrPurged } from '../projection/record-reader';
import { ledgerSource, RECORDS_A_TURN, type LedgerSource } from './ledger-source';
import { ProjectedMarkFacts } from './mark-facts';
import { Visibility, type Caller } from './visibility';

/** Records of a page that are made ready in one turn, with all that is told of them. */
export const VIEWS_A_TURN = 25;

/** Who reads, and how what it costs is told. */
export interface Reading {
  readonly caller: Caller | undefined;
  /** Units of work. */
  readonly spend: (units: number) => void;
}

/** Records as a caller may see them. */
export class RecordViews {
  readonly #projection: Projection;
  readonly #pacer: Pacer;
  readonly #visibility: Visibility;
  /** What marks are told by. */
  readonly marking: ProjectedMarkFacts;

  constructor(projection: Projection, pacer: Pacer) {
    this.#projection = projection;
    this.#visibility = new Visibility(projection);
    this.marking = new ProjectedMarkFacts(projection);
    this.#pacer = pacer;
  }

  /** `include`: put the figures in where they are open. */
  async view(entry: AnchoredEntry, caller: Caller | undefined, include: boolean): Promise<AnchoredRecordView> {
    const [{ access, figures, purged }, marks] = await Promise.all([
      this.#open(entry, caller),
      marksOf(entry, this.marking),
    ]);
    const doubts = doubtsOf(entry, marks).map(({ why }) => why);
    const shown = include ? figures : undefined;
    if (shown !== undefined) tellSeen(caller, entry);
    return {
      id: entry.id,
      key: entry.key,
      record: entry.record,
      status: entry.status,
      state: entry.state,
      ...(entry.changedBy === undefined ? {} : { changedBy: entry.changedBy }),
      ...(marks.length === 0 ? {} : { marks }),
      ...(doubts.length === 0 ? {} : { doubts }),
      txId: entry.txId,
      blockNumber: entry.blockNumber,
      logIndex: entry.logIndex,
      anchoredAt: entry.anchoredAt,
      submission: entry.submission,
      ...(entry.earlier === undefined ? {} : { earlier: entry.earlier }),
      figuresAccess: shown === undefined ? access : 'shown',
      ...(shown === undefined ? {} : { figures: [...shown] }),
      ...(purged === undefined ? {} : { figuresPurged: purged }),
    };
  }

  /** Of a page, a piece in a turn: many may ask for long pages at one time. */
  async viewAll(
    entries: readonly AnchoredEntry[],
    caller: Caller | undefined,
    include: boolean,
  ): Promise<AnchoredRecordView[]> {
    const found: AnchoredRecordView[] = [];
    for (let at = 0; at < entries.length; at += VIEWS_A_TURN) {
      if (at > 0) await this.#pacer.turn();
      const slice = entries.slice(at, at + VIEWS_A_TURN);
      found.push(...(await Promise.all(slice.map((entry) => this.view(entry, caller, include)))));
    }
    return found;
  }

  /** Whether a record bears a mark now. */
  isMarked(entry: AnchoredEntry, mark: MarkName): Promise<boolean> {
    return isMarked(entry, mark, this.marking);
  }

  /** What of a mark the business key of a record tells: whether it may bear it. Undefined where that tells nothing. */
  markOfKey(mark: MarkName): ((key: string) => Promise<boolean>) | undefined {
    return mark === 'late' ? async (key) => (await this.marking.lateDaysOf(key)) !== undefined : undefined;
  }

  /** Why each of these records is in doubt; nothing of one that does not stand. */
  async doubts(ids: readonly string[], spend: Reading['spend']): Promise<(readonly Doubt[])[]> {
    const found: (readonly Doubt[])[] = [];
    for (let at = 0; at < ids.length; at += RECORDS_A_TURN) {
      const slice = ids.slice(at, at + RECORDS_A_TURN);
      spend(slice.length * prices.recordRead);
      if (at > 0) await this.#pacer.turn();
      const entries = await this.#projection.reader.records(slice);
      for (const entry of entries) found.push(entry === undefined ? [] : await this.doubtsOf(entry));
    }
    return found;
  }

  /** Why a record is in doubt; nothing of one that does not stand. */
  async doubtsOf(entry: AnchoredEntry): Promise<readonly Doubt[]> {
    return doubtsOf(entry, await marksOf(entry, this.marking));
  }

  async access(entry: AnchoredEntry, caller: Caller | undefined): Promise<FiguresAccess> {
    return (await this.#open(entry, caller)).access;
  }

  /** The figures themselves, as far as they are open. */
  async figures(entry: AnchoredEntry, caller: Caller | undefined): Promise<readonly Figure[]> {
    const { figures } = await this.#open(entry, caller);
    if (figures !== undefined) tellSeen(caller, entry);
    return figures ?? [];
  }

  /** The ledger as trace and impact read it, with the figures that are open to this caller and no others. */
  source({ caller, spend }: Readonly<Reading>): LedgerSource {
    const { marking } = this;
    const [projection, pacer] = [this.#projection, this.#pacer];
    return ledgerSource({ projection, pacer, marking, spend, anchored: (entries) => this.#anchored(entries, caller) });
  }

  /** With their figures as far as they are open; what is undefined stays so. */
  async #anchored(
    entries: readonly (AnchoredEntry | undefined)[],
    caller: Caller | undefined,
  ): Promise<(AnchoredRecord | undefined)[]> {
    const there = entries.filter((entry) => entry !== undefined);
    const open = await this.#openAll(there, caller);
    for (const [index, entry] of there.entries()) if (open[index]?.figures !== undefined) tellSeen(caller, entry);
    const anchored = new Map(there.map((entry, index) => [entry, anchoredRecord(entry, open[index])]));
    return entries.map((entry) => entry && anchored.get(entry));
  }

  async #open(entry: AnchoredEntry, caller: Caller | undefined): Promise<OpenFigures> {
    return (await this.#openAll([entry], caller))[0] ?? { access: 'hidden' };
  }

  /** Who may not see them is told nothing of where they are. */
  async #openAll(entries: readonly AnchoredEntry[], caller: Caller | undefined): Promise<OpenFigures[]> {
    const { reader } = this.#projection;
    const visible = await Promise.all(entries.map(({ record }) => this.#visibility.maySee(caller, record)));
    const sought = entries.filter(({ record }, index) => record.figuresRoot !== null && visible[index] === true);
    const found = await reader.figuresOrPurged(sought);
    const places = new Map(sought.map((entry, index) => [entry, found[index] ?? {}]));
    return Promise.all(entries.map((entry) => this.#placed(entry, places.get(entry))));
  }

  async #placed({ record, txId }: AnchoredEntry, place: FiguresOrPurged | undefined): Promise<OpenFigures> {
    if (record.figuresRoot === null) return { access: 'none' };
    if (place === undefined) return { access: 'hidden' };
    const { figures, purged } = place;
    if (purged !== undefined) return { access: 'purged', purged };
    if (figures !== undefined) return { access: 'open', figures };
    return { access: (await this.#projection.awaited.has(txId)) ? 'awaited' : 'elsewhere' };
  }
}

/** For the log of reads. */
function tellSeen(caller: Caller | undefined, entry: AnchoredEntry): void {
  caller?.saw?.(entry);
}

/** The same for all that have none: what is the same is looked at once. */
const NO_FIGURES: readonly Figure[] = Object.freeze([]);

function anchoredRecord(entry: AnchoredEntry, open: OpenFigures | undefined): AnchoredRecord {
  const { record, id, txId, blockNumber, logIndex, anchoredAt, status, state, changedBy, earlier } = entry;
  const figures = open?.access === 'none' ? NO_FIGURES : open?.figures;
  return {
    record,
    id,
    txId,
    blockNumber,
    logIndex,
    anchoredAt,
    status,
    state,
    ...(changedBy === undefined ? {} : { changedBy }),
    ...(earlier === undefined ? {} : { earlier }),
    ...(figures === undefined ? {} : { figures }),
  };
}

type FiguresAccess = Exclude<AnchoredRecordView['figuresAccess'], 'shown'>;

interface OpenFigures {
  readonly access: FiguresAccess;
  readonly figures?: readonly Figure[];
  readonly purged?: Purged;
}
