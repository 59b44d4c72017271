import { writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { fileError } from '@carbon-ledger/core/errors';
import type { Io } from './io';
import { askOn, askSecretOn } from './keys/ask-secret';
import { exitCodes, formatProblem } from './output/problem';

/**
 * Whoever reads our output has gone (`| head`): there is nobody left to tell, and it is no failure, nor a yes. The command
 * goes on to its own verdict, which is its exit code. What cannot be written for another reason is lost, and that is said.
 */
function mindLostOutput(stream: NodeJS.WriteStream, name: string): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    const problem = formatProblem(fileError(error, name, 'written'));
    if (name === 'stdout') writeSync(process.stderr.fd, `${problem}\n`);
    process.exit(exitCodes.cannotTell);
  });
}

/**
 * The first signal asks the command to stop; a second one ends the process at once, after what it has to take away. It dies
 * of the signal, as without us: `process.exit` waits for threads, and one that is at work may bring it down.
 */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    if (!controller.signal.aborted) {
      controller.abort();
      return;
    }
    process.emit('exit', 130);
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    process.kill(process.pid, signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Whoever waited while the program was loaded goes after this one comes: with no listener a signal that is on its way is lost.
    const early = process.listeners(signal);
    process.on(signal, stop);
    for (const listener of early) process.off(signal, listener);
  }
  return controller.signal;
}

/** The surroundings of this process. Call once: it takes over signals and closed pipes. */
export function processIo(): Io {
  const { stdout, stderr, stdin, env } = process;
  mindLostOutput(stdout, 'stdout');
  mindLostOutput(stderr, 'stderr');
  const terminal = stdin.isTTY && stderr.isTTY;
  return {
    stdout,
    stderr,
    env,
    homeDir: homedir(),
    signal: abortOnSignals(),
    now: () => new Date(),
    keepHeapSmall: (percent) => {
      setFlagsFromString(`--heap-growing-percent=${String(percent)}`);
    },
    ask: terminal ? askOn(stdin, stderr) : undefined,
    askSecret: terminal ? askSecretOn(stdin, stderr) : undefined,
  };
}
