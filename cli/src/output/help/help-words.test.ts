import { Command } from 'commander';
import { commandFiles } from '../../command-files';
import { runInProcess } from '../../testing/test-io';
import { Tool } from '../../tool';
import { filingWords } from './filing';
import { keepingWords } from './keeping';
import { listingWords } from './listing';
import { proofsWords } from './proofs';
import { recordsWords } from './records';
import { helpWords } from './help-words';

interface Told {
  /** The words that lead to the command. */
  readonly path: readonly string[];
  readonly texts: readonly string[];
}

function* toldBy(command: Command, path: readonly string[]): Generator<Told> {
  const of = [...command.options, ...command.registeredArguments].map(({ description }) => description);
  yield { path, texts: [command.summary(), command.description(), ...of].filter((text) => text !== '') };
  for (const sub of command.commands) yield* toldBy(sub, [...path, sub.name()]);
}

async function everyCommand(): Promise<Told[]> {
  const program = new Command('carbon-ledger');
  for (const { load } of commandFiles) (await load())(program, new Tool({} as never));
  return [...toldBy(program, [])];
}

/** Three words of small letters in a row: a sentence that nobody said in Chinese. Names of types and lines to copy are none. */
const english = /(?<![\w-])[a-z]+ [a-z]+ [a-z]+(?![\w-])/;

describe('the help of a command on a Chinese terminal', () => {
  it('has its Chinese for every command, argument and option', async () => {
    const texts = (await everyCommand()).flatMap((one) => one.texts);
    expect(texts.filter((text) => !/\p{Script=Han}/u.test(helpWords(text) ?? ''))).toEqual([]);
  });

  it('keeps no Chinese of what no command says', async () => {
    const said = new Set((await everyCommand()).flatMap((one) => one.texts));
    const tables = { ...listingWords, ...filingWords, ...recordsWords, ...proofsWords, ...keepingWords };
    const isSaid = (key: string): boolean =>
      key.endsWith(': {}') ? [...said].some((text) => text.startsWith(key.slice(0, -2))) : said.has(key);
    expect(Object.keys(tables).filter((key) => !isSaid(key))).toEqual([]);
  });

  it('is a page without a sentence or a heading in English', async () => {
    for (const { path } of await everyCommand()) {
      const { stdout, stderr } = await runInProcess([...path, '--help'], { env: { LC_ALL: 'zh_CN.UTF-8' } });
      const read = stdout.split('\n').filter((line) => !line.startsWith('  $ ') && !line.includes('keys rotate log'));
      expect(read.filter((line) => english.test(line) || /^[A-Z][a-z ]+:/.test(line))).toEqual([]);
      expect([path, stderr, stdout.includes('用法：')]).toEqual([path, '', true]);
    }
  });

  it('breaks lines by what a terminal shows, and never before what closes a sentence', async () => {
    const { stdout } = await runInProcess(['serve', '--help'], { env: { LC_ALL: 'zh_CN.UTF-8' } });
    for (const line of stdout.split('\n')) {
      expect(Array.from(line).reduce((sum, one) => sum + (/\p{Script=Han}/u.test(one) ? 2 : 1), 0)).toBeLessThanOrEqual(
        112,
      );
      expect(line).not.toMatch(/^\s*[，。；：、）]/);
    }
  });

  it('is English elsewhere', async () => {
    const { stdout } = await runInProcess(['keys', 'show', '--help'], { env: { LC_ALL: 'C' } });
    expect(stdout).toContain('Example:');
    expect(stdout).not.toMatch(/用法|参数：/);
  });
});
