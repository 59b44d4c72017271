import type { CompiledFormula } from './compile';

/** Functions that look at the values of a window, not only at its sums. */
const perValue = ['quantile', 'distinct', 'digitChi', 'benfordChi', 'min', 'max'];

const known = new WeakMap<object, boolean>();

function takesValues(text: string, series: readonly string[]): boolean {
  return series.some((name) => new RegExp(`\\b(?:${perValue.join('|')})\\(\\s*${name}\\s*[,)]`).test(text));
}

/** True where the windows of a check must keep their values. */
export function keepsValues({ check, variables }: CompiledFormula): boolean {
  const found = known.get(check);
  if (found !== undefined) return found;
  const series = [...variables].flatMap(([name, { input }]) => (input?.from === 'series' ? [name] : []));
  const bands = check.bands.flatMap(({ low, high }) => [low ?? '', high ?? '']);
  const keeps = [check.value, ...Object.values(check.let ?? {}), ...bands].some((text) => takesValues(text, series));
  known.set(check, keeps);
  return keeps;
}
