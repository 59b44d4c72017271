import {
  caseKey,
  businessKey,
  openFindings,
  overlappingSpans,
  parseBusinessKey,
  processNameOf,
  underInspection,
  type ContentOf,
  type Freeze,
  type LedgerRecord,
  type LogPlace,
  type MarkFacts,
  type PartyKey,
  type RestedOn,
  type SerialRange,
} from '@carbon-ledger/core';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { Projection } from '../projection/projection';
import { EndedInputs } from './ended-inputs';

/** States in which an inspection was opened at least. */
const opened = [...underInspection, 'CLOSED'] as const;

function placeOf({ logIndex, anchoredAt, earlier }: AnchoredEntry): LogPlace {
  return { logIndex, anchoredAt: earlier?.anchoredAt ?? anchoredAt };
}

/** What marks are told by, from the projection as of its last block. */
export class ProjectedMarkFacts implements MarkFacts {
  readonly #projection: Projection;
  readonly #inputs: EndedInputs;
  /** Of every plant's year that was ever frozen, as of a height. */
  #freezes: { readonly height: bigint; readonly byYear: Promise<ReadonlyMap<string, readonly Freeze[]>> } | undefined;

  /** Keys of open findings by the id of what they are about, as of a height. */
  #findings:
    { readonly height: bigint; readonly byRecord: Promise<ReadonlyMap<string, readonly string[]>> } | undefined;

  constructor(projection: Projection) {
    this.#projection = projection;
    this.#inputs = new EndedInputs(projection, { marking: this, findings: () => this.#openFindings() });
  }

  async signedWith(id: string): Promise<string | undefined> {
    const { reader } = this.#projection;
    const entry = await reader.record(id);
    return entry && (await reader.submission(entry.submission))?.keyId;
  }

  async keysOf(uscc: string): Promise<readonly PartyKey[]> {
    return (await this.#projection.parties.find(uscc))?.content.keys ?? [];
  }

  lateDays(record: LedgerRecord): Promise<number | undefined> {
    return this.lateDaysOf(businessKey(record));
  }

  /** Of what was filed under a business key. */
  async lateDaysOf(key: string): Promise<number | undefined> {
    const process = processNameOf(parseBusinessKey(key).kind);
    if (process === undefined) return undefined;
    return (await this.#projection.world.get('case', caseKey(process, key)))?.late;
  }

  endedInputs(id: string): Promise<readonly RestedOn[]> {
    return this.#inputs.of(id);
  }

  doubtedInputs(id: string): Promise<readonly RestedOn[]> {
    return this.#inputs.doubtedOf(id);
  }

  /** Ids of the records of a party that rest on something that does not stand. */
  groundless(issuer: string): Promise<string[]> {
    return this.#inputs.restingOf(issuer);
  }

  async freezes(uscc: string, year: string): Promise<readonly Freeze[]> {
    const { height } = this.#projection;
    if (this.#freezes?.height !== height) this.#freezes = { height, byYear: this.#read() };
    return (await this.#freezes.byYear).get(`${uscc}/${year}`) ?? [];
  }

  async findings({ id }: Pick<AnchoredEntry, 'id'>): Promise<readonly string[]> {
    return (await this.#openFindings()).get(id) ?? [];
  }

  #openFindings(): Promise<ReadonlyMap<string, readonly string[]>> {
    const { height } = this.#projection;
    if (this.#findings?.height !== height) this.#findings = { height, byRecord: this.#readFindings() };
    return this.#findings.byRecord;
  }

  async frozenNumbers(range: SerialRange): Promise<readonly string[]> {
    return (await overlappingSpans(this.#projection.world, 'frozen', range)).map(({ key }) => key);
  }

  async #readFindings(): Promise<ReadonlyMap<string, readonly string[]>> {
    const byRecord = new Map<string, string[]>();
    for (const state of openFindings)
      for await (const { key, record } of this.#projection.current('finding', state)) {
        const found = await this.#projection.reader.record(record);
        for (const id of evidenceOf(found)) byRecord.set(id, [...(byRecord.get(id) ?? []), key]);
      }
    return byRecord;
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

/** What a finding is about, each once; the inspection that it belongs to is none of it. */
function evidenceOf(finding: AnchoredEntry | undefined): ReadonlySet<string> {
  const cites = finding?.record.cites ?? [];
  return new Set(cites.filter(({ role }) => role !== 'inspection').map(({ record }) => record));
}

function coveredYears({ record }: AnchoredEntry): string[] {
  const { covered = [] } = record.content as ContentOf<'inspection'>;
  return covered.flatMap(({ uscc, years }) => years.map((year) => `${uscc}/${year}`));
}
