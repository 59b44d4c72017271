// Has veraPDF judge papers as PDF/A-3a: those named, or one of every kind in both languages (test/papers). Needs Java and Maven.
// Usage: npm run pdfa -- [FILE.pdf …]
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..');
const project = path.join(here, 'pdfa');

function run(command, argv, cwd) {
  const { status, error } = spawnSync(command, argv, { cwd, stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write(error === undefined ? '' : `${command}: ${error.message}\n`);
    process.exit(status ?? 1);
  }
}

const files = process.argv.slice(2).map((file) => path.resolve(file));
run('mvn', ['-q', '-B', 'compile', 'dependency:copy-dependencies', '-DoutputDirectory=target/lib'], project);
if (files.length > 0)
  run('java', ['-cp', `target/classes${path.delimiter}target/lib/*`, 'Validate', ...files], project);
else run(process.execPath, [path.join(root, 'node_modules/jest/bin/jest.js'), 'test/papers'], root);
