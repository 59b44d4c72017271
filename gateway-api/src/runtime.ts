import { destination, pino, type Logger } from 'pino';

/** Lines on stderr, so that stdout stays free for data; figures and tokens are never in what is logged. */
export function createLogger(level: string): Logger {
  return pino({ level, redact: ['token', 'signature'] }, destination({ dest: 2, sync: true }));
}

/** A timer that keeps no process alive. */
export function later(task: () => void, ms: number): () => void {
  const timer = setTimeout(task, ms);
  timer.unref();
  return () => {
    clearTimeout(timer);
  };
}

/** At the end of this turn of the event loop, or after some milliseconds. */
export function soon(task: () => void, ms: number): void {
  if (ms === 0) setImmediate(task);
  else setTimeout(task, ms);
}
