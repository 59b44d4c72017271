export { coalPower, coalPowerParameters, shelvedMethodologies, shelvedRules, type YearRules } from './shelf';
export { agrees, figureFaults, figureTable, recomputeFigure, specsOf, type Recomputation } from './recompute';
export { settleFigures, specNamed } from './settle';
export { contentText, figureNames, MissingInput, resolveInputs, selectCase, type ResolvedInput } from './resolve';
export { figureMap, type FigureValue, type RecordScope } from './scope';
export {
  methodologySchema,
  parameterTableSchema,
  type Binding,
  type Condition,
  type ContentField,
  type FigureSpec,
  type BalanceRule,
  type FormulaCase,
  type Methodology,
  type ParameterTable,
} from './spec';
export { wordsOf, wordsOfAnySector } from './glossary';
export * from './kit';
export { formatBinding, formatCondition, parseBinding, parseCondition } from './notation';
export { lintMethodology, type LintReport } from './lint';
export { conversionTold, unitFault } from './units/conversion';
export { quantityOf, type Quantity } from './units/quantity';
export { conversionFactor, formatRational, parseUnit, unitSymbols } from './units/unit';
export { methodologyPage } from './page/html';
export { methodologyText } from './page/text';
export { balanceInputSet, solveBalanceValue, type BalanceInput, type BalanceValue } from './balance';
export { balanceInputsOf } from './balance-inputs';
