import type { LearnSpec } from './rule-set';

/** Names of the parameters that are learnt: where the line begins, its slope along each value, and how far values scatter. */
export function learntNames({ x }: LearnSpec): string[] {
  return ['intercept', ...x.map((name) => `slope_${name}`), 'deviation'];
}
