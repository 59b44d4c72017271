export { openFabricLedger } from './open-ledger';
export { DRIVERS, type FabricProfile, type ProfileAdditions } from './profile';
export { readPeerProfile } from './read-profile';
