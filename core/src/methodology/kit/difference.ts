import { canonicalize } from '../../canonical';
import { Decimal } from '../../decimal';
import { formatBinding, formatCondition } from '../notation';
import type { FigureSpec, FormulaCase, Methodology, ParameterTable } from '../spec';

/** One thing that two methodologies say differently; `before` or `after` is null where it is not there. */
export interface RuleChange {
  readonly kind: 'figure' | 'formula' | 'parameter';
  /** `TABLE/FIGURE`, `TABLE/FIGURE/FORMULA`, or the parameter's name. */
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

function caseText({ when, expression, inputs }: FormulaCase): string {
  const names = Object.entries(inputs).map(([name, binding]) => `${name} = ${formatBinding(binding)}`);
  const condition = when === undefined ? '' : ` when ${when.map(formatCondition).join(' and ')}`;
  return `${expression}${condition}${names.length > 0 ? ` (${names.sort().join(', ')})` : ''}`;
}

/** Everything of a methodology under its place, as text that can be compared. */
function entriesOf({ figures }: Methodology): Map<string, readonly [RuleChange['kind'], string]> {
  const entries = new Map<string, readonly [RuleChange['kind'], string]>();
  for (const [table, specs] of Object.entries(figures)) {
    for (const spec of specs) {
      const place = `${table}/${spec.name}`;
      entries.set(place, ['figure', traitsOf(spec)]);
      spec.cases.forEach((formula) => entries.set(`${place}/${formula.id}`, ['formula', caseText(formula)]));
    }
  }
  return entries;
}

type Entry = readonly [RuleChange['kind'], string] | undefined;

function ruleChange(place: string, was: Entry, is: Entry): RuleChange[] {
  if (was?.[1] === is?.[1]) return [];
  const [kind] = was ?? is ?? ['figure' as const];
  return [{ kind, place, before: was?.[1] ?? null, after: is?.[1] ?? null }];
}

function ruleChanges(a: Methodology, b: Methodology): RuleChange[] {
  const [before, after] = [entriesOf(a), entriesOf(b)];
  const places = [...new Set([...before.keys(), ...after.keys()])];
  return places.flatMap((place) => ruleChange(place, before.get(place), after.get(place)));
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

/** What a second methodology says otherwise than a first: figures, formulas, parameters. */
export function diffMethodologies(a: Rules, b: Rules): RuleChange[] {
  const documents = canonicalize(a.methodology.figures) === canonicalize(b.methodology.figures);
  return [
    ...(documents ? [] : ruleChanges(a.methodology, b.methodology)),
    ...parameterChanges(a.parameters, b.parameters),
  ];
}
