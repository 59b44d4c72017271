import { LedgerError } from '@carbon-ledger/core/errors';
import { visibleJson } from '@carbon-ledger/core/identifiers';
import { Command, CommanderError, Help, type HelpConfiguration } from 'commander';
import { commandFiles, type ListedCommand } from './command-files';
import type { Io } from './io';
import { languageAsked, type Language } from './output/language';
import {
  exitCodeOf,
  exitCodes,
  formatProblem,
  isInterruption,
  problemDocument,
  problemWords,
  toLedgerError,
} from './output/problem';
import { ownVersion } from './service/version';
import { Tool } from './tool';

const about = `The command line of the Carbon Audit Ledger (碳审计账本).

Exit codes: 0 yes or done · 1 no or refused · 2 called wrongly · 3 cannot tell or unreachable · 130 stopped by Ctrl-C.
Data goes to stdout, everything else to stderr.`;

/** Those that were only listed: their usage stands in the list, they themselves were not loaded. */
type Listed = ReadonlyMap<Command, ListedCommand>;

async function configure(program: Command, io: Io, listed: Listed, language: Language): Promise<void> {
  program.exitOverride();
  const usual = new Help();
  const inEnglish: HelpConfiguration = {
    showGlobalOptions: true,
    helpWidth: 110,
    subcommandTerm: (command) => {
      const known = listed.get(command);
      return known === undefined ? usual.subcommandTerm(command) : `${known.name} ${known.usage}`.trimEnd();
    },
  };
  program.configureHelp(
    language === 'zh' ? (await import('./output/help/help-words.js')).helpInChinese(inEnglish) : inEnglish,
  );
  program.configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    // Usage errors are reported once, by `reportFailure`.
    outputError: () => undefined,
  });
}

/** Completion tells the options of all of them. */
const NEEDS_ALL = 'completion';

/** Options that every command takes, with a value behind them: what stands there names no command. */
const VALUED = ['--url', '--as', '--keystore', '--signer'];

/** The command that a command line names: the first word that is one (`list` of `keys list` is none). */
function commandNamed(argv: readonly string[]): string | undefined {
  const names = new Set(commandFiles.flatMap(({ commands }) => commands.map(({ name }) => name)));
  return argv.find((word, at) => names.has(word) && !VALUED.includes(argv[at - 1] ?? ''));
}

/** Loads the command that a command line names, and lists the others: loading all takes longer than most of them run. */
async function addCommands(
  program: Command,
  tool: Tool,
  argv: readonly string[],
  listed: Map<Command, ListedCommand>,
): Promise<void> {
  const asked = commandNamed(argv);
  for (const { commands, load } of commandFiles) {
    const isNamed = asked === NEEDS_ALL || commands.some(({ name }) => name === asked);
    if (isNamed) (await load())(program, tool);
    else for (const one of commands) listed.set(program.command(one.name).summary(one.summary), one);
  }
}

async function buildProgram(io: Io, tool: Tool, argv: readonly string[]): Promise<Command> {
  const program = new Command('carbon-ledger').description(about).version(ownVersion());
  const listed = new Map<Command, ListedCommand>();
  await configure(program, io, listed, languageAsked(argv, io.env));
  program
    .option('--url <address>', 'the service (or CARBON_LEDGER_URL; default http://127.0.0.1:8080)')
    .option('--as <USCC>', 'the party to act as')
    .option('--keystore <folder>', 'where keys are kept (or CARBON_LEDGER_KEYSTORE; default ~/.carbon-ledger/keys)')
    .option('--signer <command>', 'signs for the party of --as in place of the keystore (or CARBON_LEDGER_SIGNER)')
    .option('--json', 'answer in JSON');
  await addCommands(program, tool, argv, listed);
  return program;
}

/** What a command that was told to stop could no longer ask or do is no failure of the service, nor of ours. */
function asStopped(error: unknown, { signal }: Io): unknown {
  if (!signal.aborted || isInterruption(error)) return error;
  const { code } = toLedgerError(error);
  return code === 'UNREACHABLE' || code === 'INTERNAL'
    ? new LedgerError('INTERRUPTED', undefined, { cause: error })
    : error;
}

async function reportFailure(failure: unknown, io: Io, argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  const error = asStopped(failure, io);
  const known = toLedgerError(error);
  const text = json
    ? visibleJson(JSON.stringify({ error: problemDocument(known) }, null, 2))
    : formatProblem(known, await problemWords(languageAsked(argv, io.env)));
  io.stderr.write(isInterruption(error) && !json ? 'Stopped.\n' : `${text}\n`);
  return exitCodeOf(error);
}

/** Runs one command line and gives its exit code; never throws. `argv` without node and script. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const tool = new Tool(io);
  try {
    const program = await buildProgram(io, tool, argv);
    await program.parseAsync([...argv], { from: 'user' });
    return tool.exitCode;
  } catch (error) {
    // Help and version that were asked for are answers; help for want of a command is a usage error.
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.yes;
    if (error instanceof CommanderError && error.code === 'commander.help') return exitCodes.usage;
    return await reportFailure(error, io, argv);
  }
}
