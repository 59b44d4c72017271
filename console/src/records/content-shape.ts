import type { FormField } from '@carbon-ledger/core';
import type { Language, Words } from '../language/language';
import { figureWords } from '../words/figure-words';

type Members = Readonly<Record<string, unknown>>;

/** How a value of a content is shown. */
export type Shown =
  | { readonly as: 'text'; readonly text: Words; readonly isNumber?: true }
  | { readonly as: 'record'; readonly id: string }
  | { readonly as: 'texts'; readonly texts: readonly Words[] }
  | { readonly as: 'table'; readonly columns: readonly Column[]; readonly rows: readonly Members[] }
  | { readonly as: 'members'; readonly value: Members; readonly fields: readonly FormField[] }
  | { readonly as: 'values'; readonly values: readonly unknown[]; readonly item: FormField | undefined };

export interface Column {
  readonly name: string;
  readonly title: Words;
  readonly field: FormField | undefined;
}

/** Column of the names under which the rows of a table stand, where they do. */
export const NAME = '';

const same = (text: string): Words => ({ zh: text, en: text });
const yes: Words = { zh: '是', en: 'yes' };
const no: Words = { zh: '否', en: 'no' };
const none: Words = { zh: '无', en: 'none' };
/** Kinds whose digits are an amount; those of a number of a document are not. */
const amounts: ReadonlySet<string> = new Set(['whole', 'decimal', 'number']);

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function titleOf(name: string, field: FormField | undefined): Words {
  return field?.title ?? known[name] ?? figureWords(name);
}

/** Members of what is given whole (`other`), where no schema has titles for them. */
const known: Readonly<Record<string, Words>> = {
  value: { zh: '数值', en: 'Value' },
  unit: { zh: '单位', en: 'Unit' },
  source: { zh: '依据', en: 'Source' },
  name: { zh: '名称', en: 'Name' },
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
  text: { zh: '说明', en: 'Text' },
  rule: { zh: '规则', en: 'Rule' },
};

function textOf(value: unknown, field: FormField | undefined): Words | undefined {
  if (value === null) return none;
  if (typeof value === 'boolean') return value ? yes : no;
  if (typeof value === 'number') return same(String(value));
  if (typeof value !== 'string') return undefined;
  const choices = field?.choices ?? {};
  return Object.hasOwn(choices, value) ? choices[value] : same(value);
}

function tableOf(rows: readonly Members[], fields: readonly FormField[], lead: readonly Column[] = []): Shown {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const order = [...fields.map(({ name }) => name), ...names].filter((name) => names.includes(name) && name !== NAME);
  const columns = [...new Set(order)].map((name): Column => {
    const field = fields.find((one) => one.name === name);
    return { name, title: titleOf(name, field), field };
  });
  return { as: 'table', columns: [...lead, ...columns], rows };
}

/** Values under names of one kind, `{Be.I: {value, unit}, …}`: a table with the names in front. */
function namedRows(value: Members): Shown | undefined {
  const entries = Object.entries(value);
  if (entries.length < 2 || !entries.every(([, one]) => isMembers(one))) return undefined;
  const rows = entries.map(([name, one]) => ({ [NAME]: name, ...(one as Members) }));
  return tableOf(rows, [], [{ name: NAME, title: { zh: '名称', en: 'Name' }, field: undefined }]);
}

/** How a value is shown: never as it lies in the file, whatever stands there. */
export function shownAs(value: unknown, field?: FormField): Shown {
  const text = textOf(value, field);
  if (text !== undefined) return textShown(text, field);
  if (Array.isArray(value)) return listShown(value, field?.item);
  if (!isMembers(value)) return { as: 'text', text: none };
  const fields = field?.fields ?? [];
  return (fields.length === 0 ? namedRows(value) : undefined) ?? { as: 'members', value, fields };
}

function textShown(text: Words, field: FormField | undefined): Shown {
  if (/^rec:[0-9a-f]{64}$/.test(text.en)) return { as: 'record', id: text.en };
  return field !== undefined && amounts.has(field.kind) ? { as: 'text', text, isNumber: true } : { as: 'text', text };
}

function listShown(values: readonly unknown[], item: FormField | undefined): Shown {
  if (values.length === 0) return { as: 'text', text: none };
  const texts = values.flatMap((value) => textOf(value, item) ?? []);
  if (texts.length === values.length) return { as: 'texts', texts };
  const rows = values.filter(isMembers);
  if (rows.length === values.length) return tableOf(rows, item?.fields ?? []);
  return { as: 'values', values, item };
}

/** A value of a content on one line, as a cell of a table has it: words and titles, and never what lies in the file. */
export function lineOf(value: unknown, field: FormField | undefined, language: Language): string {
  const text = textOf(value, field);
  if (text !== undefined) return text[language];
  if (Array.isArray(value))
    return value.map((one) => lineOf(one, field?.item, language)).join(language === 'zh' ? '；' : '; ');
  if (!isMembers(value)) return '';
  const members = Object.entries(value).map(([name, member]) => {
    const inner = field?.fields?.find((one) => one.name === name);
    const [title, said] = [titleOf(name, inner)[language], lineOf(member, inner, language)];
    return language === 'zh' ? `${title}：${said}` : `${title}: ${said}`;
  });
  return members.join(language === 'zh' ? '，' : ', ');
}
