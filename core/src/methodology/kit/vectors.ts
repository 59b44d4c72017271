import { isDecimalText } from '../../decimal';
import { LedgerError, type Fault } from '../../errors';
import { ownEntry } from '../own-entry';
import { figureFaults, figureTable, specsOf } from '../recompute';
import { settleFigures, specNamed } from '../settle';
import type { FigureValue, RecordScope } from '../scope';
import type { Methodology, ParameterTable, RecordProfile } from '../spec';
import { compileProfile } from './compile';
import { methodologyOf, parametersOf, type MethodologyFolder } from './folder';
import type { Vector, VectorRecord } from './source';

/** One step that came out otherwise than its vector says. */
export interface VectorDifference {
  /** Name of the record in the vector, and of the figure. */
  readonly record: string;
  readonly figure: string;
  readonly expected: string;
  readonly got: string;
}

export interface VectorResult {
  readonly name: string;
  readonly year: string;
  /** Figures, formula ids and refusals that were compared. */
  readonly steps: number;
  readonly differences: readonly VectorDifference[];
  /** Ids of the formulas by which something was computed. */
  readonly formulas: readonly string[];
}

/** A record of a vector, evaluated. */
export interface VectorScope {
  readonly scope: RecordScope;
  readonly faults: readonly Fault[];
}

interface Rules {
  readonly methodology: Methodology;
  readonly parameters: ParameterTable;
  readonly profile: Readonly<Record<string, RecordProfile>>;
}

const filer = '91110000MA0FAKE3W8';

function bad(vector: Vector, name: string, message: string): LedgerError {
  return new LedgerError('BAD_METHODOLOGY', `vector "${vector.name}", record ${name}: ${message}`);
}

function keyOf(vector: Vector, record: Pick<VectorRecord, 'kind' | 'unit' | 'month'>): string {
  const period = record.month === undefined ? vector.year : `${vector.year}-${record.month}`;
  return `${filer}/${record.unit}/${period}/${record.kind}`;
}

function bare(
  vector: Vector,
  source: Pick<VectorRecord, 'kind' | 'unit' | 'month' | 'content'>,
): RecordScope['record'] {
  const [, unit = '', period = ''] = keyOf(vector, source).split('/');
  const type = (source.kind.split('.')[0] ?? '') as RecordScope['record']['type'];
  return {
    schema: 'carbon-ledger/record/v1',
    type,
    issuer: filer,
    subject: { uscc: filer, unit, period },
    kind: source.kind,
    version: 1,
    cites: [],
    documents: [],
    totals: {},
    figuresRoot: null,
    content: source.content,
  };
}

function ruleScope(vector: Vector, parameters: ParameterTable): RecordScope {
  const record = {
    ...bare(vector, { kind: 'parameter', unit: '-', month: undefined, content: {} }),
    content: { ...parameters },
  };
  return { id: '', key: 'parameters', record, figures: new Map(), cited: new Map() };
}

function citedScopes(
  vector: Vector,
  name: string,
  source: VectorRecord,
  rules: Rules,
  done: ReadonlyMap<string, VectorScope>,
): Map<string, RecordScope[]> {
  const cited = new Map<string, RecordScope[]>([['parameters', [ruleScope(vector, rules.parameters)]]]);
  for (const [role, names] of Object.entries(source.cites)) {
    const scopes = [names].flat().map((one) => {
      const found = done.get(one);
      if (!found) throw bad(vector, name, `${one}, which it cites as ${role}, does not stand before it`);
      return found.scope;
    });
    cited.set(
      role,
      scopes.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))),
    );
  }
  return cited;
}

/** The table of a record's kind, or of its type where the label only tells records apart: `ccer-cancellation.2`. */
function tablesOf({ kind, unit }: VectorRecord): string[] {
  return [kind, kind.split('.')[0] ?? kind].map((name) => figureTable(name, unit));
}

function statedValues(vector: Vector, name: string, source: VectorRecord, rules: Rules): Map<string, FigureValue> {
  const specs = specsOf(rules.methodology, bare(vector, source));
  const units = Object.assign({}, ...tablesOf(source).map((table) => rules.profile[table]?.units)) as Record<
    string,
    string
  >;
  const values = Object.entries(source.figures).map(([figure, value]) => {
    const unit = specNamed(specs, figure)?.unit ?? ownEntry(units, figure);
    if (unit === undefined) throw bad(vector, name, `${figure} is not a figure of ${tablesOf(source)[0] ?? ''}`);
    if (!isDecimalText(value)) throw bad(vector, name, `${figure}: ${JSON.stringify(value)} is not a decimal number`);
    return [figure, { value, unit }] as const;
  });
  return new Map(values);
}

function evaluateRecord(
  vector: Vector,
  name: string,
  source: VectorRecord,
  rules: Rules,
  done: ReadonlyMap<string, VectorScope>,
): VectorScope {
  const record = bare(vector, source);
  const specs = specsOf(rules.methodology, record);
  const figures = statedValues(vector, name, source, rules);
  const cited = citedScopes(vector, name, source, rules, done);
  settleFigures(specs, figures, { id: '', key: keyOf(vector, source), record, figures, cited });
  const shown = [...figures].filter(([figure]) => specNamed(specs, figure)?.visibility === 'public');
  const scope = {
    id: '',
    key: keyOf(vector, source),
    record: { ...record, totals: Object.fromEntries(shown) },
    figures,
    cited,
  };
  return { scope, faults: specs.length > 0 ? figureFaults(specs, scope) : [] };
}

function rulesOf(folder: MethodologyFolder, vector: Vector): Rules {
  const table = parametersOf(folder, vector.year);
  const changed = Object.entries(vector.parameters).map(([name, value]) => {
    const known = ownEntry(table.values, name) ?? ownEntry(folder.parameters, name);
    if (!known) throw bad(vector, '-', `there is no parameter ${name}`);
    return [name, { value, unit: known.unit, source: vector.source ?? vector.name }] as const;
  });
  return {
    methodology: methodologyOf(folder, vector.year),
    parameters: { ...table, values: { ...table.values, ...Object.fromEntries(changed) } },
    profile: compileProfile(folder.profile),
  };
}

/**
 * Evaluates the records of a vector in order, by the same code that judges records on the ledger.
 * @throws LedgerError BAD_METHODOLOGY where the vector itself cannot be read
 */
export function evaluateVector(folder: MethodologyFolder, vector: Vector): Map<string, VectorScope> {
  const rules = rulesOf(folder, vector);
  const done = new Map<string, VectorScope>();
  for (const [name, source] of Object.entries(vector.records))
    done.set(name, evaluateRecord(vector, name, source, rules, done));
  return done;
}

const nothing = '(nothing)';

function compare(name: string, source: VectorRecord, { scope, faults }: VectorScope): VectorDifference[] {
  const differences: VectorDifference[] = [];
  const tell = (figure: string, expected: string, got: string | undefined): void => {
    if (got !== expected) differences.push({ record: name, figure, expected, got: got ?? nothing });
  };
  for (const [figure, value] of Object.entries(source.expect)) tell(figure, value, scope.figures.get(figure)?.value);
  for (const [figure, step] of Object.entries(source.steps)) tell(figure, step, scope.figures.get(figure)?.formula);
  const refused = new Map(faults.map((fault) => [fault.path.replace('/figures/', ''), fault]));
  for (const [figure, code] of Object.entries(source.refused)) tell(figure, code, refused.get(figure)?.code);
  // A record that may not be refused must be one that the ledger takes.
  if (!source.partial && Object.keys(source.refused).length === 0)
    for (const [figure, fault] of refused) tell(figure, 'accepted', `${fault.code}: ${fault.message}`);
  return differences;
}

const formulasOf = (done: ReadonlyMap<string, VectorScope>): string[] => [
  ...new Set(
    [...done.values()].flatMap(({ scope }) => [...scope.figures.values()].flatMap(({ formula }) => formula ?? [])),
  ),
];

/** Formulas of the folder by which no vector computes anything: nobody has seen what they give. */
export function untestedFormulas({ about }: MethodologyFolder, results: readonly VectorResult[]): string[] {
  const taken = new Set(results.flatMap(({ formulas }) => formulas));
  const all = Object.values(about.figures).flatMap((table) =>
    Object.values(table).flatMap(({ cases }) => Object.keys(cases)),
  );
  return [...new Set(all)].filter((id) => !taken.has(id));
}

/** Runs the folder's vectors and its example year. @throws LedgerError BAD_METHODOLOGY for a vector that cannot be read */
export function testMethodology(folder: MethodologyFolder): VectorResult[] {
  return [...folder.vectors, ...folder.example].map((vector) => {
    const done = evaluateVector(folder, vector);
    const records = Object.entries(vector.records);
    const count = ({ expect, steps, refused }: VectorRecord): number =>
      [expect, steps, refused].reduce((sum, part) => sum + Object.keys(part).length, 0);
    return {
      name: vector.name,
      year: vector.year,
      steps: records.reduce((sum, [, source]) => sum + count(source), 0),
      formulas: formulasOf(done),
      differences: records.flatMap(([name, source]) => {
        const found = done.get(name);
        return found ? compare(name, source, found) : [];
      }),
    };
  });
}
