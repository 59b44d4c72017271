import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { buildRecord } from '@carbon-ledger/core';
import { trialSalts } from '@carbon-ledger/plant-year/trial';
import { FakeGateway } from '../../gateway-api/src/testing/fake-gateway';
import { enterprise, lab } from '../../gateway-api/src/testing/trial-world';
import { runInProcess } from '../../cli/src/testing/test-io';
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

const plainPython = spawnSync(python, ['--version']).status === 0 ? undefined : 'no Python';

onlyWhere(plainPython, 'the receiver of webhooks in Python', () => {
  const program = join(examples, 'webhook/receiver.py');
  let fake: FakeGateway;
  let door: Server;
  let receiver: ChildProcessByStdio<null, Readable, null> | undefined;
  /** Whose answers the sender got. */
  const answers: (number | undefined)[] = [];

  /** The address that is registered: its secret is told only then, so the receiver behind it begins later. */
  async function openDoor(behind: Promise<number>): Promise<string> {
    door = createServer((asked, answer) => {
      void behind.then((port) => {
        const { method, headers } = asked;
        const onward = request({ host: '127.0.0.1', port, method, headers }, (got) => {
          answers.push(got.statusCode);
          answer.writeHead(got.statusCode ?? 500).end();
        });
        asked.pipe(onward);
      });
    }).listen(0, '127.0.0.1');
    await once(door, 'listening');
    return `http://127.0.0.1:${String((door.address() as AddressInfo).port)}/`;
  }

  beforeAll(async () => {
    fake = await FakeGateway.start({ webhooks: { networks: ['127.0.0.1'] } });
  });
  afterAll(async () => {
    receiver?.kill();
    door.closeAllConnections();
    door.close();
    await fake.stop();
  });

  it('takes what the service signed, tells it, and takes nothing else', async () => {
    let opened: (port: number) => void = () => undefined;
    const url = await openDoor(new Promise((resolve) => (opened = resolve)));
    const { secret } = await fake.client(enterprise).webhooks.register({ url, types: ['engagement'] });
    receiver = spawn(python, [program, secret, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: receiver.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<string> => String((await lines.next()).value);
    const port = Number((await next()).replace('listening ', ''));
    opened(port);
    await fake.client().submit([await fake.signed(enterprise, [engagement])]);
    expect(await next()).toMatch(/^\d+ engagement .*engagement\.testing/);
    expect(answers).toEqual([204]);
    const forged = await fetch(`http://127.0.0.1:${String(port)}/`, {
      method: 'POST',
      headers: { 'webhook-id': 'evt_1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,AAAA' },
      body: '{}',
    });
    expect(forged.status).toBe(401);
  });
});

/** What a machine must have for the client in Java; Maven takes its packages from the registry it is set up for. */
function lackingForJava(): string | undefined {
  const [java, maven] = [spawnSync('java', ['-version']), spawnSync('mvn', ['-v'])];
  const version = Number(/version "(\d+)/.exec(String(java.stderr))?.[1] ?? 0);
  if (version < 17) return 'no Java 17';
  return maven.status === 0 ? undefined : 'no Maven';
}

/** The lines of the page's block, each whole, as they are said to somebody in the checkout. */
function linesOfPage(): string[] {
  const page = readFileSync(join(examples, '../docs/integration.md'), 'utf8');
  const [, block = ''] = /## Try the examples.*?^```sh\n(.*?)^```$/ms.exec(page) ?? [];
  return block
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line !== '');
}

const target = temporaryFolder('java-example');
let compiled: Promise<Run> | undefined;

/** As the page compiles it, once for all tests of this file, and into a folder beside the checkout. */
function compile(): Promise<Run> {
  const line = linesOfPage().find((one) => one.startsWith('mvn ')) ?? '';
  const [, ...words] = line.split(/ +/);
  return (compiled ??= run('mvn', [`-Dfolder=${target}`, ...words.map((word) => word.replace(/^examples\//, ''))]));
}

onlyWhere(lackingForJava(), 'the client in Java, written from the documents', () => {
  const classes = [join(target, 'classes'), join(target, 'dependency', '*')].join(delimiter);
  const day = (url: string, party: string): Promise<Run> =>
    run('java', ['-cp', classes, 'example.AnchorLabReport', url, party, join(examples, 'lab-report.json')]);

  beforeAll(async () => {
    const { code, output } = await compile();
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

onlyWhere(withoutPython ?? lackingForJava(), 'both clients, by the lines of docs/integration.md', () => {
  /** What installs is left out: the machine has it, or this is not run. */
  const installs = (line: string): boolean => /-m venv|-m pip/.test(line);

  async function follow(line: string, url: string): Promise<Run> {
    const own = line
      .replaceAll('http://127.0.0.1:8080', url)
      .replaceAll('examples/python/.venv/bin/python', python)
      .replaceAll('examples/java/target', target);
    if (own.startsWith('mvn ')) return compile();
    if (!own.startsWith('npx carbon-ledger ')) return run('sh', ['-c', `cd .. && ${own}`]);
    const { code, stdout, stderr } = await runInProcess(own.split(/ +/).slice(2), { env: { CARBON_LEDGER_URL: url } });
    return { code, output: stdout + stderr };
  }

  it(
    'are run one after the other on one ledger',
    async () => {
      const lines = linesOfPage().filter((line) => !installs(line));
      expect(lines.map((line) => line.split(/[ ]/)[0]?.split('/').at(-1))).toEqual([
        'npx',
        'python',
        'mvn',
        'sed',
        'java',
      ]);
      const days: Run[] = [];
      const fake = await FakeGateway.start();
      try {
        for (const line of lines) {
          const ran = await follow(line, fake.url);
          expect(ran.code === 0 ? '' : `${line}: ${ran.output}`).toBe('');
          if (/AnchorLabReport|anchor_lab_report/.test(line)) days.push(ran);
        }
      } finally {
        await fake.stop();
      }
      expect(days).toHaveLength(2);
      for (const day of days) expectDay(day);
    },
    MAVEN_MS,
  );
});
