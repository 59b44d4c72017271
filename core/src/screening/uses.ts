import type { CompiledFormula } from './compile';

/** Functions that look at the values of a window, not only at its sums. */
const perValue = /\b(?:quantile|distinct|digitChi|benfordChi|min|max)\(/;

/** True where the windows of a check must keep their values. */
export function keepsValues({ check }: CompiledFormula): boolean {
  const bands = check.bands.flatMap(({ low, high }) => [low ?? '', high ?? '']);
  return [check.value, ...Object.values(check.let ?? {}), ...bands].some((text) => perValue.test(text));
}
