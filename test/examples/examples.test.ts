import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { buildRecord } from '@carbon-ledger/core';
import { trialSalts } from '@carbon-ledger/plant-year/trial';
import { FakeGateway } from '../../gateway-api/src/testing/fake-gateway';
import { enterprise, lab } from '../../gateway-api/src/testing/trial-world';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

/** The first build on a machine loads Maven's own parts. */
const MAVEN_MS = 180_000;

const examples = join(__dirname, '../../examples');
const python = process.platform === 'win32' ? 'python' : 'python3';

interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** Beside the service in this process, which must go on answering. */
async function run(command: string, argv: readonly string[]): Promise<Run> {
  const child = spawn(command, argv, { cwd: examples, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** What must stand before a laboratory files about a year: the enterprise engaged it. */
const engagement = buildRecord(
  {
    type: 'engagement',
    kind: 'engagement.testing',
    issuer: enterprise,
    subject: { uscc: enterprise, unit: '-', period: '2025' },
    content: { party: lab, contractNo: 'HT-2025-1' },
  },
  trialSalts(enterprise),
);

async function withService(ask: (url: string) => Promise<Run>): Promise<Run> {
  const fake = await FakeGateway.start();
  try {
    await fake.client().submit([await fake.signed(enterprise, [engagement])]);
    return await ask(fake.url);
  } finally {
    await fake.stop();
  }
}

const DAY = [
  /anchored .*test-report as rec:/,
  /figures Cad_pct=62\.38 %/,
  /receipt verified/,
  /heard of it: event \d+, test-report/,
];

function expectDay({ code, output }: Run): void {
  expect(code === 0 ? '' : output).toBe('');
  for (const line of DAY) expect(output).toMatch(line);
}

const hasPython = spawnSync(python, ['-c', 'import coincurve, cryptography, Crypto.Hash.keccak']).status === 0;
const withoutPython = hasPython ? undefined : 'no Python with coincurve, cryptography and pycryptodome';

onlyWhere(withoutPython, 'the client in Python, written from the documents', () => {
  const program = join(examples, 'python/anchor_lab_report.py');

  it('signs in, anchors a report, reads its figures, verifies its receipt and hears of it', async () => {
    expectDay(await withService((url) => run(python, [program, url, lab])));
  });

  it('tells what the ledger refuses, with the cure', async () => {
    const { code, output } = await withService((url) => run(python, [program, url, '91140000MA0FAKE01X']));
    expect(code).toBe(1);
    expect(output).toMatch(/Problem: [A-Z_]+: /);
  });
});

/** What a machine must have for the client in Java; Maven takes its packages from the registry it is set up for. */
function lackingForJava(): string | undefined {
  const [java, maven] = [spawnSync('java', ['-version']), spawnSync('mvn', ['-v'])];
  const version = Number(/version "(\d+)/.exec(String(java.stderr))?.[1] ?? 0);
  if (version < 17) return 'no Java 17';
  return maven.status === 0 ? undefined : 'no Maven';
}

onlyWhere(lackingForJava(), 'the client in Java, written from the documents', () => {
  const folder = temporaryFolder('java-example');
  const classes = [join(folder, 'classes'), join(folder, 'dependency', '*')].join(delimiter);
  const day = (url: string, party: string): Promise<Run> =>
    run('java', ['-cp', classes, 'example.AnchorLabReport', url, party, join(examples, 'lab-report.json')]);

  beforeAll(async () => {
    const goals = ['compile', 'dependency:copy-dependencies', '-DincludeScope=runtime'];
    const maven = ['-q', '-B', '-f', join(examples, 'java/pom.xml'), `-Dfolder=${folder}`, ...goals];
    const { code, output } = await run('mvn', maven);
    expect(code === 0 ? '' : output).toBe('');
  }, MAVEN_MS);

  it('signs in, anchors a report, reads its figures, verifies its receipt and hears of it', async () => {
    expectDay(await withService((url) => day(url, lab)));
  });

  it('tells what the ledger refuses, with the cure', async () => {
    const { code, output } = await withService((url) => day(url, '91140000MA0FAKE01X'));
    expect(code).toBe(1);
    expect(output).toMatch(/Problem: [A-Z_]+: /);
  });
});
