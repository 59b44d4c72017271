import { canonicalize } from '../../canonical';
import { Decimal } from '../../decimal';
import { formatBinding, formatCondition } from '../notation';
import type { ContentField, FigureSpec, FormulaCase, Methodology, ParameterTable } from '../spec';
import { compileProfile } from './compile';
import { methodologyOf, parametersOf, type MethodologyFolder } from './folder';

/** One thing that two methodologies say differently; `before` or `after` is null where it is not there. */
export interface RuleChange {
  readonly kind: 'figure' | 'formula' | 'fact' | 'citation' | 'unit' | 'balance' | 'source' | 'parameter';
  /** `TABLE/FIGURE`, `TABLE/FIGURE/FORMULA`, `TABLE/FIELD` and the like, or the parameter's name. */
  readonly place: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Of a parameter in the same unit: after − before. */
  readonly delta?: string;
}

interface Rules {
  readonly methodology: Methodology;
  readonly parameters: ParameterTable;
}

function traitsOf({ unit, decimals, visibility, required, stated, tolerance }: FigureSpec): string {
  const words = [
    unit,
    `${String(decimals)} decimals`,
    visibility,
    required ? 'required' : 'optional',
    stated ? 'stated' : 'computed',
  ];
  return [...words, ...(tolerance === undefined ? [] : [`± ${tolerance}`])].join(', ');
}

function caseText({ when, expression, inputs, basis }: FormulaCase): string {
  const names = Object.entries(inputs).map(([name, binding]) => `${name} = ${formatBinding(binding)}`);
  const condition = when === undefined ? '' : ` when ${when.map(formatCondition).join(' and ')}`;
  const source = basis === undefined ? '' : `, ${basis}`;
  return `${expression}${condition}${names.length > 0 ? ` (${names.sort().join(', ')})` : ''}${source}`;
}

function fieldText({ kind, unit, choices, required }: ContentField): string {
  const words = [kind, unit ?? [], Object.keys(choices ?? {}).join(' | ') || [], required ? 'required' : 'optional'];
  return words.flat().join(', ');
}

type Entry = readonly [RuleChange['kind'], string];
type Entries = readonly (readonly [string, Entry])[];

function figureEntries({ figures }: Methodology): Entries {
  return Object.entries(figures).flatMap(([table, specs]) =>
    specs.flatMap((spec): Entries => {
      const place = `${table}/${spec.name}`;
      const cases = spec.cases.map((formula) => [`${place}/${formula.id}`, ['formula', caseText(formula)]] as const);
      return [[place, ['figure', traitsOf(spec)]], ...cases];
    }),
  );
}

function profileEntries({ profile = {} }: Methodology): Entries {
  return Object.entries(profile).flatMap(([table, { content, cites, units }]): Entries => [
    ...Object.entries(content).map(([name, field]) => [`${table}/${name}`, ['fact', fieldText(field)]] as const),
    ...Object.entries(cites).map(
      ([role, { of, min, max }]) =>
        [`${table}/cites/${role}`, ['citation', `${of}, ${String(min)} to ${String(max)}`]] as const,
    ),
    ...Object.entries(units).map(([name, unit]) => [`${table}/units/${name}`, ['unit', unit]] as const),
  ]);
}

/** Everything of a methodology under its place, as text that can be compared. */
function entriesOf(methodology: Methodology): Map<string, Entry> {
  const { balance = {}, sources } = methodology;
  return new Map([
    ...figureEntries(methodology),
    ...profileEntries(methodology).map(([place, entry]) => [`profile ${place}`, entry] as const),
    ...Object.entries(balance).map(([name, value]) => [`balance ${name}`, ['balance', String(value)]] as const),
    ...sources.map((source) => [`source ${source}`, ['source', source]] as const),
  ]);
}

const placeOf = (text: string): string => text.replace(/^(?:profile|balance|source) /, '');

function ruleChange(place: string, was: Entry | undefined, is: Entry | undefined): RuleChange[] {
  if (was?.[1] === is?.[1]) return [];
  const [kind] = was ?? is ?? ['figure' as const];
  return [{ kind, place: placeOf(place), before: was?.[1] ?? null, after: is?.[1] ?? null }];
}

/** The first case that holds gives the figure: the same cases in another order are another rule. */
function orderChanges(a: Methodology, b: Methodology): RuleChange[] {
  return Object.entries(a.figures).flatMap(([table, specs]) =>
    specs.flatMap(({ name, cases }): RuleChange[] => {
      const others = (b.figures[table] ?? []).find((one) => one.name === name)?.cases.map(({ id }) => id) ?? [];
      const ids = cases.map(({ id }) => id);
      const [before, after] = [ids.filter((id) => others.includes(id)), others.filter((id) => ids.includes(id))];
      if (before.join() === after.join()) return [];
      return [{ kind: 'figure', place: `${table}/${name}`, before: before.join(', '), after: after.join(', ') }];
    }),
  );
}

function ruleChanges(a: Methodology, b: Methodology): RuleChange[] {
  const [before, after] = [entriesOf(a), entriesOf(b)];
  const places = [...new Set([...before.keys(), ...after.keys()])];
  return [...places.flatMap((place) => ruleChange(place, before.get(place), after.get(place))), ...orderChanges(a, b)];
}

type ParameterEntry = ParameterTable['values'][string] | undefined;

function parameterChange(place: string, was: ParameterEntry, is: ParameterEntry): RuleChange[] {
  const text = (entry: ParameterEntry): string | null => (entry ? `${entry.value} ${entry.unit}` : null);
  if (text(was) === text(is)) return [];
  const change = { kind: 'parameter', place, before: text(was), after: text(is) } as const;
  if (!was || was.unit !== is?.unit) return [change];
  return [{ ...change, delta: new Decimal(is.value).minus(was.value).toFixed() }];
}

function parameterChanges(a: ParameterTable, b: ParameterTable): RuleChange[] {
  const names = [...new Set([...Object.keys(a.values), ...Object.keys(b.values)])];
  return names.flatMap((place) => parameterChange(place, a.values[place], b.values[place]));
}

/** What a second methodology says otherwise than a first: figures, formulas, facts, citations, balance, sources, parameters. */
function diffMethodologies(a: Rules, b: Rules): RuleChange[] {
  const documents = canonicalize(a.methodology) === canonicalize(b.methodology);
  return [
    ...(documents ? [] : ruleChanges(a.methodology, b.methodology)),
    ...parameterChanges(a.parameters, b.parameters),
  ];
}

/** What a folder says of a year, with its profile where its documents are filed without one (coal power up to 2024). */
function comparable(folder: MethodologyFolder, year: string): Rules {
  const methodology = { ...methodologyOf(folder, year), profile: compileProfile(folder.profile) };
  return { methodology, parameters: parametersOf(folder, year) };
}

/** What a second folder says of its year otherwise than a first. @throws LedgerError FORMULA_UNDEFINED for a year that is not its own */
export function diffFolders(
  [a, yearA]: readonly [MethodologyFolder, string],
  [b, yearB]: readonly [MethodologyFolder, string],
): RuleChange[] {
  return diffMethodologies(comparable(a, yearA), comparable(b, yearB));
}
