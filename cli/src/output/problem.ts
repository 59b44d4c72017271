import {
  catalogue,
  isLedgerError,
  LedgerError,
  systemError,
  type ErrorCode,
  type Fault,
} from '@carbon-ledger/core/errors';
import { CommanderError } from 'commander';
import type { Language } from './language';
import { plainText } from './style';
import { usageInChinese } from './usage-words';

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

/** A language, and how messages are told in it; what has no words of its own is told as it is. */
export interface ProblemWords {
  readonly language: Language;
  readonly told: (message: string) => string;
}

const inEnglish: ProblemWords = { language: 'en', told: (message) => message };

/** The Chinese of every sentence comes with the whole rulebook, which is loaded for who reads it. */
export async function problemWords(language: Language): Promise<ProblemWords> {
  if (language === 'en') return inEnglish;
  const { messageInChinese } = await import('@carbon-ledger/core/wording');
  return { language, told: (message) => usageInChinese(message) ?? messageInChinese(message) ?? message };
}

/** What to do: in Chinese for who reads Chinese, in both languages where nobody said. */
function cures(code: ErrorCode, language: Language): readonly string[] {
  const { cure, cureZh } = catalogue[code];
  return language === 'zh' ? [cureZh] : [cure, cureZh];
}

/** Of a cell: what should stand there, and what to do, because every cell has its own cure. */
function cellLines({ code, details }: Fault, { language, told }: ProblemWords): string[] {
  const { cell, expected } = details ?? {};
  if (typeof cell !== 'string') return [];
  const title = language === 'zh' ? '应为' : 'expected / 应为';
  const wanted = typeof expected === 'string' && expected !== '' ? [`    ${title}: ${told(expected)}`] : [];
  return [...wanted, `    → ${cures(code, language).join(' ')}`];
}

/** Lines, never one text with line ends in it: those of a text are shown as signs, because others may have put them there. */
function faultLines(fault: Fault, words: ProblemWords): string[] {
  const { language, told } = words;
  const whole = language === 'zh' ? '（整体）' : '(whole)';
  const { path, code, message } = fault;
  return [`  ${path === '' ? whole : path}: ${code}: ${told(message)}`, ...cellLines(fault, words)];
}

/** What is told beyond the message: the words of its code, in Chinese always, and of each of its faults. */
function generalLines({ code, message }: LedgerError, language: Language): string[] {
  const { en, zh } = catalogue[code];
  return [...(message === en || language === 'zh' ? [] : [`  ${en}`]), `  ${zh}`];
}

/**
 * The lines that a person reads when a command fails: code, text, every fault, what to do next. In Chinese for a terminal that is,
 * else in English with the Chinese of the catalogue beside it.
 */
export function formatProblem(error: LedgerError, words: ProblemWords = inEnglish): string {
  const { language, told } = words;
  const shown = error.faults.slice(0, mostFaultsShown).map((fault) => faultLines(fault, words));
  const hidden = error.faults.length - shown.length;
  const count = String(hidden);
  const more =
    language === 'zh' ? `  … 另有 ${count} 处（--json 全部列出）` : `  … and ${count} more (--json lists all)`;
  return [
    `${error.code}: ${told(error.message)}`,
    ...generalLines(error, language),
    ...shown.flat(),
    ...(hidden > 0 ? [more] : []),
    ...cures(error.code, language).map((cure) => `  → ${cure}`),
  ]
    .map(plainText)
    .join('\n');
}
