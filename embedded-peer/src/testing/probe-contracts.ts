import { ProbeContract } from './contract';

/** Stands in for the project's contracts in a peer process. */
export const contracts: readonly (typeof ProbeContract)[] = [ProbeContract];
