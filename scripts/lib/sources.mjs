import { readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './prepare.mjs';

const core = path.join(root, 'core/src');
const parts = readdirSync(core, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** For bundles of sources: what core finds by a name of its package, by its source. */
export const sources = {
  ...Object.fromEntries(parts.map(({ name }) => [`@carbon-ledger/core/${name}`, path.join(core, name, 'index.ts')])),
  '@carbon-ledger/core': path.join(core, 'index.ts'),
  '#digest-platform': path.join(core, 'digest/platform.ts'),
};
