export { folderFiles, methodologyOf, parametersOf, readMethodologyFolder } from './folder';
export type { FolderFile, FolderValues, MethodologyFolder } from './folder';
export { methodologyFolderPattern, type Glossary, type Vector } from './source';
export { evaluateVector, testMethodology } from './vectors';
export type { VectorDifference, VectorResult, VectorScope } from './vectors';
export { diffMethodologies, type RuleChange } from './difference';
