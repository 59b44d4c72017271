import { join } from 'node:path';
import { fileError } from '@carbon-ledger/core';
import { readText } from '../../stored';
import { isAbsent } from '../absent';
import type { Finding } from '../finding';
import type { Probe } from '../probes';

/** Where the gateway of a data folder keeps what it last signed. */
export function guardFile(dataDir: string): string {
  return join(dataDir, 'guard', 'last-signed.jsonl');
}

export interface GuardContent {
  readonly probes: readonly Probe[];
  /** Which key signed, by line. */
  readonly keys: readonly { readonly field: string; readonly key: string }[];
  readonly findings: readonly Finding[];
}

interface Line {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly key: string;
}

/** Exactly as it is written: a line that is anything else was changed. */
function parseLine(line: string): Line | undefined {
  try {
    const { origin, size, root, key } = JSON.parse(line) as Line;
    const isWhole = typeof origin === 'string' && typeof root === 'string' && typeof key === 'string';
    const same = JSON.stringify({ origin, size, root, key }) === line;
    if (isWhole && Number.isSafeInteger(size) && same) return { origin, size, root, key };
  } catch {
    // Reported by the caller, which knows the line.
  }
  return undefined;
}

/** A crash tears a line off before its end; what stands behind the end of one was never written so. */
function isTorn(rest: string): boolean {
  return !rest.slice(0, -1).includes('}');
}

/**
 * Every checkpoint that the guard still remembers to have been signed. A last line without its end was torn by a crash and
 * does not count: its checkpoint was never given out.
 * @throws LedgerError FILE_UNREADABLE, FILE_FORBIDDEN for a file that is there and cannot be read
 */
export async function readGuard(dataDir: string): Promise<GuardContent> {
  const file = guardFile(dataDir);
  const text = await readText(file).catch((cause: unknown) => {
    if (isAbsent(cause)) return '';
    throw fileError(cause, file, 'read');
  });
  const probes: Probe[] = [];
  const keys: GuardContent['keys'][number][] = [];
  const findings: Finding[] = [];
  const lines = text.split('\n');
  const whole = isTorn(lines.at(-1) ?? '') ? lines.slice(0, -1) : lines;
  for (const [index, line] of whole.entries()) {
    const field = `${file}:${String(index + 1)}`;
    const parsed = parseLine(line);
    if (parsed === undefined) findings.push({ code: 'STORE_CORRUPT', field, message: 'the line cannot be read' });
    else {
      const { origin, size, root, key } = parsed;
      probes.push({ source: field, origin, size, root });
      keys.push({ field, key });
    }
  }
  return { probes, keys, findings };
}
