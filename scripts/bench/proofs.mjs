// One figure with its whole way, made by the service and verified offline.
import { createRequire } from 'node:module';
import { quantile } from './load.mjs';
import { times } from './times.mjs';

const core = createRequire(import.meta.url)('../../core/dist');

/** Makings and verifications: the first of them, by programs that were never run, are the slowest. */
const COUNT = 50;

/** The annual emission of the sample plant: bytes of the proof, milliseconds to make it (over HTTP) and to verify it. */
export async function figureProof(client, figure, policy) {
  let proof;
  const make = await times(COUNT, async () => (proof = await client.prove(figure)));
  const verdicts = [];
  const verify = await times(COUNT, () => verdicts.push(core.verifyFigureProof({ proof, policy, figure }).result));
  if (verdicts.some((result) => result !== 'PASS')) throw new Error(`the figure proof is ${verdicts[0]}`);
  return { bytes: proof.length, make: quantile(make, 0.5), verify: quantile(verify, 0.5) };
}
