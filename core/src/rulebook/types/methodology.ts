import { isLedgerError, type Fault } from '../../errors';
import { formulaNames, parseFormula } from '../../formula';
import { methodologySchema, type FormulaCase, type Methodology } from '../../methodology/spec';
import { contentFault } from '../content';
import type { RecordTypeSpec } from '../spec';

function caseFaults(place: string, formula: FormulaCase): Fault[] {
  try {
    const needed = formulaNames(parseFormula(formula.expression));
    const given = Object.keys(formula.inputs);
    const missing = needed.filter((name) => !given.includes(name));
    return missing.map((name) => contentFault(place, `${formula.id}: ${name} has no input`, {}, 'BAD_FORMULA'));
  } catch (error) {
    if (isLedgerError(error)) return [contentFault(place, `${formula.id}: ${error.message}`, {}, 'BAD_FORMULA')];
    throw error;
  }
}

/** Formulas, decimals and rounding of a report year. Filed by the national authority alone. */
export const methodology: RecordTypeSpec<Methodology> = {
  type: 'methodology',
  title: { en: 'Methodology', zh: '核算方法学' },
  content: methodologySchema,
  filed: [{ by: 'national-authority', as: 'self' }],
  labels: { names: 'any' },
  unit: 'any',
  period: 'year',
  process: 'corrigible',
  cites: () => [],
  check: ({ content }) =>
    Object.entries(content.figures).flatMap(([table, specs]) =>
      specs.flatMap((spec) => spec.cases.flatMap((formula) => caseFaults(`figures/${table}/${spec.name}`, formula))),
    ),
  example: {
    id: 'EXAMPLE-2026',
    title: { en: 'Example', zh: '示例' },
    year: '2026',
    sources: ['…'],
    figures: {},
  },
};
