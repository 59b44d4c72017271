import {
  type Fault,
  figureSpecsOf,
  type FigureSpec,
  type Methodology,
  quantityOf,
  specNamed,
  unitFault,
} from '@carbon-ledger/core';
import { bareRecord } from './evaluate';
import { evaluablesOf } from './evaluables';
import type { PlanRecord } from './plan';

/** What is wrong with a number that has its unit behind it, for a figure in `unit`; undefined where it is the right one, or none. */
function toldUnit(place: string, name: string, text: string, unit: string): Fault | undefined {
  const quantity = quantityOf(text);
  return quantity.unit === '' ? undefined : unitFault(place, name, quantity, unit);
}

/** Figures of a plan whose unit is not that of the methodology, each at its place in the file, with the conversion. */
export function planUnitFaults(plans: readonly PlanRecord[], methodology: Methodology): Fault[] {
  const evaluables = evaluablesOf(plans);
  return plans.flatMap((plan, index) => {
    const evaluable = evaluables[index];
    const specs = evaluable === undefined ? [] : figureSpecsOf(bareRecord(evaluable), methodology);
    return Object.entries(plan.figures).flatMap(([name, text]): Fault[] => {
      const spec = specNamed(specs, name);
      const place = plan.figureSources.get(name)?.pointer ?? plan.pointer;
      return spec === undefined ? [] : [toldUnit(place, name, text, spec.unit) ?? []].flat();
    });
  });
}

function specAnywhere({ figures }: Methodology, name: string): FigureSpec | undefined {
  const all = Object.values(figures).flat();
  return specNamed(all, name) ?? specNamed(all, `daily.${name}.01`);
}

/** A fault of a plant-year file's spelling, where the value is a number with a unit: the unit is what is told. */
export function withUnitTold(fault: Fault, got: string | undefined, figure: string, methodology: Methodology): Fault {
  const quantity = quantityOf(got ?? '');
  const spec = quantity.unit === '' ? undefined : specAnywhere(methodology, figure);
  if (got === undefined || spec === undefined) return fault;
  const wrong = toldUnit(fault.path, figure, got, spec.unit);
  const message = `write ${quantity.value} alone: the figure is in ${spec.unit}`;
  return wrong ? { ...wrong, details: { ...wrong.details, unit: wrong.details?.['got'], got } } : { ...fault, message };
}
