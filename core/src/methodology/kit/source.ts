import { z } from 'zod';
import { balanceRuleSchema, contentKinds } from '../spec';

/*
 * The files of a methodology folder as their reader gives them: every scalar is text as it was written, so that 0.7950 keeps
 * its last digit. Whole numbers and yes/no are read here.
 */
const words = z.string().min(1).max(300);
const whole = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,3})$/, 'not a whole number')
  .transform(Number);
const yesNo = z.enum(['true', 'false'], 'neither true nor false').transform((text) => text === 'true');
const decimalText = z.string().regex(/^-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,20})?$/, 'not a decimal number');
const distance = z.string().regex(/^(?:0|[1-9][0-9]{0,18})(?:\.[0-9]{1,12})?$/, 'not a decimal number from 0 on');
const title = z.strictObject({ en: words, zh: words });
const year = z.string().regex(/^20[0-9]{2}$/, 'not a year');

const caseSource = z.strictObject({
  when: z.array(words).min(1).max(6).optional(),
  formula: z.string().min(1).max(500),
  of: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,40}$/, 'not a name of a variable'), words).default({}),
  basis: z.string().min(1).max(200).optional(),
});
export type CaseSource = z.infer<typeof caseSource>;

const figureSource = z.strictObject({
  unit: words,
  decimals: whole,
  visibility: z.enum(['public', 'private']).default('private'),
  required: yesNo.default(true),
  stated: yesNo.default(false),
  tolerance: distance.optional(),
  cases: z.record(z.string().min(1).max(120), caseSource).default({}),
});
export type FigureSource = z.infer<typeof figureSource>;

/** In a folder that extends another one: what is inherited and does not hold here. */
const without = z.array(words).max(200).default([]);

/** A folder beside this one, or beside its sector's. */
export const methodologyFolderPattern = /^\.\.(?:\/\.\.)?(?:\/[a-z0-9-]+){1,2}$/;

export const methodologySource = z.strictObject({
  /** 1: a document of figures alone, as filed for coal power up to 2024; 2: with profile and units of parameters. */
  format: z.enum(['1', '2']).default('2'),
  id: z.string().regex(/^[A-Z][A-Z0-9-]{1,59}$/, 'capitals, digits and hyphens'),
  sector: z.string().regex(/^[a-z][a-z-]{1,39}$/, 'lower-case letters and hyphens'),
  /** Unit part of the business keys under which methodology and parameters are filed. */
  unit: z.string().regex(/^[A-Z][A-Z0-9-]{0,39}$/, 'capitals, digits and hyphens'),
  years: z
    .array(year)
    .min(1)
    .max(20)
    .refine((years) => new Set(years).size === years.length, 'a year stands there twice'),
  extends: z.string().regex(methodologyFolderPattern, 'not a folder beside this one: ../2023-2024').optional(),
  /** Folder of what all sectors share: parameters that no formula reads but the rules of the market, with their words. */
  market: z.string().regex(methodologyFolderPattern, 'not a folder beside this one: ../../market').optional(),
  title,
  sources: z.array(words).min(1).max(20),
  figures: z.record(z.string(), z.record(z.string(), figureSource)).default({}),
  /** `TABLE/FIGURE`. */
  without,
  balance: balanceRuleSchema.extend({ decimals: whole, months: whole.optional() }).optional(),
});
export type MethodologySource = z.infer<typeof methodologySource>;

const parameterSource = z
  .strictObject({
    unit: words,
    source: z.string().min(1).max(200),
    value: decimalText.optional(),
    years: z.record(year, decimalText).optional(),
  })
  .refine((entry) => (entry.value === undefined) !== (entry.years === undefined), 'needs either value or years');
export type ParameterSource = z.infer<typeof parameterSource>;

export const parametersSource = z.strictObject({
  values: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,59}$/, 'not a name'), parameterSource).default({}),
  without,
});

const contentSource = z.strictObject({
  en: words,
  zh: words,
  kind: z.enum(contentKinds),
  unit: words.optional(),
  choices: z.record(z.string().min(1).max(60), title).optional(),
  required: yesNo.default(true),
});
export const profileSource = z.record(
  z.string(),
  z.strictObject({
    content: z.record(z.string(), contentSource).default({}),
    cites: z.record(z.string(), z.strictObject({ of: words, min: whole, max: whole })).default({}),
    units: z.record(z.string(), words).default({}),
    without,
  }),
);
export type ProfileSource = z.infer<typeof profileSource>;

export const glossarySource = z.record(z.string(), title.extend({ note: z.string().max(500).optional() }));
export type Glossary = z.infer<typeof glossarySource>;

const vectorRecord = z.strictObject({
  kind: z.string().regex(/^[a-z][a-z-]{1,39}(?:\.[A-Za-z0-9_-]{1,40})?$/, 'not a kind of record'),
  unit: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'not a unit'),
  /** Month of a record of a month, `01` to `12`. */
  month: z
    .string()
    .regex(/^(?:0[1-9]|1[0-2])$/, 'not a month')
    .optional(),
  content: z.record(z.string(), z.string()).default({}),
  /** By role, names of records of this vector. */
  cites: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
  figures: z.record(z.string(), z.string()).default({}),
  expect: z.record(z.string(), z.string()).default({}),
  /** Formula id by which a figure must have been computed. */
  steps: z.record(z.string(), z.string()).default({}),
  /** Only some of the figures are given: what is missing is no fault. */
  partial: yesNo.default(false),
  /** Figures that must be refused, with the code. */
  refused: z.record(z.string(), z.string()).default({}),
});
export type VectorRecord = z.infer<typeof vectorRecord>;

const vectorSource = z.strictObject({
  name: words,
  year,
  source: words.optional(),
  /** Values of parameters that only this vector uses. */
  parameters: z.record(z.string(), decimalText).default({}),
  records: z.record(z.string(), vectorRecord),
});
export type Vector = z.infer<typeof vectorSource>;
export const vectorsSource = z.array(vectorSource).max(500);
