import { z } from 'zod';
import { INSTANT_WORDS, isDay, isInstant } from '../calendar';
import { isDecimalText } from '../decimal';
import type { ErrorCode, Fault } from '../errors';
import { plainTextFault } from '../identifiers';
import type { Title } from './spec';

/** Small schemas and helpers that the record types share. */
export const daySchema = z.string().refine(isDay, 'not a day (YYYY-MM-DD)');
/** RFC 3339 in UTC and whole seconds. */
export const instantSchema = z.string().refine(isInstant, INSTANT_WORDS);
export const decimalSchema = z.string().refine(isDecimalText, 'not a decimal number');
/** A line of text in which every character is seen: what people read is what stands there. */
export const textSchema = z
  .string()
  .min(1)
  .max(300)
  .superRefine((text, context) => {
    const fault = plainTextFault(text);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });
export const categorySchema = z.enum(['I', 'II', 'III', 'IV']);
/** Whole tonnes: at least one, without leading zeros. */
export const tonnesSchema = z.string().regex(/^[1-9][0-9]{0,17}$/, 'not a whole number of tonnes');
export const regionSchema = z.string().regex(/^[0-9]{6}$/, 'not a region code (GB/T 2260, six digits)');

/** The same schema with its words for people. */
export function titled<Schema extends z.ZodType>(schema: Schema, en: string, zh: string): Schema {
  return schema.meta({ title: en, titleZh: zh });
}

/** One of a list, with words for the field and for each value. */
export function titledChoice<const Value extends string>(
  choices: Readonly<Record<Value, Title>>,
  en: string,
  zh: string,
): z.ZodEnum<{ [Name in Value]: Name }> {
  return z.enum(Object.keys(choices) as Value[]).meta({ title: en, titleZh: zh, choices });
}

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
