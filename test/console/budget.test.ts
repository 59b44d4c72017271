import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

test('the pages stay within their budgets', () => {
  execFileSync(process.execPath, [join(root, 'console/build.mjs'), '--if-changed'], { stdio: 'ignore' });
  const lines = execFileSync(process.execPath, [join(root, 'console/budget.mjs')], { encoding: 'utf8' });
  expect(lines.trim().split('\n')).toHaveLength(4);
});
