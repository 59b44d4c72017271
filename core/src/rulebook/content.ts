import { z } from 'zod';
import { INSTANT_WORDS, isDay, isInstant } from '../calendar';
import { isDecimalText } from '../decimal';
import type { ErrorCode, Fault } from '../errors';
import { isRegion, isUscc, normaliseIdentifier, plainTextFault } from '../identifiers';
import { textOf } from '../validation';
import type { Title } from './spec';

export { titled } from '../validation';

/** Small schemas and helpers that the record types share. */
export const daySchema = textOf('day').refine(isDay, 'not a day (YYYY-MM-DD)');
/** RFC 3339 in UTC and whole seconds. */
export const instantSchema = textOf('instant').refine(isInstant, INSTANT_WORDS);
export const decimalSchema = textOf('number').refine(isDecimalText, 'not a decimal number');
/** A line of text in which every character is seen: what people read is what stands there. */
export const textSchema = z
  .string()
  .min(1)
  .max(300)
  .superRefine((text, context) => {
    const fault = plainTextFault(text);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });
/** A fact that a sector's methodology asks for: its profile says of which kind. */
export const factSchema = z.union([textSchema, z.boolean()]);
/** Whole tonnes: at least one, without leading zeros. */
export const tonnesSchema = textOf('whole').regex(/^[1-9][0-9]{0,17}$/, 'not a whole number of tonnes');
export const regionSchema = z.string().refine(isRegion, 'not a region code (GB/T 2260, six digits)');

/** A number of zeros alone, or of separators, names nothing: whoever files it has none. */
function isNamed(text: string): boolean {
  return /[1-9A-Za-z]/.test(text) || /[^0-]/.test(normaliseIdentifier(text));
}

const named = 'zeros alone name nothing';

/** A number that people write by hand, of a paper, a sample, a contract, an account: compared by its identity. */
export const numberSchema = textSchema.refine(isNamed, named);

/** The same, for a number in a form of its own: `words` say which. */
export function codeSchema(pattern: RegExp, words: string): z.ZodString {
  return z.string().regex(pattern, words).refine(isNamed, named);
}

/** Code of a discharge permit (HJ 608): two letters and four digits, counted from 0001 on. */
export const facilityCodeSchema = z
  .string()
  .regex(/^MF[0-9]{4}$/, 'not a facility code (MF0001)')
  .refine((code) => !code.endsWith('0000'), 'facility codes are counted from MF0001 on');

const permitPattern = /^[0-9A-Z]{18}[0-9]{3}[A-Z]$/;

/** Number of a discharge permit: the holder's USCC, three digits counted from 001 on, a letter. */
export const permitSchema = z
  .string()
  .regex(permitPattern, 'not a permit number (USCC, 3 digits, a letter)')
  .refine(
    (permit) => !permitPattern.test(permit) || (isUscc(permit.slice(0, 18)) && permit.slice(18, 21) !== '000'),
    'a permit number begins with the USCC of its holder, and is counted from 001 on',
  );

/** One of a list, with words for the field and for each value. */
export function titledChoice<const Value extends string>(
  choices: Readonly<Record<Value, Title>>,
  en: string,
  zh: string,
): z.ZodEnum<{ [Name in Value]: Name }> {
  return z.enum(Object.keys(choices) as Value[]).meta({ title: en, titleZh: zh, choices });
}

/** Classes of the allocation plans for coal and gas power. */
export const categorySchema = titledChoice(
  {
    I: { en: 'Conventional coal, 300 MW class and above', zh: '300MW等级以上常规燃煤机组' },
    II: { en: 'Conventional coal, 300 MW class and below', zh: '300MW等级及以下常规燃煤机组' },
    III: { en: 'Non-conventional coal', zh: '非常规燃煤机组' },
    IV: { en: 'Gas', zh: '燃气机组' },
  },
  'Allocation class',
  '机组类别',
);

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
