import {
  type Citation,
  type FigureSpec,
  figureSpecsOf,
  type FigureValue,
  isDecimalText,
  type LedgerRecord,
  type Methodology,
  type ParameterTable,
  type RecordScope,
  settleFigures,
  specNamed,
} from '@carbon-ledger/core';

/** The rules by which a plant-year is computed: content of the year's methodology and parameter records. */
export interface PlantYearRules {
  readonly methodology: Methodology;
  readonly parameters: ParameterTable;
}

/** A record as far as formulas see it: from the file's plan or from the ledger. */
export interface Evaluable {
  readonly key: string;
  readonly record: Pick<LedgerRecord, 'type' | 'issuer' | 'subject' | 'kind' | 'content'>;
  /** Business keys by role. */
  readonly cites: Readonly<Record<string, readonly string[]>>;
  /** Figures that are given; the others are computed. */
  readonly figures: Readonly<Record<string, string>>;
}

export interface EvaluatedRecord {
  readonly scope: RecordScope;
  readonly specs: readonly FigureSpec[];
}

/** By business key, in the order of evaluation: inputs before what is computed from them. */
export type EvaluatedYear = ReadonlyMap<string, EvaluatedRecord>;

const blank = {
  schema: 'carbon-ledger/record/v1',
  version: 1,
  documents: [],
  totals: {},
  figuresRoot: null,
};

/** What a record cites, by keys: nothing that is not made yet has an id. Whose party cannot be read has no key either. */
function citations({ cites }: Evaluable): Citation[] {
  return Object.entries(cites).flatMap(([role, keys]) =>
    keys.filter((key) => !key.startsWith('/')).map((key) => ({ role, key, record: '' })),
  );
}

/** A record as far as it is known before it is made. */
export function bareRecord(evaluable: Evaluable): LedgerRecord {
  return { ...blank, ...evaluable.record, cites: citations(evaluable), schema: 'carbon-ledger/record/v1' };
}

function ruleScope(key: string, content: Readonly<Record<string, unknown>>): RecordScope {
  const subject = { uscc: '', unit: '-', period: '-' };
  const record = bareRecord({
    key,
    record: { type: 'parameter', issuer: '', subject, kind: key, content },
    cites: {},
    figures: {},
  });
  return { id: '', key, record, figures: new Map(), cited: new Map() };
}

function citedScopes(
  evaluable: Evaluable,
  rules: ReadonlyMap<string, RecordScope>,
  done: ReadonlyMap<string, EvaluatedRecord>,
): Map<string, RecordScope[]> {
  const roles = Object.entries(evaluable.cites).map(([role, keys]) => {
    const rule = rules.get(role);
    const scopes = rule ? [rule] : keys.flatMap((key) => done.get(key)?.scope ?? []);
    return [role, scopes] as const;
  });
  return new Map(roles.filter(([, scopes]) => scopes.length > 0).map(([role, scopes]) => [role, [...scopes]]));
}

/** Public figures stand in the record's totals: with them the record has the form that the ledger judges. */
function withTotals(
  record: LedgerRecord,
  specs: readonly FigureSpec[],
  values: Map<string, FigureValue>,
): LedgerRecord {
  const shown = [...values].filter(([name]) => specNamed(specs, name)?.visibility === 'public');
  return { ...record, totals: Object.fromEntries(shown) };
}

function evaluateRecord(evaluable: Evaluable, cited: RecordScope['cited'], methodology: Methodology): EvaluatedRecord {
  const record = bareRecord(evaluable);
  const specs = figureSpecsOf(record, cited.has('methodology') ? methodology : undefined);
  const given = Object.entries(evaluable.figures).filter(([, text]) => isDecimalText(text));
  const values = new Map<string, FigureValue>(
    given.map(([name, value]) => [name, { value, unit: specNamed(specs, name)?.unit ?? '' }]),
  );
  const scope = { id: '', key: evaluable.key, record, figures: values, cited };
  // A figure that cannot be computed (a missing input, a division by zero) stays as it is: the checks tell it.
  settleFigures(specs, values, scope);
  return { scope: { ...scope, record: withTotals(record, specs, values) }, specs };
}

/** An evaluation to be taken over for every record that is not touched. */
export interface Baseline {
  readonly year: EvaluatedYear;
  /** Business keys of the records to compute anew. */
  readonly touched: ReadonlySet<string>;
}

/** A record and all that rests on it, of records in dependency order. */
export function touchedBy(records: readonly Evaluable[], changed: string): Set<string> {
  const touched = new Set([changed]);
  for (const { key, cites } of records) {
    if (Object.values(cites).some((keys) => keys.some((cited) => touched.has(cited)))) touched.add(key);
  }
  return touched;
}

/**
 * Computes what the records do not state, record after record. They must be in dependency order. Nothing is judged and
 * nothing is thrown for bad figures: text that is no decimal counts as missing.
 */
export function evaluateYear(records: readonly Evaluable[], rules: PlantYearRules, baseline?: Baseline): EvaluatedYear {
  const ruleScopes = new Map([
    ['methodology', ruleScope('methodology', { ...rules.methodology })],
    ['parameters', ruleScope('parameters', { ...rules.parameters })],
  ]);
  const done = new Map<string, EvaluatedRecord>();
  for (const evaluable of records) {
    const known = baseline?.touched.has(evaluable.key) === false ? baseline.year.get(evaluable.key) : undefined;
    const evaluated = known ?? evaluateRecord(evaluable, citedScopes(evaluable, ruleScopes, done), rules.methodology);
    done.set(evaluable.key, evaluated);
  }
  return done;
}
