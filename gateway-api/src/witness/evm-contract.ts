import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Everything of contracts/CheckpointWitness.sol that is called here; a test holds it to the compiled contract. */
export const CHECKPOINT_WITNESS_ABI = [
  'constructor(address poster_)',
  'error NoRoot()',
  'error NotGrowing(uint64 latestSize)',
  'error NotPoster()',
  'event CheckpointPosted(bytes32 indexed originHash, uint64 indexed size, bytes32 root, uint64 time)',
  'function anchors(bytes32 originHash, uint64 size) view returns (bytes32 root, uint64 time)',
  'function latest(bytes32 originHash) view returns (uint64 size, bytes32 root, uint64 time)',
  'function latestSize(bytes32 originHash) view returns (uint64)',
  'function post(bytes32 originHash, uint64 size, bytes32 root)',
  'function poster() view returns (address)',
] as const;

const artefactShape = z.object({
  contract: z.literal('CheckpointWitness'),
  compiler: z.string(),
  slots: z.record(z.string(), z.string()),
  abi: z.array(z.looseObject({ type: z.string() })),
  bytecode: z.string().regex(/^0x(?:[0-9a-f]{2})+$/),
});

/** The compiled contract, as `contracts/compile.mjs` wrote it. */
export function readContractArtefact(): z.infer<typeof artefactShape> {
  const file = join(__dirname, '..', '..', 'contracts', 'CheckpointWitness.json');
  return artefactShape.parse(JSON.parse(readFileSync(file, 'utf8')));
}
