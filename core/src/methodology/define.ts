import type { Binding, Condition, FigureSpec, FormulaCase } from './spec';

/** Small words for figures that a record type declares itself, and for tests; methodologies are folders of `sectors/`. */

export const self = (figure: string): Binding => ({ from: 'self', figure });
export const parameter = (name: string): Binding => ({ parameter: name });
export const content = (field: string, role?: string): Binding =>
  role === undefined ? { content: field } : { content: field, from: role };
export interface CaseOptions {
  readonly when?: readonly Condition[];
  readonly basis?: string;
}

export function formula(
  id: string,
  expression: string,
  inputs: Readonly<Record<string, Binding>>,
  options: CaseOptions = {},
): FormulaCase {
  return {
    id,
    ...(options.when ? { when: options.when } : {}),
    expression,
    inputs,
    ...(options.basis === undefined ? {} : { basis: options.basis }),
  };
}

type Options = Partial<Pick<FigureSpec, 'required' | 'stated' | 'visibility' | 'tolerance'>>;

/** A figure that the filer states; with cases, it is stated only where none of them applies. */
export function statedFigure(
  name: string,
  unit: string,
  decimals: number,
  cases: readonly FormulaCase[] = [],
  options: Options = {},
): FigureSpec {
  return { name, unit, decimals, visibility: 'private', required: true, stated: true, cases, ...options };
}

/** A figure that some formula must give. */
export function computedFigure(
  name: string,
  unit: string,
  decimals: number,
  cases: readonly FormulaCase[],
  options: Options = {},
): FigureSpec {
  return { name, unit, decimals, visibility: 'private', required: true, stated: false, cases, ...options };
}
