import type { Command } from 'commander';
import type { Context, GlobalOptions } from './context';
import { isStdout } from './files/write-file';
import type { Io } from './io';

/** What a command does: returns its exit code. */
export type Run = (context: Context) => Promise<number> | number;

/** Options that name a file to write. Of others `-` means something else: no unit. */
const written: ReadonlySet<string> = new Set('output svg prov provn html xlsx faults saveNote tlogProof'.split(' '));

/** Gives commands their context and collects the exit code of the one that ran. */
export class Tool {
  readonly #io: Io;
  #exitCode = 0;

  constructor(io: Io) {
    this.#io = io;
  }

  get exitCode(): number {
    return this.#exitCode;
  }

  async run(command: Command, run: Run): Promise<void> {
    const options = command.optsWithGlobals<GlobalOptions>();
    const isTaken = Object.entries(options).some(
      ([name, value]: [string, unknown]) => written.has(name) && typeof value === 'string' && isStdout(value),
    );
    // `-o -`: what goes to stdout is the file, and what is said about it goes to stderr.
    const io = isTaken ? { ...this.#io, stdout: this.#io.stderr } : this.#io;
    // Here: help and mistakes on the command line need nothing of it.
    const { Context } = await import('./context.js');
    this.#exitCode = await run(new Context(io, options));
  }
}

/** The example at the end of a command's help. */
export function withExample(command: Command, ...lines: readonly string[]): Command {
  const shown = lines.map((line) => `  $ ${line}`);
  return command.addHelpText('after', ({ command: asked }) =>
    ['', asked.createHelp().styleTitle('Example:'), ...shown].join('\n'),
  );
}

export type Register = (program: Command, tool: Tool) => void;
