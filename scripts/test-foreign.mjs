// npm run test:foreign: our formats and protocols before programs that others wrote. What a registry has is put into a folder of
// its own below node_modules/.cache, at the first run (some 400 MB beside helm's modules, ten minutes); what must be on the machine and is not is told
// with its reason. --keep-going is how it always goes: every part runs, and the exit code tells whether one failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prepare, root } from './lib/prepare.mjs';

prepare();

const cache = path.join(root, 'node_modules', '.cache', 'carbon-ledger', 'foreign');
const bin = path.join(cache, 'python', process.platform === 'win32' ? 'Scripts' : 'bin');
const modules = path.join(cache, 'node');
const requirements = path.join(root, 'test', 'foreign', 'requirements.txt');
const NODE_PACKAGES = ['@foundry-rs/cast@1.7.1', '@redocly/cli@2.77.0', '@stoplight/spectral-cli@6.16.3'];
const GO_PROGRAMS = ['helm.sh/helm/v3/cmd/helm@v3.19.0'];

function say(text) {
  process.stderr.write(`${text}\n`);
}

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options }).status ?? 1;
}

/** Installs once for what is asked for; what cannot be had is told, and its tests say that they did not run. */
function installOnce(name, wanted, install) {
  const stamp = path.join(cache, `${name}.installed`);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say(`Installing what the tests need of ${name} …`);
  mkdirSync(cache, { recursive: true });
  if (install()) writeFileSync(stamp, wanted);
  else say(`Not all of it could be installed: the tests say what they lack.`);
}

const wanted =
  readFileSync(requirements, 'utf8') + readFileSync(path.join(root, 'examples/python/requirements.txt'), 'utf8');
installOnce('PyPI', wanted, () => {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  if (run(python, ['-m', 'venv', path.join(cache, 'python')]) !== 0) return false;
  return run(path.join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '-r', requirements]) === 0;
});
installOnce('npm', NODE_PACKAGES.join(' '), () => {
  const install = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', modules, ...NODE_PACKAGES];
  return run('npm', install, { shell: process.platform === 'win32' }) === 0;
});

installOnce('Go', GO_PROGRAMS.join(' '), () =>
  GO_PROGRAMS.every((program) => {
    const status = run('go', ['install', program], { env: { ...process.env, GOBIN: path.join(cache, 'go') } });
    return status === 0;
  }),
);

/** What each file shows, by the rows of the programs. */
const PARTS = {
  'fabric-network 2.2, fabric-gateway': [
    'embedded-peer/src/fabric-network.test.ts',
    'cli/src/service/embedded-peer.test.ts',
  ],
  "Fabric's peer": ['test/foreign/peer-cli.test.ts'],
  'prov, rdflib, networkx': ['test/proofs/prov.test.ts', 'test/proofs/graph.test.ts'],
  'libraries of transparency.dev and C2SP (Go)': ['test/stock-verifier'],
  'schemathesis, openapi-python-client, openapi-generator, openapi-spec-validator, Redocly, Spectral': [
    'test/foreign/openapi.test.ts',
  ],
  gmssl: ['test/foreign/sm2.test.ts'],
  'Foundry cast, eth-account': ['test/foreign/keystores.test.ts'],
  'OpenSSL, SoftHSM 2 and OpenSC': ['cli/src/keys'],
  'clients in Python and Java': ['test/examples'],
  'second verifiers in Python': ['test/independent-verifier'],
  standardwebhooks: ['gateway-api/src/webhooks/webhooks.test.ts'],
  'helm, kubernetes-validate': ['cli/src/serving/helm-chart.test.ts'],
  promtool: ['gateway-api/src/http/metrics.test.ts'],
};

const env = {
  ...process.env,
  PATH: [bin, path.join(modules, 'node_modules', '.bin'), path.join(cache, 'go'), process.env.PATH].join(
    path.delimiter,
  ),
};
const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const report = path.join(cache, 'report.json');
rmSync(report, { force: true });
const told = ['--json', `--outputFile=${report}`];
const status = run(process.execPath, [jest, ...told, ...Object.values(PARTS).flat(), ...process.argv.slice(2)], {
  env,
  stdio: ['inherit', 'ignore', 'inherit'],
});

/** Seconds and tests of the files of a part, where they ran. */
function outcomeOf(files, suites) {
  const own = suites.filter(({ name }) => {
    const relative = path.relative(root, name).split(path.sep).join('/');
    return files.some((file) => relative === file || relative.startsWith(`${file}/`));
  });
  const seconds = own.reduce((sum, { startTime, endTime }) => sum + endTime - startTime, 0) / 1000;
  const tests = own.flatMap(({ assertionResults }) => assertionResults.map((one) => one.status));
  const count = (wanted) => tests.filter((one) => one === wanted).length;
  return `${seconds.toFixed(0)} s, ${count('passed')} passed, ${count('failed')} failed, ${count('pending')} not run`;
}

const suites = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : [];
say('\nProgram → tests:');
for (const [name, files] of Object.entries(PARTS)) say(`  ${name}: ${files.join(', ')}: ${outcomeOf(files, suites)}`);
say(`Not run here, and why:
  blockchain-verifier 0.5: no registry has it; what it asks of a peer (qscc, endorsed answers) is asked by fabric-network and peer.
  GmSSL, the program in C: no registry has it; the gmssl of PyPI, OpenSSL and (in the client in Java) BouncyCastle stand for it.
  omniwitness, torchwood: Go libraries of the same formats stand in test/stock-verifier.
  genuine Fabric nodes: npm run test:fabric (network/README.md).
What lacked a program says so above, in lines that begin with "Not run".`);
process.exit(status);
