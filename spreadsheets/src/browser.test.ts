import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { temporaryFolder } from '../../test/support/temporary-folder';

const root = path.join(__dirname, '..', '..');

it('is taken by a browser: nothing in it asks for Node', () => {
  const bundle = path.join(temporaryFolder('spreadsheets'), 'bundle.js');
  const entry = path.join(__dirname, 'index.ts');
  const options = ['--bundle', '--platform=browser', '--conditions=browser', '--format=esm', `--outfile=${bundle}`];
  const esbuild = path.join(root, 'node_modules', '.bin', 'esbuild');
  // It fails where a module of Node is imported anywhere below the entry.
  const told = execFileSync(esbuild, [entry, ...options, '--log-level=error'], { cwd: root, encoding: 'utf8' });
  expect(told).toBe('');
});
