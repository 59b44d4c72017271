import path from 'node:path';
import { root } from './prepare.mjs';

/** For bundles of sources: what core finds by a name of its package, by its source. */
export const sources = {
  '@carbon-ledger/core': path.join(root, 'core/src/index.ts'),
  '#digest-platform': path.join(root, 'core/src/digest/platform.ts'),
};
