import { isDay, isInstant, isUscc, parseStrict, type FieldKind, type FormField, type Title } from '@carbon-ledger/core';
import { coerced } from './facts';

/** What somebody typed, as the field means it; undefined where it cannot be that. */
type Reading = (given: string, field: FormField) => unknown;

const yes = /^(?:y|yes|true|是)$/i;
const no = /^(?:n|no|false|否)$/i;

export function isYes(given: string): boolean {
  return yes.test(given);
}

/** Undefined where it is neither yes nor no. */
export function yesOrNo(given: string): boolean | undefined {
  if (yes.test(given)) return true;
  return no.test(given) ? false : undefined;
}

/** A choice by its number or its value. */
function chosen(given: string, { choices = {} }: FormField): string | undefined {
  const values = Object.keys(choices);
  return values.includes(given) ? given : /^[0-9]{1,3}$/.test(given) ? values[Number(given) - 1] : undefined;
}

function readJson(text: string): unknown {
  try {
    return parseStrict(text);
  } catch {
    return undefined;
  }
}

/** A text that a test takes, as it stands. */
const fitting =
  (fits: (given: string) => boolean): Reading =>
  (given, field) =>
    fits(given) ? coerced(given, field) : undefined;

const matching = (pattern: RegExp): Reading => fitting((given) => pattern.test(given));

const readings: Partial<Readonly<Record<FieldKind, Reading>>> = {
  day: fitting(isDay),
  instant: fitting(isInstant),
  uscc: fitting(isUscc),
  month: matching(/^[0-9]{4}-(?:0[1-9]|1[0-2])$/),
  record: matching(/^rec:[0-9a-f]{64}$/),
  // A change of tonnes has its sign.
  whole: matching(/^-?[0-9]+$/),
  decimal: matching(/^-?[0-9]+(?:\.[0-9]+)?$/),
  // A record holds no fractions: what has decimals is text.
  number: matching(/^-?[0-9]{1,15}$/),
  boolean: yesOrNo,
  // What is not declared is refused by the ledger, which says so.
  declaration: (given) => /^(?:yes|true|是)$/i.test(given),
  choice: chosen,
  other: readJson,
};

/** Reads an answer that is not empty. */
export function readAnswer(given: string, field: FormField): unknown {
  const reading = readings[field.kind];
  return reading === undefined ? coerced(given, field) : reading(given, field);
}

/** How many entries of a list follow; undefined where that is no number. */
export function howMany(given: string): number | undefined {
  if (given === '') return 0;
  return /^[0-9]{1,4}$/.test(given) ? Number(given) : undefined;
}

/** What an answer must be, where it did not fit. */
export const wanted: Partial<Readonly<Record<FieldKind, Title>>> = {
  day: { en: 'a day, YYYY-MM-DD', zh: '日期，如 2024-01-31' },
  instant: { en: 'an instant, YYYY-MM-DDThh:mm:ssZ', zh: '时刻，如 2024-01-31T00:00:00Z' },
  uscc: { en: 'a unified social credit code', zh: '统一社会信用代码' },
  month: { en: 'a month, YYYY-MM', zh: '月份，如 2024-01' },
  record: { en: 'a record id, rec:…', zh: '记录编号 rec:…' },
  whole: { en: 'a whole number', zh: '整数' },
  decimal: { en: 'a number', zh: '数字' },
  number: { en: 'a whole number', zh: '整数' },
  boolean: { en: 'y or n', zh: 'y 或 n' },
  choice: { en: 'one of these, by number or name', zh: '序号或代码' },
  other: { en: 'JSON', zh: 'JSON' },
};
