export { WitnessClient, assertNotBehindWitnesses, type ProvableLog, type WitnessEndpoint } from './witness-client';
export {
  WITNESS_INTERVAL_MS,
  WitnessFeeder,
  type CosignedCheckpoint,
  type WitnessFeederOptions,
} from './witness-feeder';
export { hashOfOrigin, Witness, type WitnessAnswer, type WitnessedLog, type WitnessOptions } from './witness';
export { witnessRouter } from './witness-router';
export { LevelWitnessStore, type WitnessStore } from './witness-store';
export { CheckpointStamper } from './checkpoint-stamper';
export { TimestampClient, type StampedTimestamp, type TimestampAuthority } from './timestamp-client';
export { assertNotBehindChain, EvmClient, type EvmAnchor, type EvmClientOptions } from './evm-client';
export { deployWitnessContract, type DeployedContract, type DeployOptions } from './evm-deploy';
export { makeEvmEvidence, type MadeEvidence } from './evm-evidence';
export { EvmPoster, type EvmPosterOptions } from './evm-poster';
export { parseOutsideConfig, readOutsideConfig, type OutsideConfig } from './config';
export { OutsideProofs } from './outside-proofs';
export {
  openOutsideServices,
  ownWitness,
  readPosterKey,
  type OutsidePolicy,
  type OutsideServices,
  type OutsideServicesOptions,
} from './outside-services';
export { knownProblem } from './outside';
export { ProofFile, type ProvedCheckpoint } from './proof-file';
