import { visibleJson } from '@carbon-ledger/core/identifiers';
import type { Io } from '../io';
import { silent, startCounter, startProgress, type Progress } from './progress';
import { styleFor, visibleLines, type Style } from './style';

/** What a command says: data on stdout, everything else on stderr. */
export class Output {
  readonly json: boolean;
  readonly style: Style;
  readonly #io: Io;
  readonly #said = new Set<string>();

  constructor(io: Io, json: boolean) {
    this.#io = io;
    this.json = json;
    this.style = styleFor(io.stdout, io.env);
  }

  /** The answer: as one JSON document with `--json`, as text for people otherwise. */
  result(value: unknown, text: () => string): void {
    const answer = this.json ? visibleJson(JSON.stringify(value, null, 2)) : visibleLines(text());
    this.#io.stdout.write(`${answer}\n`);
  }

  /** Raw data, for output that has its own format (a completion script, a note). */
  data(text: string): void {
    this.#io.stdout.write(text);
  }

  /** What need not be said again in one run. */
  noteOnce(text: string): void {
    if (this.#said.has(text)) return;
    this.#said.add(text);
    this.note(text);
  }

  note(text: string): void {
    this.#io.stderr.write(`${visibleLines(text)}\n`);
  }

  /** Counts work whose end is not known; silent where stderr is no terminal, or where the data itself runs by on one. */
  counter(title: string, unit: string): Progress {
    const dataRunsBy = !this.json && this.#io.stdout.isTTY === true;
    return dataRunsBy ? silent : startCounter(this.#io, title, unit);
  }

  progress(title: string, total: number, unit: string): Progress {
    return startProgress(this.#io, title, total, unit);
  }
}
