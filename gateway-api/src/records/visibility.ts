import {
  mayReadFigures,
  underInspection,
  type ContentOf,
  type LedgerRecord,
  type PartyKind,
  type ReadingSource,
} from '@carbon-ledger/core';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { Projection } from '../projection/projection';

/** Who asks: a party that signed in, as the ledger knows it now. */
export interface Caller {
  readonly party: string;
  readonly kind: PartyKind;
  /** GB/T 2260. */
  readonly region: string;
  /** Told each record whose private figures the party is shown. */
  readonly saw?: (entry: Pick<AnchoredEntry, 'id' | 'record'>) => void;
}

type Inspection = ContentOf<'inspection'>;

/**
 * Which figures are open to whom, by the table of the rulebook (`core/src/rulebook/reading.ts`) over the state as of the
 * last block. Everything that shows figures asks here, and nowhere else is it decided.
 */
export class Visibility {
  readonly #projection: Projection;
  /** Inspections under way, as of a height. */
  #inspections: { readonly height: bigint; readonly open: Promise<readonly Inspection[]> } | undefined;
  readonly #source: ReadingSource;

  constructor(projection: Projection) {
    this.#projection = projection;
    this.#source = {
      get: (kind, key) => projection.world.get(kind, key),
      openInspections: () => this.#open(),
    };
  }

  /** Nobody who did not sign in sees any. */
  async maySee(caller: Caller | undefined, record: LedgerRecord): Promise<boolean> {
    if (caller === undefined) return false;
    const { party: uscc, kind, region } = caller;
    return mayReadFigures({ uscc, kind, region }, record, this.#source);
  }

  #open(): Promise<readonly Inspection[]> {
    const { height } = this.#projection;
    if (this.#inspections?.height !== height) this.#inspections = { height, open: this.#read() };
    return this.#inspections.open;
  }

  async #read(): Promise<readonly Inspection[]> {
    const ids: string[] = [];
    for (const state of underInspection)
      for await (const { record } of this.#projection.current('inspection', state)) ids.push(record);
    const found = await this.#projection.reader.records(ids);
    return found.flatMap((entry) => (entry === undefined ? [] : [entry.record.content as Inspection]));
  }
}
