import {
  caseKey,
  businessKey,
  overlappingSpans,
  processNameOf,
  underInspection,
  type ContentOf,
  type Freeze,
  type LedgerRecord,
  type LogPlace,
  type MarkFacts,
  type PartyKey,
  type SerialRange,
} from '@carbon-ledger/core';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { Projection } from '../projection/projection';

/** States in which an inspection was opened at least. */
const opened = [...underInspection, 'CLOSED'] as const;

function placeOf({ logIndex, anchoredAt, earlier }: AnchoredEntry): LogPlace {
  return { logIndex, anchoredAt: earlier?.anchoredAt ?? anchoredAt };
}

/** What marks are told by, from the projection as of its last block. */
export class ProjectedMarkFacts implements MarkFacts {
  readonly #projection: Projection;
  /** Of every plant's year that was ever frozen, as of a height. */
  #freezes: { readonly height: bigint; readonly byYear: Promise<ReadonlyMap<string, readonly Freeze[]>> } | undefined;

  constructor(projection: Projection) {
    this.#projection = projection;
  }

  async signedWith(id: string): Promise<string | undefined> {
    const { reader } = this.#projection;
    const entry = await reader.record(id);
    return entry && (await reader.submission(entry.submission))?.keyId;
  }

  async keysOf(uscc: string): Promise<readonly PartyKey[]> {
    return (await this.#projection.parties.find(uscc))?.content.keys ?? [];
  }

  async lateDays(record: LedgerRecord): Promise<number | undefined> {
    const process = processNameOf(record.kind);
    if (process === undefined) return undefined;
    return (await this.#projection.world.get('case', caseKey(process, businessKey(record))))?.late;
  }

  async freezes(uscc: string, year: string): Promise<readonly Freeze[]> {
    const { height } = this.#projection;
    if (this.#freezes?.height !== height) this.#freezes = { height, byYear: this.#read() };
    return (await this.#freezes.byYear).get(`${uscc}/${year}`) ?? [];
  }

  async frozenNumbers(range: SerialRange): Promise<readonly string[]> {
    return (await overlappingSpans(this.#projection.world, 'frozen', range)).map(({ key }) => key);
  }

  async #read(): Promise<ReadonlyMap<string, readonly Freeze[]>> {
    const byYear = new Map<string, Freeze[]>();
    for (const state of opened)
      for await (const { key, record, by } of this.#projection.current('inspection', state)) {
        const [opening, last] = await this.#projection.reader.records([record, by]);
        if (opening === undefined) continue;
        const until = state === 'CLOSED' && last !== undefined ? { until: placeOf(last) } : {};
        const freeze: Freeze = { inspection: key, from: placeOf(opening), ...until };
        for (const year of coveredYears(opening)) byYear.set(year, [...(byYear.get(year) ?? []), freeze]);
      }
    return byYear;
  }
}

function coveredYears({ record }: AnchoredEntry): string[] {
  const { covered = [] } = record.content as ContentOf<'inspection'>;
  return covered.flatMap(({ uscc, years }) => years.map((year) => `${uscc}/${year}`));
}
