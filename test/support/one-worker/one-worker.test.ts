import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..', '..');
const program = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');

/** Whichever file comes first spoils what the other one looks at. */
it('leaves nothing of a test file to the next one but the modules that it loaded', () => {
  const asked = ['-i', '--ci', '--testMatch', '**/one-worker/*.fixture.ts', '--roots', __dirname];
  // Where jest keeps what it compiled: beside this file's own folder.
  const env = { ...process.env, TMPDIR: path.dirname(tmpdir()) };
  const { status, stderr } = spawnSync(process.execPath, [program, ...asked], { cwd: root, env, encoding: 'utf8' });
  expect(stderr).toContain('Tests:       4 passed, 4 total');
  expect(status).toBe(0);
});
