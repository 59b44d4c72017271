export { CosignedCheckpoints } from './cosigned-checkpoints';
export { type CosigningOptions } from './cosigner';
export { Cosigning } from './cosigning';
export { openCosigning, type CosigningServices } from './open-cosigning';
export { PolicyBook } from './policy-book';
