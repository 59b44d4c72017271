import { readFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { runInProcess } from './testing/test-io';

const party = '91140100MA0FAKE2XU';

describe('exit codes and streams', () => {
  it('answers help on stdout with 0', async () => {
    const result = await runInProcess(['--help']);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toContain('Exit codes: 0 yes');
  });
  it('answers the version on stdout with 0', async () => {
    expect((await runInProcess(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
  it.each([[[]], [['keys']]])('shows help on stderr and exits 2 for %j', async (argv: string[]) => {
    const result = await runInProcess(argv);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain('Usage: carbon-ledger');
  });
  it.each([
    [['frobnicate'], 'unknown command'],
    [['keys', 'list', '--colour'], 'unknown option'],
    [['keys', 'show'], 'missing required argument'],
    [['keys', 'new'], '--as USCC'],
    [['keys', 'list', '--url', 'ftp://x'], 'not an http(s) address'],
    [['keys', 'list', '--url', 'http://a:b@x'], '"http://…@x" holds a name or password'],
    [['keys', 'new', '--as', '91140100MA0FAKE2XX'], 'check digit'],
  ])('exits 2 for %j', async (argv, reason) => {
    const result = await runInProcess(argv);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain(reason);
  });
  it('writes the problem as JSON on stderr with --json', async () => {
    const result = await runInProcess(['keys', 'show', party, '--json'], { homeDir: temporaryFolder('cli') });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(JSON.parse(result.stderr)).toMatchObject({ error: { code: 'KEY_NOT_HELD', faults: [] } });
  });
  it('gives every command an example', async () => {
    const names = (await runInProcess(['completion', 'bash', '--json'])).stdout;
    const script = (JSON.parse(names) as { script: string }).script;
    const places = [...script.matchAll(/^ {4}"([a-z- ]+)"\)/gm)].map((match) => (match[1] ?? '').split(' '));
    expect(places.length).toBeGreaterThan(4);
    for (const place of places) {
      const help = await runInProcess([...place, '--help']);
      expect(help.stdout).toMatch(/Example:\n {2}\$ .*carbon-ledger/);
      expect(help.stdout).toContain('--json');
    }
  });
});

describe('keys', () => {
  const env = { CARBON_LEDGER_PASSPHRASE: 'correct horse' };
  it('makes, lists and shows a key, and never shows its private part', async () => {
    const homeDir = temporaryFolder('cli');
    const made = await runInProcess(['keys', 'new', '--as', party, '--json'], { homeDir, env });
    expect(made.code).toBe(0);
    const key = JSON.parse(made.stdout) as { keyId: string };
    expect(key).toMatchObject({ party, trial: false, createdAt: '2026-01-02T03:04:05Z' });
    const listed = await runInProcess(['keys', 'list', '--json'], { homeDir });
    expect(JSON.parse(listed.stdout)).toMatchObject({ keys: [key] });
    const shown = await runInProcess(['keys', 'show', party], { homeDir });
    expect(shown.stdout).toContain(key.keyId);
    expect(made.stdout + listed.stdout + shown.stdout).not.toMatch(/private/i);
  });
  it('marks a trial key as one', async () => {
    const homeDir = temporaryFolder('cli');
    const made = await runInProcess(['keys', 'new', '--as', party, '--trial'], { homeDir, env });
    expect(made.stderr).toContain('TRIAL key');
    expect((await runInProcess(['keys', 'list'], { homeDir })).stdout).toContain('trial: anybody can make it');
  });
  it('refuses to make a key without a passphrase', async () => {
    const result = await runInProcess(['keys', 'new', '--as', party]);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain('PASSPHRASE_WRONG');
  });
  it('refuses a short passphrase', async () => {
    const result = await runInProcess(['keys', 'new', '--as', party], { env: { CARBON_LEDGER_PASSPHRASE: 'short' } });
    expect(result.stderr).toContain('at least 8 characters');
  });
  it('asks twice on a terminal and refuses two different answers', async () => {
    const answers = ['one answer', 'another answer'];
    const result = await runInProcess(['keys', 'new', '--as', party], {
      askSecret: () => Promise.resolve(answers.shift() ?? ''),
    });
    expect(result.stderr).toContain('the two passphrases differ');
  });
});

describe('docs/cli.md', () => {
  it('tells of every command and of nothing else', async () => {
    const text = readFileSync(path.join(__dirname, '..', '..', 'docs', 'cli.md'), 'utf8');
    const told = [...text.matchAll(/^\| `([a-z -]+?)(?: [<[…-].*?)?` \|/gm)].map((match) => match[1]);
    const script = (await runInProcess(['completion', 'bash'])).stdout;
    const places = [...script.matchAll(/^ {4}"([a-z- ]+)"\)/gm)].map((match) => match[1] ?? '');
    const leaves = places.filter((place) => !places.some((other) => other.startsWith(`${place} `)));
    expect([...told].sort()).toEqual([...leaves].sort());
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('writes a script for %s', async (shell) => {
    const result = await runInProcess(['completion', shell]);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain('keys');
  });
  it('exits 2 for a shell that it does not know', async () => {
    expect((await runInProcess(['completion', 'tcsh'])).code).toBe(2);
  });
});
