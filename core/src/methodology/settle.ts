import { isLedgerError } from '../errors';
import { figureNames, ownFamilies } from './resolve';
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
    const computed = recomputeFigure(spec, scope, name);
    const given = values.get(name);
    // A unit that was written behind the number stays, right or wrong: judging it is the ledger's work.
    const unit = given?.unit || spec.unit;
    if (computed) values.set(name, { value: given?.value ?? computed.expected, unit, formula: computed.formula.id });
    else if (given !== undefined) values.set(name, { value: given.value, unit });
    return true;
  } catch (error) {
    if (isLedgerError(error)) return false;
    throw error;
  }
}

interface Open {
  readonly spec: FigureSpec;
  readonly name: string;
}

/** A formula over a family of this record waits until every member that can be computed is there. */
function waits({ spec, name }: Open, open: readonly Open[], settled: ReadonlySet<string>): boolean {
  return spec.cases.some((formula) =>
    ownFamilies(formula).some((family) =>
      open.some((one) => one.name !== name && !settled.has(one.name) && one.name.startsWith(family.slice(0, -1))),
    ),
  );
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
  const settled = new Set<string>();
  for (;;) {
    const open = specs.flatMap((spec) =>
      figureNames(scope, spec, specs).flatMap((name) => (settled.has(name) ? [] : [{ spec, name }])),
    );
    const before = settled.size;
    for (const one of open) {
      if (!waits(one, open, settled) && settle(one.spec, one.name, values, scope)) settled.add(one.name);
    }
    if (settled.size === before) return;
  }
}
