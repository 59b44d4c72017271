export { coalPower, coalPowerParameters, coalPowerYears } from './coal-power';
export { agrees, figureFaults, figureTable, recomputeFigure, specsOf, type Recomputation } from './recompute';
export { settleFigures, specNamed } from './settle';
export { contentText, MissingInput, resolveInputs, selectCase, type ResolvedInput } from './resolve';
export { figureMap, type FigureValue, type RecordScope } from './scope';
export {
  methodologySchema,
  parameterTableSchema,
  type Binding,
  type Condition,
  type FigureSpec,
  type FormulaCase,
  type Methodology,
  type ParameterTable,
} from './spec';
