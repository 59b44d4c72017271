export { evaluateFormula, namesTogether, type FormulaInputs, type FormulaValue } from './evaluate';
export { formulaNames, parseFormula, type Dialect, type FormulaNode } from './parse';
export { fixed, fixedDecimal, Moments, Sample } from './sample';
