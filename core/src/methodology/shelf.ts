import { LedgerError } from '../errors';
import { methodologySchema, parameterTableSchema, type Methodology, type ParameterTable } from './spec';
import shelf from './shelf.json';

/** One folder of `sectors/`, compiled: `{year}` stands for the year in the document. */
interface ShelvedMethodology {
  readonly sector: string;
  /** Unit part of the business keys of its records. */
  readonly unit: string;
  /** Whether its tables carry what all sectors share. */
  readonly hasMarket: boolean;
  readonly methodology: { readonly id: string; readonly title: Methodology['title'] };
  /** Values in force, by year, beside those of the market. */
  readonly parameters: ByYear;
}

/** Read by its schema once it is asked for. */
type ByYear = Readonly<Record<string, unknown>>;

/** Rules of one report year as the authority files them. */
export interface YearRules {
  readonly sector: string;
  readonly unit: string;
  readonly methodology: Methodology;
  readonly parameters: ParameterTable;
}

// Written by `npm run sectors` from the folders of sectors/; a test holds it to them.
const shelved: { readonly market: ByYear; readonly methodologies: readonly ShelvedMethodology[] } = shelf;
const { market, methodologies: entries } = shelved;
/** What was read once, by id and year: reading holds a document to its schema. */
const known = new Map<string, YearRules>();

/** Ids of the methodologies that come with the program, with their sector and years. */
export function shelvedMethodologies(): { id: string; sector: string; years: readonly string[] }[] {
  return entries.map(({ sector, methodology, parameters }) => ({
    id: methodology.id,
    sector,
    years: Object.keys(parameters),
  }));
}

/**
 * The rules of a report year from the folders of `sectors/`: what an authority files, a trial is founded with and a file is
 * read by where no ledger says otherwise.
 * @throws LedgerError FORMULA_UNDEFINED where there are none
 */
export function shelvedRules(id: string, year: string): YearRules {
  const name = `${id}/${year}`;
  const rules = known.get(name) ?? readRules(id, year);
  known.set(name, rules);
  return rules;
}

function readRules(id: string, year: string): YearRules {
  const found = entries.find((entry) => entry.methodology.id === id && Object.hasOwn(entry.parameters, year));
  if (!found) {
    const years = entries.flatMap((entry) => (entry.methodology.id === id ? Object.keys(entry.parameters) : []));
    const others = years.length > 0 ? `there is one for ${years.sort().join(', ')}` : 'no such methodology is known';
    throw new LedgerError('FORMULA_UNDEFINED', `there is no methodology ${id} for ${year}; ${others}`);
  }
  const valuesOf = (own: unknown): ParameterTable['values'] => parameterTableSchema.shape.values.parse(own ?? {});
  const values = { ...(found.hasMarket ? valuesOf(market[year]) : {}), ...valuesOf(found.parameters[year]) };
  const { title } = found.methodology;
  const inYear = (text: string): string => text.replaceAll('{year}', year);
  return {
    sector: found.sector,
    unit: found.unit,
    methodology: methodologySchema.parse({
      ...found.methodology,
      ...{ year, title: { en: inYear(title.en), zh: inYear(title.zh) } },
    }),
    parameters: { table: id, effectiveFrom: `${year}-01-01`, effectiveTo: `${year}-12-31`, values },
  };
}

const coal = 'CN-ETS-POWER';

/** Methodology of coal power. @throws LedgerError FORMULA_UNDEFINED for a year without one */
export function coalPower(year: string): Methodology {
  return shelvedRules(coal, year).methodology;
}

/** Parameters of coal power. @throws LedgerError FORMULA_UNDEFINED for a year without them */
export function coalPowerParameters(year: string): ParameterTable {
  return shelvedRules(coal, year).parameters;
}
