export { evaluateFormula, namesTogether, type FormulaInputs, type FormulaValue } from './evaluate';
export { formulaNames, parseFormula, type FormulaNode } from './parse';
