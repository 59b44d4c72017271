import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import { z } from 'zod';
import { readNamed } from './given-file';
import { faultOfLine, NO_READS, parseLine, type ReadHead, type ReadLine } from './read-line';

const FILE = /^reads-([0-9]{12})\.jsonl$/;
/** Where the chain begins since old files were removed. */
export const REMOVED_FILE = 'removed.json';

const head = z.strictObject({ n: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** Named by the number of its first line, so that names are in the order of the chain. */
export function readFileName(first: number): string {
  return `reads-${String(first).padStart(12, '0')}.jsonl`;
}

export interface ReadFile {
  readonly name: string;
  /** Number of its first line. */
  readonly first: number;
}

/** The files of a log, the oldest first; none where there is no folder. */
export function readFiles(folder: string): ReadFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const first = FILE.exec(name)?.[1];
      return first === undefined ? [] : [{ name, first: Number(first) }];
    });
}

/** @throws LedgerError STORE_CORRUPT */
export function readHead(file: string): ReadHead | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return head.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new LedgerError('STORE_CORRUPT', `${file} is damaged.`, { cause });
  }
}

/** What stands before the first line that is kept. */
export function headBefore(folder: string): ReadHead {
  return readHead(join(folder, REMOVED_FILE)) ?? NO_READS;
}

interface PlacedLine {
  readonly file: string;
  /** 1 for the first line of a file. */
  readonly at: number;
  /** Undefined for what is no line. */
  readonly line: ReadLine | undefined;
}

/** Lines in their order. */
export async function* readLines(folder: string): AsyncGenerator<PlacedLine, void, undefined> {
  for (const { name } of readFiles(folder)) {
    const texts = (await readNamed(join(folder, name))).toString('utf8').split('\n');
    for (const [index, text] of texts.entries())
      if (text !== '' || index < texts.length - 1) yield { file: name, at: index + 1, line: parseLine(text) };
  }
}

export interface ReadLogCheck {
  /** Lines that are kept, and the chain's head. */
  readonly lines: number;
  readonly head: ReadHead;
  /** Lines that were removed when their time was over. */
  readonly removed: number;
  readonly faults: readonly { readonly file: string; readonly line: number; readonly message: string }[];
}

const MOST_FAULTS = 100;

type Fault = ReadLogCheck['faults'][number];

/** A chain as far as it was followed. */
class FollowedChain {
  readonly faults: Fault[] = [];
  head: ReadHead;
  lines = 0;
  #isKeptFound: boolean;
  readonly #kept: ReadHead | undefined;

  constructor(removed: ReadHead, kept: ReadHead | undefined) {
    this.head = removed;
    this.#kept = kept;
    this.#isKeptFound = kept === undefined || kept.n <= removed.n;
  }

  take({ file, at, line }: PlacedLine): void {
    this.lines += 1;
    const message = line === undefined ? 'it is no line of this log' : faultOfLine(line, this.head);
    if (message !== undefined) this.#tell({ file, line: at, message });
    if (line === undefined) return;
    this.head = { n: line.n, hash: line.hash };
    this.#isKeptFound ||= line.n === this.#kept?.n && line.hash === this.#kept.hash;
  }

  end(): void {
    if (this.#isKeptFound) return;
    const message = `line ${String(this.#kept?.n)} was written once and is not here as it was`;
    this.faults.push({ file: '', line: 0, message });
  }

  #tell(fault: Fault): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push(fault);
  }
}

/**
 * Follows the chain from its beginning.
 * @param kept the head as it was kept elsewhere (the guard's folder): a log that does not reach it was cut
 */
export async function checkReadLog(folder: string, kept?: ReadHead): Promise<ReadLogCheck> {
  const removed = headBefore(folder);
  const chain = new FollowedChain(removed, kept);
  for await (const line of readLines(folder)) chain.take(line);
  chain.end();
  const { lines, head, faults } = chain;
  return { lines, head, removed: removed.n, faults };
}
