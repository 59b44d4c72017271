import { homedir } from 'node:os';
import type { Io } from './io';
import { askSecretOn } from './keys/ask-secret';

/** Whoever reads our output has gone (`| head`): there is nobody left to tell, and it is no failure. */
function endOnClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 3);
  });
}

/** The first signal asks the command to stop; a second one ends the process at once. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}

/** The surroundings of this process. Call once: it takes over signals and closed pipes. */
export function processIo(): Io {
  const { stdout, stderr, stdin, env } = process;
  endOnClosedPipe(stdout);
  endOnClosedPipe(stderr);
  const terminal = stdin.isTTY && stderr.isTTY;
  return {
    stdout,
    stderr,
    env,
    homeDir: homedir(),
    signal: abortOnSignals(),
    now: () => new Date(),
    askSecret: terminal ? askSecretOn(stdin, stderr) : undefined,
  };
}
