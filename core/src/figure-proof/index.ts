export { citationClosure } from './closure';
export { FIGURE_PROOF_SCHEMA, MAX_FIGURE_PROOF_BYTES, parseFigureProof, type ParsedFigureProof } from './format';
export { makeFigureProof, type FigureProof, type FigureProofParts } from './make';
export { packFigureProof } from './pack';
export { verifyFigureProof, type FigureProofQuestion, type FigureVerdict } from './verify';
export { extents, type Extent } from './extents';
export type { ProvedFigure } from './walk';
