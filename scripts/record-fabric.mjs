// npm run network:record: records what a genuine network answers, for test/golden/fabric-3.1.5 (network/README.md, "Equality").
// Run after a build. The network must be native, up, with the contract in force and no ledger yet: node scripts/record-fabric.mjs [--state DIR] [--output DIR]
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { sources } from './lib/sources.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: {
    state: { type: 'string', default: path.join(root, 'network', '.state') },
    output: { type: 'string', default: path.join(root, 'test', 'golden', 'fabric-3.1.5') },
  },
});

const { outputFiles } = await build({
  entryPoints: [path.join(root, 'test/fabric/recorder/main.ts')],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  write: false,
  packages: 'external',
  alias: { '#digest-platform': sources['#digest-platform'] },
});
const module = { exports: {} };
const run = new Function('module', 'exports', 'require', '__dirname', outputFiles[0].text);
run(module, module.exports, createRequire(import.meta.url), path.join(root, 'test', 'fabric'));
await module.exports.record(path.resolve(values.state), path.resolve(values.output));
