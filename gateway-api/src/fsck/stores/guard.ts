import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import { isAbsent } from '../absent';
import type { Finding } from '../finding';
import type { Probe } from '../probes';

/** Where the gateway of a data folder keeps what it last signed. */
export function guardFile(dataDir: string): string {
  return join(dataDir, 'guard', 'last-signed.jsonl');
}

export interface GuardContent {
  readonly probes: readonly Probe[];
  readonly findings: readonly Finding[];
}

function parseLine(line: string, source: string): Probe | undefined {
  try {
    const { origin, size, root } = JSON.parse(line) as Partial<Probe>;
    if (Number.isSafeInteger(size) && typeof root === 'string')
      return { source, size: Number(size), root, ...(typeof origin === 'string' ? { origin } : {}) };
  } catch {
    // Reported by the caller, which knows the line.
  }
  return undefined;
}

/**
 * Every checkpoint that the guard still remembers to have been signed. A last line without its end was torn by a crash and
 * does not count: its checkpoint was never given out.
 * @throws LedgerError FILE_UNREADABLE for a file that is there and cannot be read
 */
export async function readGuard(dataDir: string): Promise<GuardContent> {
  const file = guardFile(dataDir);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (isAbsent(cause)) return '';
    throw new LedgerError('FILE_UNREADABLE', file, { cause });
  });
  const probes: Probe[] = [];
  const findings: Finding[] = [];
  for (const [index, line] of text.split('\n').slice(0, -1).entries()) {
    const field = `${file}:${String(index + 1)}`;
    const probe = parseLine(line, field);
    if (probe === undefined) findings.push({ code: 'STORE_CORRUPT', field, message: 'the line cannot be read' });
    else probes.push(probe);
  }
  return { probes, findings };
}
