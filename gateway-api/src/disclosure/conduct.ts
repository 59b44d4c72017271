import { isCompliantTest, type ContentOf, type YearValuesReader } from '@carbon-ledger/core';
import type { Conduct } from '@carbon-ledger/client-sdk';
import { prefixes, type AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { prices } from '../http/limits/prices';
import type { Pacer } from '../http/reading/pacer';
import type { Projection } from '../projection/projection';
import { currentEntries } from './emitters';

/** Reports of one institution that are looked at; a laboratory files some hundred a year. */
const mostReports = 5_000;
/** Records that rest on its reports, of all of them together, as far as they are looked at. */
const mostCiting = 20_000;
const mostNamed = 100;
const aTurn = 50;

/** What an institution files, by its kind. */
const filed = { lab: 'test-report', verifier: 'verification-conclusion' } as const;
export type InstitutionKind = keyof typeof filed;

/** Ids, each once, newest first. */
class Named {
  readonly #ids = new Set<string>();

  add(id: string): void {
    this.#ids.add(id);
  }

  get told(): Conduct['withdrawn'] {
    return { count: this.#ids.size, records: [...this.#ids].slice(0, mostNamed) };
  }
}

/** What is read of a projection. */
export type CountedRecords = Pick<Projection, 'list' | 'under'> & {
  readonly reader: Pick<Projection['reader'], 'records'>;
  readonly world: Pick<Projection['world'], 'get'>;
};

export interface ConductSources {
  readonly projection: CountedRecords;
  readonly pacer: Pick<Pacer, 'turn'>;
  readonly values: Pick<YearValuesReader, 'of'>;
  /** Units of work. */
  readonly spend: (units: number) => void;
}

class Counting {
  readonly #projection: CountedRecords;
  readonly #values: ConductSources['values'];
  readonly #pacer: ConductSources['pacer'];
  readonly #spend: (units: number) => void;
  readonly withdrawn = new Named();
  readonly replaced = new Named();
  readonly late = new Named();
  readonly findings = new Named();
  readonly screened = new Named();
  filed = 0;
  hits = 0;
  /** Whether all that rests on what it filed was looked at. */
  complete = true;
  #citing = 0;

  constructor({ projection, values, pacer, spend }: ConductSources) {
    this.#projection = projection;
    this.#values = values;
    this.#pacer = pacer;
    this.#spend = spend;
  }

  async add(entry: AnchoredEntry): Promise<void> {
    this.filed += 1;
    if (entry.status === 'withdrawn') this.withdrawn.add(entry.id);
    if (entry.status === 'superseded' || entry.status === 'open') this.replaced.add(entry.id);
    if (await this.#isLate(entry)) this.late.add(entry.id);
    await this.#addAllCiting(entry);
  }

  /** Everything that rests on it, a few hundred at a time. */
  async #addAllCiting({ id, key }: AnchoredEntry): Promise<void> {
    for await (const rows of this.#projection.under(prefixes.cited(id))) {
      if (this.#citing >= mostCiting) {
        this.complete = false;
        return;
      }
      this.#citing += rows.length;
      this.#spend(rows.length * prices.recordRead);
      const records = await this.#projection.reader.records([...new Set(rows.map(([, citing]) => citing))]);
      for (const one of records) if (one !== undefined) this.#addCiting(one, key);
      await this.#pacer.turn();
    }
  }

  async #isLate({ record, key }: AnchoredEntry): Promise<boolean> {
    if (record.type === 'test-report') {
      const { issued, received } = record.content as { readonly issued: string; readonly received: string };
      return !isCompliantTest({ issued, received }, record.subject.period, await this.#values.of(record.subject));
    }
    const state = await this.#projection.world.get('case', `contestable/${key}`);
    return (state?.late ?? 0) > 0;
  }

  #addCiting({ id, record, status }: AnchoredEntry, key: string): void {
    if (status !== 'current') return;
    if (record.type === 'finding') this.findings.add(id);
    if (record.type !== 'screening-result') return;
    const { findings } = record.content as ContentOf<'screening-result'>;
    const own = findings.filter(
      ({ severity, addresses }) => severity !== 'info' && addresses.some((one) => one.startsWith(`${key}#`)),
    );
    if (own.length > 0) this.screened.add(id);
    this.hits += own.length;
  }
}

/** Two decimals, by whole numbers. */
function perReport(hits: number, reports: number): string {
  if (reports === 0) return '0.00';
  const hundredths = Math.round((hits * 100) / reports);
  return `${String(Math.floor(hundredths / 100))}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** Record of conduct of a laboratory or verifier: counted from the ledger, every count with its records. */
export async function conductOf(sources: ConductSources, uscc: string, kind: InstitutionKind): Promise<Conduct> {
  const { projection, pacer, spend } = sources;
  const counting = new Counting(sources);
  for await (const entry of currentEntries(projection, { type: filed[kind], issuer: uscc, order: 'desc' })) {
    if (counting.filed === mostReports) {
      counting.complete = false;
      break;
    }
    await counting.add(entry);
    spend(3 * prices.recordRead);
    if (counting.filed % aTurn === 0) await pacer.turn();
  }
  const { withdrawn, replaced, late, findings, screened, hits, complete } = counting;
  return {
    filed: counting.filed,
    ...{ withdrawn: withdrawn.told, replaced: replaced.told, late: late.told },
    ...{ findings: findings.told, screened: screened.told },
    ...{ hitsPerReport: perReport(hits, counting.filed), complete },
  };
}
