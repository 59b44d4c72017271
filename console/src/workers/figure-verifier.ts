/* What the worker of proofs loads when a figure proof is dropped: most people bring receipts, which need no rules of figures. */
export { verifyFigureProof } from '../../../core/src/figure-proof';
