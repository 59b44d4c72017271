export { folderFiles, methodologyOf, parametersOf, readMarketFolder, readMethodologyFolder } from './folder';
export type { FolderFile, FolderValues, MarketFolder, MethodologyFolder } from './folder';
export { methodologyFolderPattern, type Glossary, type Vector } from './source';
export { evaluateVector, testMethodology, untestedFormulas } from './vectors';
export type { VectorDifference, VectorResult, VectorScope } from './vectors';
export { diffFolders, type RuleChange } from './difference';
