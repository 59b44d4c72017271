import { SingleBar } from 'cli-progress';
import type { Io } from '../io';

/** Tells how far a long piece of work is. */
export interface Progress {
  /** `done` of the total, in the unit that was named at the start. */
  update(done: number): void;
  stop(): void;
}

/** Tells nothing. */
export const silent: Progress = {
  update: () => undefined,
  stop: () => undefined,
};

/** A running count on one line of stderr; nothing where stderr is not a terminal. */
export function startCounter(io: Io, title: string, unit: string): Progress {
  if (io.stderr.isTTY !== true) return silent;
  const everyMillis = 100;
  let shown = 0;
  return {
    update: (done) => {
      const now = io.now().getTime();
      if (now - shown < everyMillis) return;
      shown = now;
      io.stderr.write(`\r${title} ${String(done)} ${unit}`);
    },
    stop: () => {
      io.stderr.write('\r\u001b[K');
    },
  };
}

/** A bar on stderr; nothing where stderr is not a terminal. */
export function startProgress(io: Io, title: string, total: number, unit: string): Progress {
  if (io.stderr.isTTY !== true || total <= 0) return silent;
  const bar = new SingleBar({
    format: `${title} [{bar}] {value}/{total} ${unit}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  bar.start(total, 0);
  return {
    update: (done) => {
      bar.update(done);
    },
    stop: () => {
      bar.stop();
    },
  };
}
