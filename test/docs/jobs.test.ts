import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startTrialService } from '../support/trial-service';
import type { RunningService } from '../../cli/src/service/serving';
import { runInProcess, type CliResult } from '../../cli/src/testing/test-io';
import { temporaryFolder } from '../support/temporary-folder';

const root = path.join(__dirname, '../..');
const work = temporaryFolder('jobs');
let running: RunningService;

beforeAll(async () => {
  running = await startTrialService(path.join(work, 'data'));
});
afterAll(() => running.close());

/** Command lines of the page, in order. */
function commandsOf(page: string): string[] {
  const text = readFileSync(path.join(root, 'docs/jobs', page), 'utf8');
  const blocks = [...text.matchAll(/^```console\n(.*?)^```$/gms)].map((match) => match[1] ?? '');
  return blocks.flatMap((block) => block.split('\n').filter((line) => line.startsWith('carbon-ledger ')));
}

/** What the page reads lies in the checkout; what it writes goes into a folder of its own. */
function placed(word: string): string {
  if (/^(?:examples|scripts)\//.test(word)) return path.join(root, word);
  return /\.(?:json|jsonl|jsonld|graphml|pdf|xlsx|csv|pack)$/.test(word) || word === 'incoming'
    ? path.join(work, word)
    : word;
}

function run(line: string): Promise<CliResult> {
  const words = line.split(' ').slice(1).map(placed);
  return runInProcess(words, { homeDir: work, env: { CARBON_LEDGER_URL: running.url }, now: () => new Date() });
}

/** `VERB CODE` of each command of a page, with what it said where it was called wrongly or could not tell. */
async function followed(page: string): Promise<string[]> {
  const codes: string[] = [];
  for (const line of commandsOf(page)) {
    const { code, stderr } = await run(line);
    const [, verb = ''] = line.split(' ');
    codes.push(`${verb} ${String(code)}${code > 1 ? stderr : ''}`);
  }
  return codes;
}

// First: the pages behind it find the sample there already, without its documents or with them.
describe('docs/jobs/inspect.md', () => {
  it('can be followed: every command does what the page says', async () => {
    const codes = await followed('inspect.md');
    const inspected = (...exits: readonly number[]): string[] => exits.map((code) => `inspect ${String(code)}`);
    expect(codes).toEqual([
      ...['import 0', 'log 0', ...inspected(0, 0, 0, 0, 0, 1, 0, 1, 0, 0), 'screen 1'],
      ...[...inspected(0, 0, 0), 'file 0', ...inspected(0, 0, 0), ...inspected(0, 0, 0, 0)],
    ]);
  });
});

describe('docs/jobs/reconcile.md', () => {
  it('can be followed: every command does what the page says', async () => {
    mkdirSync(path.join(work, 'incoming'));
    const files = readdirSync(path.join(root, 'examples/reconcile')).filter((name) => name !== '抵销登记-1209.csv');
    for (const name of files) cpSync(path.join(root, 'examples/reconcile', name), path.join(work, 'incoming', name));
    const [first, second] = [
      ['import 0', 'template 0', 'reconcile 1', 'reconcile 0'],
      ['reconcile 0', 'reconcile 1', 'export 0', 'reconcile 0'],
    ] as const;
    expect(await followed('reconcile.md')).toEqual([...first, ...second]);
  });
});

describe('docs/jobs/screen.md', () => {
  it('can be followed: every command does what the page says', async () => {
    const learnt = ['screen 0', 'file 0', 'screen 1'];
    const codes = ['screen 1', 'import 0', ...Array<string>(5).fill('screen 1'), ...learnt];
    expect(await followed('screen.md')).toEqual(codes);
  });
});

interface Explanation {
  readonly items: readonly { readonly about: string }[];
}

describe('docs/jobs/screen.md, where the enterprise explains', () => {
  it('is filed as the page says once its reasons are filled in, and the findings are quiet from then on', async () => {
    const plant = '91140000MA0FAKE01X';
    const text = readFileSync(path.join(root, 'docs/jobs/screen.md'), 'utf8').replaceAll('\n', ' ');
    const [, line = ''] = /`(carbon-ledger file explanation [^`]*)`/.exec(text) ?? [];
    const [, cites = ''] = /`\{"content": …, ("cites": \{[^`]*)\}`/.exec(text) ?? [];
    const written = JSON.parse(readFileSync(path.join(work, 'explanation.json'), 'utf8')) as Explanation;
    const items = written.items.map((item) => ({ ...item, reason: `${item.about}：样本年度系事后补录` }));
    const content = JSON.stringify({ ...written, items });
    writeFileSync(path.join(work, 'explained.json'), `{"content": ${content}, ${cites}}`);
    const acting = ` --as ${plant} --trial-keys`;
    const filed = await run(`${line.replace('FILE', 'explained.json')}${acting} --yes`);
    expect([filed.code, filed.stderr]).toEqual([0, expect.any(String)]);
    const { stdout } = await run(`carbon-ledger screen --plant ${plant} --year 2024${acting}`);
    expect(stdout).toContain(': 0 block, 0 need an explanation,');
  });
});

describe('docs/jobs/cross-check.md', () => {
  it('can be followed: every command does what the page says', async () => {
    const codes = ['import 0', ...[1, 0, 0, 0, 1, 0].map((code) => `cross-check ${String(code)}`)];
    expect(await followed('cross-check.md')).toEqual(codes);
  });
});

describe('docs/jobs/readings.md', () => {
  it('can be followed: every command does what the page says', async () => {
    const codes = ['import 0', 'readings 0', 'file 0', 'readings 0', 'readings 0'];
    expect(await followed('readings.md')).toEqual(codes);
  });

  it('proves the reading that was asked for, and no other', async () => {
    const batch = '91140000MA0FAKE01X/U1/2024-01/device-batch.1';
    const told = await run(`carbon-ledger readings verify reading.json --batch ${batch}`);
    expect(told.stdout).toContain(`reading 17 of 31 of ${batch} (PDC-01)`);
    const changed = readFileSync(path.join(work, 'reading.json'), 'utf8').replace('"3765.70"', '"3765.71"');
    writeFileSync(path.join(work, 'changed.json'), changed);
    const other = await run(`carbon-ledger readings verify changed.json --batch ${batch}`);
    expect([other.code, other.stdout]).toEqual([1, expect.stringContaining('no reading of')]);
    const none = await run('carbon-ledger readings prove examples/readings/belt-2024-01.csv --at 2024-01-17T16:00:00Z');
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('NOT_FOUND')]);
    const coarse = await run('carbon-ledger readings verify batch.json --batch x');
    expect([coarse.code, coarse.stderr]).toEqual([1, expect.stringContaining('is no proof of a reading')]);
  });
});

describe('docs/jobs/disclose.md', () => {
  it('can be followed: every command does what the page says', async () => {
    const codes = ['import 0', ...Array<string>(6).fill('public 0'), 'log 0', 'completeness 0', 'export 0', 'export 0'];
    expect(await followed('disclose.md')).toEqual(codes);
  });
});

// Last: it registers more units of the sample plant.
describe('docs/jobs/carbon-tests.md', () => {
  it('can be followed: every command does what the page says', async () => {
    const filed = (count: number): string[] => Array<string>(count).fill('file 0');
    expect(await followed('carbon-tests.md')).toEqual([
      ...['import 0', 'methodology 0', 'file 0', 'review 0', ...filed(4), 'inbox 0', ...filed(4)],
      ...['impact 0', 'file 0', 'trace 1'],
    ]);
  });

  it('ends in a trace that names the withdrawn day at its own parameter, for the other unit of the belt too', async () => {
    const plant = '91140000MA0FAKE01X';
    const { stdout } = await run(
      `carbon-ledger trace ${plant}/U4/2024-03/monthly-evidence#emission_tCO2 --as ${plant}`,
    );
    expect(stdout).toContain(
      `${plant}/U3/2024-03/test-report.27#Cad_pct: 被引用的记录已撤回 the record was withdrawn: 61.10 (withdrawn)`,
    );
    expect(stdout).not.toContain('test-report.26#Cad_pct: expected');
    expect(stdout).toContain('parameter#fuelCC.diesel');
  });
});
