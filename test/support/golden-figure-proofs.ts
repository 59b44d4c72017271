import { canonicalize, makeFigureProof, packFigureProof, utf8Encode, type Extent } from '@carbon-ledger/core';
import { figureProofDamages, type MutableProof } from './figure-proof-damage';
import { ProofWorld } from './proof-world';

const annual = '91140000MA0FAKE01X/PLANT/2024/annual-report#emission_tCO2';

interface GoldenFigureProof {
  readonly name: string;
  readonly proof: string;
  readonly result: 'PASS' | 'FAIL';
  readonly code?: string;
}

/** The golden files of figure-proof.v1: written once, verified for ever (scripts/golden.mjs). */
export async function goldenFigureProofs(): Promise<{
  cases: readonly GoldenFigureProof[];
  files: ReadonlyMap<string, Uint8Array>;
}> {
  const world = await ProofWorld.open();
  const prove = (extent: Extent): string =>
    canonicalize(makeFigureProof({ figure: annual, extent, receipts: world.receipts, figures: world.figures }));
  const cases: GoldenFigureProof[] = [];
  const files = new Map([['policy.json', utf8Encode(canonicalize(world.policy))]]);
  for (const extent of ['full', 'month', 'totals', 'lab'] as const) {
    const proof = `valid/${extent}.proof`;
    files.set(proof, packFigureProof(JSON.parse(prove(extent))));
    cases.push({ name: `the annual emission, ${extent}`, proof, result: 'PASS' });
  }
  const good = prove('full');
  for (const [name, code, change] of figureProofDamages()) {
    const damaged = JSON.parse(good) as MutableProof;
    change(damaged);
    const proof = `must-fail/${name.replaceAll(/[^a-zA-Z0-9]+/g, '-')}.proof`;
    files.set(proof, packFigureProof(damaged));
    cases.push({ name, proof, result: 'FAIL', code });
  }
  return { cases, files };
}
