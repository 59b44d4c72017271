import { catalogue, isLedgerError, LedgerError, systemError, type ErrorCode, type Fault } from '@carbon-ledger/core';
import { CommanderError } from 'commander';
import { plainText } from './style';

/** Exit codes: 0 yes · 1 no or refused · 2 usage · 3 cannot tell or unreachable · 130 stopped by Ctrl-C. */
export const exitCodes = { yes: 0, no: 1, usage: 2, cannotTell: 3, interrupted: 130 } as const;

const mostFaultsShown = 200;

/** Any failure as an error of the catalogue. */
export function toLedgerError(error: unknown): LedgerError {
  if (isLedgerError(error)) return error;
  if (error instanceof CommanderError) return new LedgerError('USAGE', onOneLine(error));
  const known = systemError(error);
  if (known !== undefined) return known;
  const message = error instanceof Error ? error.message : String(error);
  return new LedgerError('INTERNAL', message, { cause: error });
}

/** Its guess at what was meant stands on a line of its own, and an error's message is one line. */
function onOneLine({ message }: CommanderError): string {
  return message.replace(/^error: /, '').replace(/\n(?=\(Did you mean )/, ' ');
}

export function isInterruption(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === 'AbortError' || (isLedgerError(error) && error.code === 'INTERRUPTED'))
  );
}

export function exitCodeOf(error: unknown): number {
  if (isInterruption(error)) return exitCodes.interrupted;
  return catalogue[toLedgerError(error).code].exit;
}

/** RFC 9457 in miniature: what `--json` writes to stderr when a command fails. */
export interface ProblemDocument {
  readonly code: ErrorCode;
  readonly message: string;
  readonly cure: string;
  readonly cureZh: string;
  readonly faults: readonly Fault[];
  readonly details: Readonly<Record<string, unknown>>;
}

export function problemDocument(error: LedgerError): ProblemDocument {
  const { code, message, faults, details } = error;
  const { cure, cureZh } = catalogue[code];
  return { code, message, cure, cureZh, faults, details };
}

/** Of a cell: what should stand there, and what to do, in both languages, because every cell has its own cure. */
function cellLines({ code, details }: Fault): string[] {
  const { cell, expected } = details ?? {};
  if (typeof cell !== 'string') return [];
  const { cure, cureZh } = catalogue[code];
  const wanted = typeof expected === 'string' && expected !== '' ? [`    expected / 应为: ${expected}`] : [];
  return [...wanted, `    → ${cure} ${cureZh}`];
}

/** Lines, never one text with line ends in it: those of a text are shown as signs, because others may have put them there. */
function faultLines(fault: Fault): string[] {
  return [`  ${fault.path === '' ? '(whole)' : fault.path}: ${fault.code}: ${fault.message}`, ...cellLines(fault)];
}

/** The lines that a person reads when a command fails: code, text in both languages, every fault, what to do next. */
export function formatProblem(error: LedgerError): string {
  const { en, zh, cure, cureZh } = catalogue[error.code];
  const general = error.message === en ? [] : [`  ${en}`];
  const shown = error.faults.slice(0, mostFaultsShown).map(faultLines);
  const hidden = error.faults.length - shown.length;
  const more = hidden > 0 ? [`  … and ${String(hidden)} more (--json lists all)`] : [];
  return [
    `${error.code}: ${error.message}`,
    ...general,
    `  ${zh}`,
    ...shown.flat(),
    ...more,
    `  → ${cure}`,
    `  → ${cureZh}`,
  ]
    .map(plainText)
    .join('\n');
}
