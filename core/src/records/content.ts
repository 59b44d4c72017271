import { z } from 'zod';
import { INSTANT_WORDS, isDay, isInstant } from '../calendar';
import { isDecimalText } from '../decimal';
import type { ErrorCode, Fault } from '../errors';

/** Small schemas and helpers that the record types share. */
export const daySchema = z.string().refine(isDay, 'not a day (YYYY-MM-DD)');
/** RFC 3339 in UTC and whole seconds. */
export const instantSchema = z.string().refine(isInstant, INSTANT_WORDS);
export const decimalSchema = z.string().refine(isDecimalText, 'not a decimal number');
export const textSchema = z.string().min(1).max(300);
export const categorySchema = z.enum(['I', 'II', 'III', 'IV']);

export function contentFault(
  field: string,
  message: string,
  details: Record<string, unknown> = {},
  code: ErrorCode = 'BAD_RECORD',
): Fault {
  return { path: `/content/${field}`, code, message, details };
}

/** A rule of domain section 5 that blocks: `rule` is its id. */
export function ruleFault(rule: string, path: string, message: string, details: Record<string, unknown> = {}): Fault {
  return { path, code: 'RULE_REFUSED', message: `${rule}: ${message}`, details: { rule, ...details } };
}
