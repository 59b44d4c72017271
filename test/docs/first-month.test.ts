import type * as Crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInProcess, type CliResult } from '../../cli/src/testing/test-io';
import { settled } from '../support/settled';
import { temporaryFolder } from '../support/temporary-folder';

// What a passphrase costs is not what this page is about: each of its commands opens a key anew.
jest.mock('node:crypto', () => {
  const actual = jest.requireActual<typeof Crypto>('node:crypto');
  const scrypt = (...[passphrase, salt, length, options, done]: ScryptCall): void => {
    actual.scrypt(passphrase, salt, length, { ...options, N: 2 }, done);
  };
  return { ...actual, scrypt };
});

/*
 * Every command of docs/first-month.md, in order, on a ledger that its own `serve` line founds. The same on a Fabric network
 * that is up and has the contract, but no ledger yet, where CARBON_LEDGER_TEST_PROFILE names a gateway profile.
 */
type ScryptCall = [
  passphrase: Crypto.BinaryLike,
  salt: Crypto.BinaryLike,
  length: number,
  options: Crypto.ScryptOptions,
  done: (error: Error | null, key: Buffer) => void,
];
const root = path.join(__dirname, '../..');
const profile = process.env['CARBON_LEDGER_TEST_PROFILE'];
const work = temporaryFolder('first-month');
const stopping = new AbortController();
let url = 'http://127.0.0.1:8080';
let msp = '';
let serving: Promise<CliResult> | undefined;

afterAll(async () => {
  stopping.abort();
  await serving;
});

/** What the page reads lies in the checkout; what it writes goes into a folder of its own. */
function placed(word: string): string {
  if (/^(?:examples|scripts|sectors)\//.test(word)) return path.join(root, word);
  const file = /^(keys=@)?([a-z-]+\.(?:json|receipt))$/.exec(word);
  return file === null ? word : `${file[1] ?? ''}${path.join(work, file[2] ?? '')}`;
}

/** Lines of the page's console blocks: none of them needs a shell. */
function linesOf(page: string): string[] {
  const text = readFileSync(path.join(root, 'docs', page), 'utf8');
  const blocks = [...text.matchAll(/^```console\n(.*?)^```$/gms)].map((match) => match[1] ?? '');
  return blocks.flatMap((block) => block.split('\n').filter((line) => line !== ''));
}

function run(argv: readonly string[], more: Parameters<typeof runInProcess>[1] = {}): Promise<CliResult> {
  const env = { CARBON_LEDGER_PASSPHRASE: 'a passphrase of the walk-through', CARBON_LEDGER_URL: url };
  return runInProcess(argv, { homeDir: work, env, now: () => new Date(), ...more });
}

/** Serves until the tests are over; goes on when it says where. */
async function serve(words: readonly string[]): Promise<CliResult> {
  const place = profile === undefined ? ['--data', path.join(work, 'ledger'), '--one-thread'] : ['--fabric', profile];
  const rest = words.filter((word, index) => word !== '--data' && words[index - 1] !== '--data');
  url = await new Promise<string>((resolve, reject) => {
    const write = (text: string): boolean => {
      resolve((JSON.parse(text) as { url: string }).url);
      return true;
    };
    const argv = [...rest, ...place, '--port', '0', '--json', '--log-level', 'silent'];
    serving = run(argv, { signal: stopping.signal, stdout: { write } });
    serving.then(({ stderr }) => {
      reject(new Error(stderr));
    }, reject);
  });
  const status = await run(['status', '--json']);
  msp = (JSON.parse(status.stdout) as { organisation: string }).organisation;
  return { code: 0, stdout: '', stderr: '' };
}

async function follow(line: string): Promise<CliResult> {
  const [program = '', ...words] = line.split(' ').map(placed);
  if (program === 'curl') {
    const answer = await fetch(String(words.at(-1)).replaceAll("'", '').replace('http://127.0.0.1:8080', url));
    return { code: answer.ok ? 0 : answer.status, stdout: await answer.text(), stderr: '' };
  }
  if (words[0] === 'serve') return serve(words);
  return run(words[0] === 'parties' && profile !== undefined ? [...words, '--set', `msps=["${msp}"]`] : words);
}

describe('docs/first-month.md', () => {
  const answers: (CliResult & { readonly line: string })[] = [];
  const last = (words: string): string => answers.filter(({ line }) => line.includes(words)).at(-1)?.stdout ?? '';

  it.each(linesOf('first-month.md'))('%s', async (line) => {
    const answer = await follow(line);
    answers.push({ line, ...answer });
    await settled(url, line.split(' '), answer.stdout);
    expect([answer.code, answer.code === 0 ? '' : answer.stderr]).toEqual([0, '']);
  });

  it('comes to what the page says', () => {
    expect(answers.length).toBeGreaterThan(40);
    expect(last('trace ')).toContain('208659.07 tCO2');
    expect(last('trace ')).toContain('intact');
    expect(last('verify scripts')).toContain('一致');
    expect(last('verify-receipt')).toContain('PASS');
    expect(last('--state ACCEPTED')).toContain('U1/2024-02/monthly-evidence');
    expect(last('POWER/2024/parameter')).toContain('surrender.deadline');
    expect(last('inbox --as 91140000MA0FAKE01X --type')).toContain('returned');
    expect(last('/v1/records?')).toContain('"version":2');
  });
});
