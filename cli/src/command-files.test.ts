import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, Help } from 'commander';
import { commandFiles } from './command-files';
import { Tool } from './tool';
import { runInProcess } from './testing/test-io';

/** Files and packages that a file loads with itself: imports of types are none, nor are those that wait for a call. */
function loadedBy(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gms)].map(
    ([, name = '']) => name,
  );
}

/** All of them, from the one with which the tool begins. */
function closureOf(first: string): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const name of loadedBy(file)) {
      if (!name.startsWith('.')) packages.add(name);
      else visit(`${path.resolve(path.dirname(file), name)}.ts`);
    }
  };
  visit(first);
  return { files, packages };
}

describe('what the tool loads before it knows its command', () => {
  const { files, packages } = closureOf(path.join(__dirname, 'main.ts'));

  it('is little: no command, no service, no rulebook', () => {
    const own = [...packages].filter((name) => !name.startsWith('node:'));
    expect(own.sort()).toEqual(['@carbon-ledger/core/errors', '@carbon-ledger/core/identifiers', 'commander']);
    expect(files.size).toBeLessThan(16);
    expect([...files].filter((file) => file.includes(`${path.sep}commands${path.sep}`))).toEqual([]);
  });

  it('is as little in what it takes of core', () => {
    const core = path.join(__dirname, '../../core/src');
    const taken = ['errors', 'identifiers'].map((part) => {
      const texts = [path.join(core, part, 'index.ts')].filter(existsSync).map((file) => readFileSync(file, 'utf8'));
      return texts.join('');
    });
    expect(taken.join('')).not.toMatch(/'zod'|rulebook|wording/);
  });
});

const offline = ['keys', 'verify-receipt'];

describe.each(offline)('what `%s` loads, which asks no service', (name) => {
  const { packages } = closureOf(path.join(__dirname, 'commands', `${name}.ts`));

  it('is of core what keys, files and receipts are made of: no client, no store, no rulebook', () => {
    const heavy =
      /^@carbon-ledger\/(?!core\/|auditor\/given$)|^@carbon-ledger\/core\/(?:rulebook|judge)$|^classic-level$/;
    expect([...packages].filter((one) => heavy.test(one))).toEqual([]);
  });
});

/** Files of the project behind a name of one of its parts; a package of others, and what is built in, have none. */
function partOf(name: string): string | undefined {
  const [, room = '', part] = /^@carbon-ledger\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(name) ?? [];
  const source = path.join(__dirname, '../..', room, 'src');
  const files = part === undefined ? ['index.ts'] : [`${part}/index.ts`, `${part}.ts`];
  return room === '' ? undefined : files.map((file) => path.join(source, file)).find(existsSync);
}

/** How many files of all parts of the project a command loads before it runs. */
function filesBefore(command: string): number {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const name of loadedBy(file)) {
      const beside = path.resolve(path.dirname(file), name);
      const own = name.startsWith('.')
        ? [`${beside}.ts`, path.join(beside, 'index.ts')].find(existsSync)
        : partOf(name);
      if (own !== undefined) visit(own);
    }
  };
  visit(path.join(__dirname, 'commands', `${command}.ts`));
  return seen.size;
}

describe('what a command loads to tell how it is called', () => {
  // All of core are some five hundred files: one import of the whole, anywhere below, and these are far from true.
  it.each([
    ['status', 40],
    ['template', 50],
    ['keys', 130],
    ['verify-receipt', 180],
    ['log', 180],
  ])('is little for `%s`: at most %i files of ours', (command, most) => {
    expect(filesBefore(command)).toBeLessThanOrEqual(most);
    expect(filesBefore('anchor')).toBeGreaterThan(400);
  });
});

describe('the list of commands', () => {
  it('says of each what its file says', async () => {
    const help = new Help();
    for (const { commands, load } of commandFiles) {
      const program = new Command('carbon-ledger');
      (await load())(program, new Tool({} as never));
      const told = program.commands.map((command) => ({
        name: command.name(),
        usage: help.subcommandTerm(command).slice(command.name().length).trim(),
        summary: command.summary() || command.description(),
      }));
      expect(commands).toEqual(told);
    }
  });

  it('is whole in help, in completion, and in what is guessed of a mistake', async () => {
    const names = commandFiles.flatMap(({ commands }) => commands.map(({ name }) => name));
    const { stdout } = await runInProcess(['--help']);
    for (const name of names) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    const { stdout: script } = await runInProcess(['completion', 'bash']);
    expect(script).toContain('--check-config');
    for (const name of names) expect(script).toContain(`"${name}") words="`);
    expect((await runInProcess(['tracee'])).stderr).toContain('Did you mean trace?');
    expect((await runInProcess(['help', 'trace'])).stdout).toContain('Usage: carbon-ledger trace');
    expect((await runInProcess(['--url', 'http://127.0.0.1:1', 'trace', '--help'])).stdout).toContain('--depth');
  });
});
