import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as verify from './verify';

const IMPORT =
  /(?:import|export)\s+(?:type\s+)?[^'"]*?from\s+'([^']+)'|import\s+'([^']+)'|(?:require|import)\(\s*'([^']+)'\s*\)/g;
const CORE = resolve(__dirname, '../../core/src');
const OWN = new Map([
  ['@carbon-ledger/core', join(CORE, 'index.ts')],
  ['#digest-platform', join(CORE, 'digest/platform.ts')],
]);

/** Everything that a file imports, through every file of this repository that it leads to. */
function reachable(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const queue = [entry];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const [, a, b, c] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const name = a ?? b ?? c ?? '';
      const local = OWN.get(name) ?? (name.startsWith('.') ? resolveLocal(file, name) : undefined);
      if (local === undefined) packages.add(name);
      else queue.push(local);
    }
  }
  return { files, packages };
}

function resolveLocal(from: string, name: string): string {
  const base = join(dirname(from), name);
  const found = [`${base}.ts`, join(base, 'index.ts'), base].find(
    (path) => existsSync(path) && /\.(?:ts|json)$/.test(path),
  );
  if (found === undefined) throw new Error(`${from} imports ${name}, which is not there`);
  return found;
}

const { files, packages } = reachable(join(__dirname, 'verify.ts'));

describe('the verify entry point', () => {
  it('reaches the whole of core and nothing else of this repository', () => {
    expect(files.size).toBeGreaterThan(30);
    const outside = [...files].filter((file) => !file.startsWith(CORE) && !file.endsWith('client-sdk/src/verify.ts'));
    expect(outside).toEqual([]);
  });

  it('reaches no module that could open a connection, a file or a process', () => {
    const builtIn = [...packages].filter((name) => name.startsWith('node:'));
    expect(builtIn.filter((name) => name !== 'node:crypto' && name !== 'node:module')).toEqual([]);
  });

  it('reaches only packages that compute', () => {
    const known = /^(?:node:|@noble\/|decimal\.js|zod|merkletreejs|secp256k1|sm-crypto|fflate|hash-wasm)/;
    expect([...packages].filter((name) => !known.test(name))).toEqual([]);
  });

  it('mentions no network function of the platform', () => {
    for (const file of files)
      expect(readFileSync(file, 'utf8')).not.toMatch(/(?<![#.\w])(?:fetch|XMLHttpRequest|WebSocket|EventSource)\(/);
  });

  it('gives what offline verification needs', () => {
    expect(Object.keys(verify)).toEqual(
      expect.arrayContaining([
        'verifyReceipt',
        'verifyFigureProof',
        'verifyTimestamp',
        'verifyTlogProof',
        'verifyEvmEvidence',
        'verifyCheckpoint',
        'verifyInclusion',
      ]),
    );
  });
});
