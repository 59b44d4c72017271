import type { RecordType } from '../records';
import { formFields, type FormField } from '../rulebook/form-fields';
import { roleWords } from './code-words';
import { figureWords } from './figure-words';
import { recordTypeWords, titleOfKey } from './record-words';
import type { Language } from './words';

/** A figure by its address: `2 号机组 2024 年 9 月 月度存证 · 入炉煤量`. */
export function titleOfFigure(address: string, language: Language): string {
  const [key = '', name = ''] = address.split('#');
  return `${titleOfRecord(key, language)} · ${figureWords(name)[language]}`;
}

/** The record in which it stands, by the business key. */
export function titleOfRecord(key: string, language: Language): string {
  return titleOfKey(key, key.split('/')[3]?.split('.')[0] ?? '', language);
}

/** Parts of a record that are no fields of its content. */
const parts: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  content: { zh: '内容', en: 'Content' },
  cites: { zh: '引用', en: 'Citations' },
  documents: { zh: '文件', en: 'Files' },
  figures: { zh: '数据项', en: 'Figures' },
  totals: { zh: '数据项', en: 'Figures' },
  kind: { zh: '类别', en: 'Kind' },
  issuer: { zh: '签署方', en: 'Signed by' },
  version: { zh: '版本', en: 'Version' },
  subject: { zh: '主体与时期', en: 'About' },
  uscc: { zh: '主体', en: 'Party' },
  unit: { zh: '机组', en: 'Unit' },
  period: { zh: '时期', en: 'Period' },
};

const named = (name: string, language: Language): string =>
  (Object.hasOwn(parts, name) ? parts[name] : undefined)?.[language] ?? name;

/** Titles on the way to a field; an entry of a list is its number. */
function fieldsOnTheWay(fields: readonly FormField[], path: readonly string[], language: Language): string[] {
  const [name = '', ...rest] = path;
  const field = fields.find((one) => one.name === name);
  if (field === undefined) return [...path];
  return withinField(field, field.title[language], rest, language);
}

/** The way on from a field: by the number of an entry, by a name that was given, or by the shape that has what comes next. */
function withinField(field: FormField, title: string, rest: readonly string[], language: Language): string[] {
  const { fields = [], item, named: entry, variants } = field;
  const [at, ...inner] = rest;
  if (at === undefined) return [title];
  if (item !== undefined && /^\d+$/.test(at))
    return withinField(item, `${title} ${String(Number(at) + 1)}`, inner, language);
  if (entry !== undefined) return [title, ...withinField(entry, at, inner, language)];
  const shape = variants?.find((one) => one.item !== undefined || one.fields?.some(({ name }) => name === at) === true);
  if (shape !== undefined) return withinField(shape, title, rest, language);
  return [title, ...fieldsOnTheWay(fields, rest, language)];
}

/**
 * The place of a fault in a record, as its form names it: `/content/samples/0/seed` is `抽样 1 › 种子`.
 * @param pointer JSON pointer into the record; what is none, or leads to nothing that has a title, stays as it is
 */
export function placeWords(type: RecordType, pointer: string, language: Language): string {
  if (!pointer.startsWith('/')) return pointer;
  const [part = '', ...rest] = pointer
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (part === '') return recordTypeWords(type)[language];
  if (part === 'content' && rest.length > 0) return fieldsOnTheWay(formFields(type), rest, language).join(' › ');
  if (part === 'figures' || part === 'totals')
    return [named(part, language), ...rest.map((name) => figureWords(name)[language])].join(' › ');
  const inner = rest.map((name) => (part === 'cites' ? roleWords(name)[language] : named(name, language)));
  return [named(part, language), ...inner.map((name) => (/^\d+$/.test(name) ? String(Number(name) + 1) : name))].join(
    ' › ',
  );
}
