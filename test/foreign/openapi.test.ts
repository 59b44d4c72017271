import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FakeGateway } from '../../gateway-api/src/testing/fake-gateway';
import { lab, sampleReceipt } from '../../gateway-api/src/testing/trial-world';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

const python = process.platform === 'win32' ? 'python' : 'python3';
const folder = temporaryFolder('openapi');
const document = path.join(folder, 'openapi.json');
let fake: FakeGateway;

// A generator in Java, and thousands of calls: minutes each, and more on a machine with other work.
jest.setTimeout(1_200_000);

beforeAll(async () => {
  fake = await FakeGateway.start();
  await fake.client(lab).submit([await fake.signed(lab, [sampleReceipt('U1')])]);
  writeFileSync(document, await (await fetch(`${fake.url}/openapi.json`)).text());
});
afterAll(() => fake.stop());

interface Ended {
  readonly code: number | null;
  readonly told: string;
}

/** Beside the service in this process, which must go on answering. */
async function run(command: string, ...argv: readonly string[]): Promise<Ended> {
  const child = spawn(command, argv, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, told };
}

async function yes(command: string, ...argv: readonly string[]): Promise<string> {
  const { code, told } = await run(command, ...argv);
  expect(code === 0 ? '' : told.slice(-8000)).toBe('');
  return told;
}

function without(...probe: readonly [string, ...string[]]): string | undefined {
  const [command, ...argv] = probe;
  return spawnSync(command, argv).status === 0 ? undefined : `no ${probe.join(' ')}`;
}

onlyWhere(without(python, '-c', 'import openapi_spec_validator'), 'openapi-spec-validator', () => {
  it('finds the document in order', () => yes(python, '-m', 'openapi_spec_validator', document));
});

onlyWhere(without('redocly', '--version'), 'Redocly', () => {
  it('finds no error in the document', () => yes('redocly', 'lint', '--extends=minimal', '--format=stylish', document));
});

onlyWhere(without('spectral', '--version'), 'Spectral', () => {
  it('finds nothing to say of the document, but that it names nobody to write to: its operator is not known to it', async () => {
    const rules = path.join(folder, 'spectral.yaml');
    writeFileSync(rules, 'extends: ["spectral:oas"]\nrules:\n  info-contact: off\n');
    await yes('spectral', 'lint', document, '--ruleset', rules, '--fail-severity', 'hint');
  });
});

onlyWhere(without('openapi-python-client', '--version'), 'openapi-python-client', () => {
  it('makes a client of every route, which reads the ledger', async () => {
    const target = path.join(folder, 'generated');
    const told = await yes(
      'openapi-python-client',
      'generate',
      '--path',
      document,
      '--output-path',
      target,
      '--meta',
      'none',
    );
    // It knows no PDF, and no stream of lines; everything else it must take, and a warning tells all that went wrong with a route.
    const warnings = told.split(/^(?=WARNING|ERROR|Unable to process)/m).slice(1);
    const unknown = /Unsupported content_type application\/(?:pdf|x-ndjson)/;
    expect(warnings.filter((warning) => !unknown.test(warning))).toEqual([]);
    const models = readdirSync(path.join(target, 'models')).map((name) => name.replace('.py', ''));
    expect(models.length).toBeGreaterThan(50);
    const program = `
import compileall, importlib, pathlib, sys
sys.path.insert(0, ${JSON.stringify(folder)})
assert compileall.compile_dir(${JSON.stringify(target)}, quiet=1)
from generated import Client
[place] = pathlib.Path(${JSON.stringify(target)}).glob("api/*/get_ledger.py")
get_ledger = importlib.import_module(f"generated.api.{place.parent.name}.get_ledger")
answer = get_ledger.sync(client=Client(base_url=sys.argv[1]))
print(answer.ledger, answer.log_size)
`;
    const { ledger, logSize } = await fake.client().ledger();
    expect((await yes(python, '-c', program, fake.url)).trim()).toBe(`${ledger} ${String(logSize)}`);
  });
});

const withoutGenerator = without('java', '-version') ?? without('openapi-generator-cli', 'version');
onlyWhere(withoutGenerator, 'openapi-generator', () => {
  it('finds nothing to say of the document, and makes a client of it', async () => {
    expect(await yes('openapi-generator-cli', 'validate', '-i', document)).toContain('No validation issues detected');
    const target = path.join(folder, 'java');
    await yes('openapi-generator-cli', 'generate', '-i', document, '-g', 'java', '-o', target, '--library', 'native');
    const models = readdirSync(target, { recursive: true })
      .map(String)
      .filter((name) => /\/model\/\w+\.java$/.test(name));
    expect(models.length).toBeGreaterThan(50);
    expect(models.filter((name) => /InlineObject|Inline\dObject/.test(name))).toEqual([]);
  });
});

onlyWhere(without('schemathesis', '--version'), 'schemathesis', () => {
  it('finds no answer that the document does not tell of', async () => {
    const checks =
      'not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance';
    // A stream of events has no end to wait for.
    const within = [
      '--exclude-path',
      '/v1/events',
      '--phases',
      'examples,coverage',
      '--max-examples',
      '1',
      '--seed',
      '1',
    ];
    await yes('schemathesis', 'run', document, '--url', fake.url, '--checks', checks, '--no-color', ...within);
  });
});
