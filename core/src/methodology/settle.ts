import { isLedgerError } from '../errors';
import { familyMembers } from './resolve';
import { recomputeFigure } from './recompute';
import type { FigureSpec } from './spec';
import type { FigureValue, RecordScope } from './scope';

/** The spec of a figure, families included. */
export function specNamed(specs: readonly FigureSpec[], name: string): FigureSpec | undefined {
  return specs.find(
    (spec) => spec.name === name || (spec.name.endsWith('.*') && name.startsWith(spec.name.slice(0, -1))),
  );
}

/** Fills in one figure; false while it cannot be computed: an input is missing, a divisor is zero. */
function settle(spec: FigureSpec, name: string, values: Map<string, FigureValue>, scope: RecordScope): boolean {
  try {
    const computed = recomputeFigure(spec, scope);
    const stated = values.get(name)?.value;
    if (computed)
      values.set(name, { value: stated ?? computed.expected, unit: spec.unit, formula: computed.formula.id });
    else if (stated !== undefined) values.set(name, { value: stated, unit: spec.unit });
    return true;
  } catch (error) {
    if (isLedgerError(error)) return false;
    throw error;
  }
}

/**
 * Computes every figure that is not in `values` and that a formula gives, input before output, until nothing more can be
 * computed. `scope.figures` must be `values`. Figures already there keep their value.
 */
export function settleFigures(
  specs: readonly FigureSpec[],
  values: Map<string, FigureValue>,
  scope: RecordScope,
): void {
  let open = specs.flatMap((spec) => familyMembers(values, spec.name).map((name) => ({ spec, name })));
  for (;;) {
    const left = open.filter(({ spec, name }) => !settle(spec, name, values, scope));
    if (left.length === 0 || left.length === open.length) return;
    open = left;
  }
}
