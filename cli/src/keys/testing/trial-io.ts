import type { Io } from '../../io';

/** A machine without a terminal, with this environment. */
export function trialIo(env: Io['env']): Io {
  return {
    stdout: { write: () => true },
    stderr: { write: () => true },
    env,
    homeDir: '/',
    signal: new AbortController().signal,
    now: () => new Date(0),
    keepHeapSmall: () => undefined,
    ask: undefined,
    askSecret: undefined,
  };
}
