import { formatBusinessKey, parseBusinessKey, type Subject } from '../identifiers';
import { valuesOf, type Rulebook, type YearValues } from '../rulebook';
import type { AgendaSource, CurrentRecord } from './source';

type Tables = Pick<Rulebook, 'types' | 'processes'>;

/** The sector of an enterprise, as the last list of key emitters of a year names it; in capitals, as rules are filed under it. */
export async function sectorOf({ uscc, period }: Subject, source: AgendaSource): Promise<string | undefined> {
  const listing = await source.get('listed', `${uscc}/${period.slice(0, 4)}`);
  const last = listing?.said.at(-1);
  const list = last === undefined ? undefined : await source.record(`rec:${last.r}`);
  const entries = (list?.content['entries'] ?? []) as readonly { readonly uscc: string; readonly sector: string }[];
  return entries.find((entry) => entry.uscc === uscc)?.sector.toUpperCase();
}

/** The values by which what a subject owes is due: those of its unit's plan, else those of its sector and year. */
export class YearValuesReader {
  readonly #tables: Tables;
  readonly #source: AgendaSource;
  #all: Promise<readonly CurrentRecord[]> | undefined;
  readonly #known = new Map<string, Promise<YearValues | undefined>>();

  constructor(tables: Tables, source: AgendaSource) {
    this.#tables = tables;
    this.#source = source;
  }

  /** Undefined where the ledger has none. */
  of(subject: Subject): Promise<YearValues | undefined> {
    const place = `${subject.uscc}/${subject.unit}/${subject.period.slice(0, 4)}`;
    const found = this.#known.get(place) ?? this.#read(subject);
    this.#known.set(place, found);
    return found;
  }

  /** The values of all sectors, year by year. */
  async byYear(): Promise<ReadonlyMap<string, readonly YearValues[]>> {
    const years = new Map<string, YearValues[]>();
    this.#all ??= this.#standing();
    for (const { key, record } of await this.#all) {
      const values = valuesOf(await this.#source.record(record));
      const { period } = parseBusinessKey(key);
      if (values !== undefined) years.set(period, [...(years.get(period) ?? []), values]);
    }
    return years;
  }

  async #read(subject: Subject): Promise<YearValues | undefined> {
    const record = (await this.#ofPlan(subject)) ?? (await this.#ofSector(subject));
    return record === undefined ? undefined : valuesOf(await this.#source.record(record));
  }

  /** What stands now of the parameters that the unit's plan of the year cites. */
  async #ofPlan({ uscc, unit, period }: Subject): Promise<string | undefined> {
    if (unit === 'PLANT' || unit === '-') return undefined;
    const year = period.slice(0, 4);
    const plan = await this.#source.head(formatBusinessKey({ uscc, unit, period: year }, 'quality-control-plan'));
    const cited = plan && (await this.#source.record(plan.record))?.cites.find(({ role }) => role === 'parameters');
    return cited && (await this.#source.head(cited.key))?.record;
  }

  /** The table without a label comes before those with one. */
  async #ofSector(subject: Subject): Promise<string | undefined> {
    const sector = await sectorOf(subject, this.#source);
    this.#all ??= this.#standing();
    const own = (await this.#all).filter(({ key }) => {
      const { unit, period } = parseBusinessKey(key);
      return unit === sector && period === subject.period.slice(0, 4);
    });
    return own[0]?.record;
  }

  async #standing(): Promise<readonly CurrentRecord[]> {
    const { states } = this.#tables.processes[this.#tables.types.parameter.process];
    const found: CurrentRecord[] = [];
    for (const state of Object.keys(states).filter((one) => states[one]?.standing === 'stands'))
      for await (const current of this.#source.current('parameter', state)) found.push(current);
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}
