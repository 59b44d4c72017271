import { build } from 'esbuild';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** Where a bundled program finds the packages it does not contain. */
export const MODULE_PATH = join(ROOT, 'node_modules');

/** Compiles one of these sources and what it imports of the workspaces into a program that plain node runs. */
export async function bundleProgram(source: string, outfile: string, contracts = 'no-contracts.ts'): Promise<void> {
  await build({
    entryPoints: [join(__dirname, source)],
    outfile,
    bundle: true,
    platform: 'node',
    // Native code finds its binary beside itself, so it stays where it is; all else is one file, which starts faster.
    external: ['classic-level'],
    alias: {
      '@carbon-ledger/core': join(ROOT, 'core/src/errors/index.ts'),
      '@carbon-ledger/chaincode': join(__dirname, contracts),
    },
    logLevel: 'error',
  });
}
