// Has veraPDF judge papers as PDF/A-3a: those named, or one of each kind in both languages. Needs Java and Maven.
// Usage: npm run pdfa -- [FILE.pdf …]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..');
const project = path.join(here, 'pdfa');

/** A certificate in each language, out of a receipt that is kept for ever. */
async function samples() {
  const { makeCertificate } = await import(pathToFileURL(path.join(root, 'reports/dist/index.js')).href);
  const receipts = [readFileSync(path.join(root, 'test/golden/receipt-v1/valid/signed-with-SM2.json'))];
  const folder = mkdtempSync(path.join(tmpdir(), 'pdfa-'));
  const write = async (language) => {
    const statement = { language, site: 'http://127.0.0.1:8080', anchoredAt: {} };
    const file = path.join(folder, `certificate-${language}.pdf`);
    writeFileSync(file, await makeCertificate({ receipts, statement }));
    return file;
  };
  return [await write('zh'), await write('en')];
}

function run(command, argv) {
  const { status, error } = spawnSync(command, argv, { cwd: project, stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write(error === undefined ? '' : `${command}: ${error.message}\n`);
    process.exit(status ?? 1);
  }
}

const named = process.argv.slice(2).map((file) => path.resolve(file));
const files = named.length > 0 ? named : await samples();
run('mvn', ['-q', '-B', 'compile', 'dependency:copy-dependencies', '-DoutputDirectory=target/lib']);
run('java', ['-cp', `target/classes${path.delimiter}target/lib/*`, 'Validate', ...files]);
