import { isCompliantTest, type ContentOf, type YearValuesReader } from '@carbon-ledger/core';
import type { Conduct } from '@carbon-ledger/client-sdk';
import { prefixes, type AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { prices } from '../http/limits/prices';
import type { Pacer } from '../http/reading/pacer';
import type { Projection } from '../projection/projection';
import { currentEntries } from './emitters';

/** Reports of one institution that are looked at; a laboratory files some hundred a year. */
const mostReports = 5_000;
/** Records that rest on one report, as far as they are looked at. */
const mostCiting = 200;
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

class Counting {
  readonly #projection: Projection;
  readonly #values: YearValuesReader;
  readonly withdrawn = new Named();
  readonly replaced = new Named();
  readonly late = new Named();
  readonly findings = new Named();
  readonly screened = new Named();
  filed = 0;
  hits = 0;

  constructor(projection: Projection, values: YearValuesReader) {
    this.#projection = projection;
    this.#values = values;
  }

  async add(entry: AnchoredEntry): Promise<void> {
    this.filed += 1;
    if (entry.status === 'withdrawn') this.withdrawn.add(entry.id);
    if (entry.status === 'superseded' || entry.status === 'open') this.replaced.add(entry.id);
    if (await this.#isLate(entry)) this.late.add(entry.id);
    const citing = await this.#projection.newest(prefixes.cited(entry.id), mostCiting);
    const records = await this.#projection.reader.records([...new Set(citing)]);
    for (const one of records) if (one !== undefined) this.#addCiting(one, entry.key);
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
export async function conductOf(
  {
    projection,
    pacer,
    values,
    spend,
  }: {
    readonly projection: Projection;
    readonly pacer: Pacer;
    readonly values: YearValuesReader;
    readonly spend: (units: number) => void;
  },
  uscc: string,
  kind: InstitutionKind,
): Promise<Conduct> {
  const counting = new Counting(projection, values);
  let complete = true;
  for await (const entry of currentEntries(projection, { type: filed[kind], issuer: uscc, order: 'desc' })) {
    if (counting.filed === mostReports) {
      complete = false;
      break;
    }
    await counting.add(entry);
    spend(3 * prices.recordRead);
    if (counting.filed % aTurn === 0) await pacer.turn();
  }
  const { withdrawn, replaced, late, findings, screened, hits } = counting;
  return {
    filed: counting.filed,
    ...{ withdrawn: withdrawn.told, replaced: replaced.told, late: late.told },
    ...{ findings: findings.told, screened: screened.told },
    ...{ hitsPerReport: perReport(hits, counting.filed), complete },
  };
}
