// Bundles the contract into one self-contained file: what every organisation reviews, approves by digest and runs.
// Usage: node chaincode/build.mjs [ENTRY.ts [BUNDLE.cjs]]
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const [entry = join(here, 'src', 'server.ts'), output = join(here, 'dist', 'bundle.cjs')] = process.argv.slice(2);

// fabric-contract-api learns the number and types of a transaction's parameters from decorator metadata, which esbuild
// does not write: without it every call with arguments is refused.
const decoratorMetadata = {
  name: 'decorator-metadata',
  setup(bundle) {
    bundle.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes('@Transaction')) return undefined;
      const { code } = await transform(source, {
        filename: path,
        configFile: false,
        swcrc: false,
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      });
      return { contents: code, loader: 'js' };
    });
  },
};

await build({
  entryPoints: [resolve(entry)],
  outfile: resolve(output),
  // Names in the bundle come from here, so that the digest does not depend on where the checkout lies.
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // fabric-contract-api takes contract and transaction names from classes and functions.
  keepNames: true,
  legalComments: 'none',
  // The native addon cannot be bundled; core falls back to the pure implementation.
  external: ['*.node'],
  alias: {
    '@carbon-ledger/core': join(root, 'core', 'src', 'index.ts'),
    '#digest-platform': join(root, 'core', 'src', 'digest', 'platform.ts'),
  },
  tsconfig: join(here, 'tsconfig.json'),
  plugins: [decoratorMetadata],
  logLevel: 'warning',
});

const digest = createHash('sha256').update(readFileSync(output)).digest('hex');
process.stdout.write(`${relative(root, resolve(output))} sha256:${digest}\n`);
