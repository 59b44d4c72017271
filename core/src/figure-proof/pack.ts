import { LedgerError } from '../errors';
import { packProof } from '../packing';
import { MAX_CONTENT_BYTES, MAX_FIGURE_PROOF_BYTES, MAX_RECORDS } from './format';
import type { FigureProof } from './make';

/** The lists of a proof; each may be as long as readers take it. */
const LISTS = ['records', 'submissions', 'openings'] as const;

/**
 * The file of a figure proof, if every reader will take it: a proof that nobody can read is refused where it is made.
 * @throws LedgerError PROOF_OVERSIZED, naming what is too large and by how much
 */
export function packFigureProof(proof: FigureProof): Uint8Array {
  for (const name of LISTS) assertCount(name, proof[name]);
  const file = packProof(proof, MAX_CONTENT_BYTES);
  if (file.length > MAX_FIGURE_PROOF_BYTES) {
    const message = `The figure proof has ${String(file.length)} bytes packed; ${String(MAX_FIGURE_PROOF_BYTES)} is the most.`;
    throw new LedgerError('PROOF_OVERSIZED', message);
  }
  return file;
}

function assertCount(name: string, list: unknown): void {
  const count = Array.isArray(list) ? list.length : 0;
  if (count <= MAX_RECORDS) return;
  const message = `The figure proof has ${String(count)} ${name}; ${String(MAX_RECORDS)} is the most.`;
  throw new LedgerError('PROOF_OVERSIZED', message);
}
