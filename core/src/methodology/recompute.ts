import { decimalPlaces, formatDecimal, parseDecimal } from '../decimal';
import { LedgerError, type Fault, withArticle } from '../errors';
import { evaluateFormula } from '../formula';
import {
  askedMembers,
  familyMembers,
  figureNames,
  formulaInputs,
  memberOf,
  MissingInput,
  resolveInputs,
  selectCase,
  type ResolvedInput,
} from './resolve';
import type { FigureSpec, FormulaCase, Methodology } from './spec';
import type { RecordScope } from './scope';
import { unitFault } from './units/conversion';

/**
 * `monthly-evidence@unit`: the kind of a record and whether it is about one unit or the whole plant. What is adjusted is
 * computed as it was determined.
 */
export function figureTable(kind: string, unit: string): string {
  return `${kind.replace(/\.adjustment$/, '')}@${unit === 'PLANT' ? 'plant' : 'unit'}`;
}

/** The figures that the methodology asks of a record; none for a kind that it does not know. */
export function specsOf(
  methodology: Methodology,
  record: { readonly kind: string; readonly subject: { readonly unit: string } },
): readonly FigureSpec[] {
  const name = figureTable(record.kind, record.subject.unit);
  return Object.hasOwn(methodology.figures, name) ? (methodology.figures[name] ?? []) : [];
}

/** One figure, computed anew. */
export interface Recomputation {
  readonly figure: string;
  readonly formula: FormulaCase;
  readonly inputs: readonly ResolvedInput[];
  readonly expected: string;
}

/**
 * Computes one figure from its inputs.
 * @param name of the figure; needed for a member of a family
 * @returns undefined when no formula applies: the figure is a stated one
 * @throws MissingInput, or LedgerError BAD_FORMULA (a division by zero, say)
 */
export function recomputeFigure(spec: FigureSpec, scope: RecordScope, name = spec.name): Recomputation | undefined {
  const member = memberOf(spec.name, name);
  const formula = selectCase(spec, scope, member);
  if (!formula) return undefined;
  const inputs = resolveInputs(formula, scope, member);
  const value = evaluateFormula(formula.expression, formulaInputs(formula, inputs));
  return { figure: name, formula, inputs, expected: formatDecimal(value, spec.decimals) };
}

function fault(code: Fault['code'], figure: string, message: string, details: Record<string, unknown> = {}): Fault {
  return { path: `/figures/${figure}`, code, message, details: { figure, ...details } };
}

/** A figure's text must have the unit, the decimals and the visibility of its spec. */
function formatFaults(spec: FigureSpec, name: string, scope: RecordScope, isRequired: boolean): Fault[] {
  const figure = scope.figures.get(name);
  if (!figure) return isRequired ? [fault('FIGURE_MISSING', name, `${name} is missing`)] : [];
  const faults: Fault[] = [];
  const unit = unitFault(`/figures/${name}`, name, figure, spec.unit);
  if (unit) faults.push(unit);
  if (decimalPlaces(figure.value) !== spec.decimals) {
    faults.push(fault('FIGURE_FORMAT', name, `${name} must have ${spec.decimals} decimals, not ${figure.value}`));
  }
  if (Object.hasOwn(scope.record.totals, name) !== (spec.visibility === 'public')) {
    faults.push(fault('FIGURE_FORMAT', name, `${name} is ${withArticle(spec.visibility)} figure`));
  }
  return faults;
}

function valueFaults(spec: FigureSpec, name: string, scope: RecordScope): Fault[] {
  const figure = scope.figures.get(name);
  if (!figure) return [];
  const computed = recomputeFigure(spec, scope, name);
  if (!computed) return statedFaults(spec, name, figure.formula);
  if (figure.formula !== computed.formula.id) {
    return [
      fault('FIGURE_FORMAT', name, `${name} must name the formula ${computed.formula.id}`, {
        expected: computed.formula.id,
        got: figure.formula ?? null,
      }),
    ];
  }
  if (agrees(spec, figure.value, computed.expected)) return [];
  const message = `${name}: ${computed.formula.id} gives ${computed.expected}, not ${figure.value}`;
  return [
    fault('FIGURE_MISMATCH', name, message, {
      expected: computed.expected,
      got: figure.value,
      step: computed.formula.id,
    }),
  ];
}

/** Equal, or within the tolerance of an auxiliary item. */
export function agrees(spec: FigureSpec, got: string, expected: string): boolean {
  if (got === expected) return true;
  return spec.tolerance !== undefined && parseDecimal(got).minus(expected).abs().lte(spec.tolerance);
}

function statedFaults(spec: FigureSpec, name: string, formula: string | undefined): Fault[] {
  if (!spec.stated) return [fault('FORMULA_UNDEFINED', name, `${name} cannot be stated here, and no formula applies`)];
  return formula === undefined
    ? []
    : [fault('FIGURE_FORMAT', name, `${name} is a stated figure: it names no formula`, { got: formula })];
}

/** A formula that cannot be computed is a fault of the figure, not of the program. */
function guarded(name: string, check: () => Fault[]): Fault[] {
  try {
    return check();
  } catch (error) {
    if (error instanceof MissingInput) return [fault('FIGURE_MISSING', name, error.message, error.details)];
    if (error instanceof LedgerError) return [fault('FORMULA_UNDEFINED', name, `${name}: ${error.message}`)];
    throw error;
  }
}

function unknownFaults(specs: readonly FigureSpec[], scope: RecordScope): Fault[] {
  const known = new Set(specs.flatMap((spec) => familyMembers(scope.figures, spec.name)));
  return [...scope.figures.keys()]
    .filter((name) => !known.has(name))
    .map((name) => fault('FIGURE_UNKNOWN', name, `${name} is not a figure of ${scope.record.kind}`));
}

/**
 * Every fault of a record's figures: missing, unknown, wrongly written, or different from what their inputs give
 * (`FIGURE_MISMATCH` with `figure`, `expected`, `got` and the formula id as `step`).
 */
export function figureFaults(specs: readonly FigureSpec[], scope: RecordScope): Fault[] {
  const faults = specs.flatMap((spec) => {
    const names = figureNames(scope, spec, specs);
    const asked = askedMembers(scope, spec, specs);
    const format = names.flatMap((name) => formatFaults(spec, name, scope, spec.required || asked.includes(name)));
    return format.length > 0 ? format : names.flatMap((name) => guarded(name, () => valueFaults(spec, name, scope)));
  });
  return [...unknownFaults(specs, scope), ...faults];
}
