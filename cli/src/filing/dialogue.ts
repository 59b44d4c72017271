import { formFields, parseStrict, recordTypes, type FormField, type RecordType, type Title } from '@carbon-ledger/core';
import type { Io } from '../io';
import { coerced, type Facts } from './facts';

export type Language = keyof Title;
export type Ask = NonNullable<Io['ask']>;

/** The language of the terminal: Chinese where its locale says so. */
export function languageOf(env: Io['env']): Language {
  return /^zh/i.test(env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '') ? 'zh' : 'en';
}

const words = {
  unit: { en: 'Unit as registered (PLANT for the plant)', zh: '机组编号（全厂填 PLANT）' },
  year: { en: 'Year (YYYY)', zh: '年份（YYYY）' },
  month: { en: 'Month (YYYY-MM)', zh: '月份（YYYY-MM）' },
  about: {
    en: 'Unified social credit code of the party that it is about (empty: your own)',
    zh: '所涉主体统一社会信用代码（空为本主体）',
  },
  leaveOut: { en: 'empty: leave out', zh: '空为不填' },
  howMany: { en: 'how many', zh: '条数' },
  yesNo: { en: 'y/n', zh: '是 y / 否 n' },
  declare: { en: 'type yes to declare it', zh: '输入 yes 以作声明' },
  json: { en: 'as JSON', zh: 'JSON 格式' },
  sign: { en: 'Sign and file this? [y/N] ', zh: '确认签名并提交？[y/N] ' },
} as const satisfies Readonly<Record<string, Title>>;

/** Asks for what a record type needs, field by field, in the language of the terminal. */
export class Dialogue {
  readonly #ask: Ask;
  readonly #language: Language;

  constructor(ask: Ask, language: Language) {
    this.#ask = ask;
    this.#language = language;
  }

  /** What it is about, where nothing says so yet. */
  async subject(type: RecordType, given: NonNullable<Facts['subject']>): Promise<NonNullable<Facts['subject']>> {
    const { filed } = recordTypes[type];
    const isOfOthers = filed.every(({ as }) => as !== 'self');
    const asked = given.uscc === undefined && isOfOthers ? await this.#line(words.about[this.#language]) : '';
    const uscc = asked === '' ? given.uscc : asked;
    const unit = given.unit ?? (await this.#unit(type));
    const period = given.period ?? (await this.#period(type));
    return {
      ...(uscc === undefined ? {} : { uscc }),
      ...(unit === undefined ? {} : { unit }),
      ...(period === undefined ? {} : { period }),
    };
  }

  /** Undefined where the type leaves it open, or takes none. */
  async #unit(type: RecordType): Promise<string | undefined> {
    const { unit } = recordTypes[type];
    if (unit === 'plant') return 'PLANT';
    return unit === 'unit' || unit === 'unit-or-plant' ? this.#line(words.unit[this.#language]) : undefined;
  }

  async #period(type: RecordType): Promise<string | undefined> {
    const { period } = recordTypes[type];
    return period === 'year' || period === 'month' ? this.#line(words[period][this.#language]) : undefined;
  }

  /** The fields that are not stated yet, or only those named. */
  async content(
    type: RecordType,
    given: Readonly<Record<string, unknown>>,
    only?: ReadonlySet<string>,
  ): Promise<Record<string, unknown>> {
    const content: Record<string, unknown> = { ...given };
    for (const field of formFields(type)) {
      if (only === undefined ? field.name in given : !only.has(field.name)) continue;
      const value = await this.#field(field);
      if (value === undefined) Reflect.deleteProperty(content, field.name);
      else content[field.name] = value;
    }
    return content;
  }

  async figure(name: string, unit: string, decimals: number): Promise<string> {
    return this.#line(`${name} (${unit}, ${decimals.toString()})`);
  }

  async agrees(): Promise<boolean> {
    return /^(?:y|yes|是)$/i.test((await this.#ask(words.sign[this.#language])).trim());
  }

  /** Undefined where it is left out. */
  async #field(field: FormField): Promise<unknown> {
    if (field.kind === 'group') return this.#group(field);
    if (field.kind === 'list') return this.#list(field);
    const given = await this.#line(this.#question(field));
    if (given === '') return field.isNullable ? null : undefined;
    if (field.kind === 'choice') return chosen(field, given);
    if (field.kind === 'boolean') return /^(?:y|yes|true|是)$/i.test(given);
    if (field.kind === 'declaration') return /^(?:yes|true|是)$/i.test(given);
    return field.kind === 'other' ? readJson(given) : coerced(given, field);
  }

  #question({ name, title, kind, isOptional, choices = {} }: FormField): string {
    const options = Object.entries(choices).map(
      ([value, words_], index) => `${String(index + 1)} ${value} ${words_[this.#language]}`,
    );
    const notes = [
      ...options,
      ...(kind === 'boolean' ? [words.yesNo[this.#language]] : []),
      ...(kind === 'declaration' ? [words.declare[this.#language]] : []),
      ...(kind === 'other' ? [words.json[this.#language]] : []),
      ...(isOptional ? [words.leaveOut[this.#language]] : []),
    ];
    const title_ = title[this.#language];
    const label = title_ === '' || title_ === name ? name : `${title_} ${name}`;
    return notes.length === 0 ? label : `${label} (${notes.join('; ')})`;
  }

  async #group(field: FormField): Promise<Record<string, unknown> | undefined> {
    if (
      field.isOptional &&
      !/^(?:y|yes|是)$/i.test(await this.#line(`${this.#question(field)} ${words.yesNo[this.#language]}`))
    )
      return undefined;
    const group: Record<string, unknown> = {};
    for (const one of field.fields ?? []) {
      const value = await this.#field(one);
      if (value !== undefined) group[one.name] = value;
    }
    return group;
  }

  async #list(field: FormField): Promise<unknown[] | undefined> {
    const count = Number(await this.#line(`${this.#question(field)}: ${words.howMany[this.#language]}`));
    if (!Number.isSafeInteger(count) || count < 1) return field.isOptional ? undefined : [];
    const items: unknown[] = [];
    for (let index = 1; index <= count; index += 1) {
      const item = field.item ?? { ...field, kind: 'other' as const };
      items.push(await this.#field({ ...item, name: `${field.name} ${String(index)}` }));
    }
    return items;
  }

  async #line(question: string): Promise<string> {
    return (await this.#ask(`${question}: `)).trim();
  }
}

/** A choice by its number or its value. */
function chosen({ choices = {} }: FormField, given: string): string {
  const values = Object.keys(choices);
  return /^[0-9]{1,3}$/.test(given) && !values.includes(given) ? (values[Number(given) - 1] ?? given) : given;
}

function readJson(text: string): unknown {
  try {
    return parseStrict(text);
  } catch {
    return text;
  }
}
