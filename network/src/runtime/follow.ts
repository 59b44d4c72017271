import { createReadStream, existsSync, readFileSync, statSync, watchFile } from 'node:fs';
import { createInterface } from 'node:readline';
import { lastLines } from './command';

interface NamedFile {
  readonly id: string;
  readonly file: string;
}

/** Prints the last lines of each file, each line with its node's name; with `follow`, what is added later too. */
export function followFiles(files: readonly NamedFile[], lines: number, follow: boolean): Promise<void> {
  const present = files.filter(({ file }) => existsSync(file));
  const width = Math.max(0, ...present.map(({ id }) => id.length));
  for (const { id, file } of present) {
    for (const line of lastLines(readFileSync(file, 'utf8'), lines).split('\n')) printLine(id, width, line);
  }
  if (!follow) return Promise.resolve();
  for (const { id, file } of present)
    followFile(file, (line) => {
      printLine(id, width, line);
    });
  // The watchers keep the process alive until a person interrupts it.
  return new Promise<void>(() => undefined);
}

function followFile(file: string, onLine: (line: string) => void): void {
  let offset = statSync(file).size;
  watchFile(file, { interval: 500 }, (current) => {
    const start = current.size < offset ? 0 : offset;
    offset = current.size;
    if (offset === start) return;
    createInterface({ input: createReadStream(file, { start, end: offset - 1 }) }).on('line', onLine);
  });
}

function printLine(id: string, width: number, line: string): void {
  process.stdout.write(`${id.padEnd(width)} | ${line}\n`);
}
