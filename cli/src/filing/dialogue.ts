import {
  formFields,
  isUscc,
  recordTypes,
  toldFields,
  unitPattern,
  type FormField,
  type RecordType,
  type Title,
} from '@carbon-ledger/core';
import type { Io } from '../io';
import type { Language } from '../output/language';
import { howMany, isYes, readAnswer, wanted, yesOrNo } from './answers';
import type { Facts } from './facts';

export type Ask = NonNullable<Io['ask']>;

const words = {
  unit: { en: 'Unit as registered (PLANT for the plant)', zh: '机组编号（全厂填 PLANT）' },
  year: { en: 'Year (YYYY)', zh: '年份（YYYY）' },
  month: { en: 'Month (YYYY-MM)', zh: '月份（YYYY-MM）' },
  about: {
    en: 'Unified social credit code of the party that it is about (empty: your own)',
    zh: '所涉主体统一社会信用代码（空为本主体）',
  },
  told: { en: 'empty: as the ledger comes to it', zh: '空则由账本得出' },
  leaveOut: { en: 'empty: leave out', zh: '空为不填' },
  howMany: { en: 'how many', zh: '条数' },
  again: { en: 'does not fit; wanted', zh: '不符合要求；应为' },
  count: { en: 'how many, a number', zh: '条数（数字）' },
  yesNo: { en: 'y/n', zh: '是 y / 否 n' },
  declare: { en: 'type yes to declare it', zh: '输入 yes 以作声明' },
  json: { en: 'as JSON', zh: 'JSON 格式' },
  sign: { en: 'Sign and file this? [y/N] ', zh: '确认签名并提交？[y/N] ' },
} as const satisfies Readonly<Record<string, Title>>;

/** A field that is asked for; one that the ledger tells may stay empty. */
interface AskedField extends FormField {
  readonly isTold?: true;
}

function toldField(field: FormField): AskedField {
  return { ...field, isOptional: true, isNullable: false, isTold: true };
}

/** A place in the content, member by member. */
export type Place = readonly string[];

/** What of some places lies below a member, the member itself as an empty place. */
function below(places: readonly Place[], name: string): Place[] {
  return places.filter(([first]) => first === name).map((place) => place.slice(1));
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is left out does not stand there. */
function put(members: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) Reflect.deleteProperty(members, name);
  else members[name] = value;
}

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
    const asked = given.uscc === undefined && isOfOthers ? await this.#about() : '';
    const uscc = asked === '' ? given.uscc : asked;
    const unit = given.unit ?? (await this.#unit(type));
    const period = given.period ?? (await this.#period(type));
    return {
      ...(uscc === undefined ? {} : { uscc }),
      ...(unit === undefined ? {} : { unit }),
      ...(period === undefined ? {} : { period }),
    };
  }

  #about(): Promise<string> {
    return this.#place(words.about, (given) => given === '' || isUscc(given));
  }

  /** What a record is about is asked until it can be that: all that follows rests on it. */
  #place(question: Title, fits: (given: string) => boolean): Promise<string> {
    return this.#until(question[this.#language], question, (given) => (fits(given) ? given : undefined));
  }

  /** Undefined where the type leaves it open, or takes none. */
  async #unit(type: RecordType): Promise<string | undefined> {
    const { unit } = recordTypes[type];
    if (unit === 'plant') return 'PLANT';
    const isAsked = unit === 'unit' || unit === 'unit-or-plant';
    return isAsked ? this.#place(words.unit, (given) => unitPattern.test(given)) : undefined;
  }

  async #period(type: RecordType): Promise<string | undefined> {
    const { period } = recordTypes[type];
    if (period !== 'year' && period !== 'month') return undefined;
    return this.#place(words[period], (given) => periods[period].test(given));
  }

  /** The fields that are not stated yet. */
  async content(type: RecordType, given: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    const content: Record<string, unknown> = { ...given };
    const told = toldFields(type);
    for (const field of formFields(type).filter(({ name }) => !(name in given)))
      put(content, field.name, await this.#field(told.includes(field.name) ? toldField(field) : field));
    return content;
  }

  /** What was refused, and nothing else: all other answers stay as they were given. The ledger could not tell it, so it is asked. */
  async again(
    type: RecordType,
    given: Readonly<Record<string, unknown>>,
    places: readonly Place[],
  ): Promise<Record<string, unknown>> {
    return this.#membersAgain(formFields(type), given, places);
  }

  async #membersAgain(
    fields: readonly FormField[],
    given: Readonly<Record<string, unknown>>,
    places: readonly Place[],
  ): Promise<Record<string, unknown>> {
    const members: Record<string, unknown> = { ...given };
    for (const field of fields) {
      const own = below(places, field.name);
      if (own.length > 0) put(members, field.name, await this.#fieldAgain(field, given[field.name], own));
    }
    return members;
  }

  /** Down to the member or the item at fault; where the fault is of the whole, or nothing stands there yet, all of it. */
  async #fieldAgain(field: FormField, given: unknown, places: readonly Place[]): Promise<unknown> {
    const isWhole = places.some((place) => place.length === 0);
    if (!isWhole && field.kind === 'group' && isMembers(given))
      return this.#membersAgain(field.fields ?? [], given, places);
    if (!isWhole && field.kind === 'list' && Array.isArray(given) && field.item !== undefined)
      return this.#itemsAgain({ ...field.item, name: field.name }, given, places);
    return this.#field(field);
  }

  async #itemsAgain(item: FormField, given: readonly unknown[], places: readonly Place[]): Promise<unknown[]> {
    const items = [...given];
    for (const index of items.keys()) {
      const own = below(places, String(index));
      const named = { ...item, name: `${item.name} ${String(index + 1)}` };
      if (own.length > 0) items[index] = await this.#fieldAgain(named, items[index], own);
    }
    return items;
  }

  async figure(name: string, unit: string, decimals: number): Promise<string> {
    const question = `${name} (${unit}, ${decimals.toString()})`;
    return this.#until(question, wanted.decimal, (given) =>
      /^(?:-?[0-9]+(?:\.[0-9]+)?)?$/.test(given) ? given : undefined,
    );
  }

  async agrees(): Promise<boolean> {
    return isYes((await this.#ask(words.sign[this.#language])).trim());
  }

  /** Undefined where it is left out. */
  async #field(field: FormField): Promise<unknown> {
    if (field.kind === 'group') return this.#group(field);
    if (field.kind === 'list') return this.#list(field);
    const given = await this.#until(this.#question(field), wanted[field.kind], (text) => {
      if (text === '') return { value: field.isNullable ? null : undefined };
      const value = readAnswer(text, field);
      return value === undefined ? undefined : { value };
    });
    return given.value;
  }

  #question({ name, title, kind, isOptional, isTold, choices = {} }: AskedField): string {
    const options = Object.entries(choices).map(
      ([value, words_], index) => `${String(index + 1)} ${value} ${words_[this.#language]}`,
    );
    const notes = [
      ...options,
      ...(kind === 'boolean' ? [words.yesNo[this.#language]] : []),
      ...(kind === 'declaration' ? [words.declare[this.#language]] : []),
      ...(kind === 'other' ? [words.json[this.#language]] : []),
      ...(isTold === true ? [words.told[this.#language]] : isOptional ? [words.leaveOut[this.#language]] : []),
    ];
    const title_ = title[this.#language];
    const label = title_ === '' || title_ === name ? name : `${title_} ${name}`;
    return notes.length === 0 ? label : `${label} (${notes.join('; ')})`;
  }

  async #group(field: FormField): Promise<Record<string, unknown> | undefined> {
    if (field.isOptional && !(await this.#isWanted(field))) return undefined;
    const group: Record<string, unknown> = {};
    for (const one of field.fields ?? []) {
      const value = await this.#field(one);
      if (value !== undefined) group[one.name] = value;
    }
    return group;
  }

  /** Whether a group that may be left out is to be filled in; empty is no. */
  #isWanted(field: FormField): Promise<boolean> {
    const question = `${this.#question(field)} ${words.yesNo[this.#language]}`;
    return this.#until(question, wanted.boolean, (given) => (given === '' ? false : yesOrNo(given)));
  }

  async #list(field: FormField): Promise<unknown[] | undefined> {
    const question = `${this.#question(field)}: ${words.howMany[this.#language]}`;
    const count = await this.#until(question, words.count, howMany);
    if (count === 0) return field.isOptional ? undefined : [];
    const items: unknown[] = [];
    for (let index = 1; index <= count; index += 1) {
      const item = field.item ?? { ...field, kind: 'other' as const };
      items.push(await this.#field({ ...item, name: `${field.name} ${String(index)}` }));
    }
    return items;
  }

  /** Asks until the answer can be read; what was wrong with the last one is said with the question. */
  async #until<Value>(
    question: string,
    must: Title | undefined,
    read: (given: string) => Value | undefined,
  ): Promise<Value> {
    const { again } = words;
    const hint = must === undefined ? '' : `${again[this.#language]} ${must[this.#language]}. `;
    for (let given = await this.#line(question); ;) {
      const value = read(given);
      if (value !== undefined) return value;
      given = await this.#line(`✗ “${given}” ${hint}${question}`);
    }
  }

  async #line(question: string): Promise<string> {
    return (await this.#ask(`${question}: `)).trim();
  }
}

const periods = { year: /^[0-9]{4}$/, month: /^[0-9]{4}-(?:0[1-9]|1[0-2])$/ } as const;
