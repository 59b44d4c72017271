import type { LedgerRecord, RecordType } from '../records';
import { formFields } from '../rulebook/form-fields';
import { recordTypes } from '../rulebook/registry';
import type { Language, Words } from './words';
import { labelWords } from './code-words';

export function recordTypeWords(type: string): Words {
  return Object.hasOwn(recordTypes, type) ? recordTypes[type as RecordType].title : { zh: type, en: type };
}

export const recordTypeChoices = Object.keys(recordTypes) as RecordType[];

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export function periodWords(period: string, language: Language): string {
  const [year = '', month] = period.split('-');
  if (!/^\d{4}$/.test(year)) return '';
  if (language === 'zh') return month === undefined ? `${year} 年` : `${year} 年 ${String(Number(month))} 月`;
  return month === undefined ? year : `${monthNames[Number(month) - 1] ?? month} ${year}`;
}

export function unitWords(unit: string, language: Language): string {
  if (unit === '-') return '';
  if (unit === 'PLANT') return language === 'zh' ? '全厂' : 'Whole plant';
  const number = /^U(\d+)$/.exec(unit)?.[1];
  if (number === undefined) return unit;
  return language === 'zh' ? `${number} 号机组` : `Unit ${number}`;
}

/** `2 号机组 2024 年 9 月 月度存证，第 2 版`: what a record is, in words. */
export function recordTitle(
  { type, kind, subject, version }: Pick<LedgerRecord, 'type' | 'kind' | 'subject' | 'version'>,
  language: Language,
): string {
  const title = titleOfKey([subject.uscc, subject.unit, subject.period, kind].join('/'), type, language);
  return language === 'zh' ? `${title}，第 ${String(version)} 版` : `${title}, version ${String(version)}`;
}

/** The same of a business key `{uscc}/{unit}/{period}/{kind}`, without the version, which it does not tell. */
export function titleOfKey(key: string, type: string, language: Language): string {
  const [, unit = '-', period = '-', kind = type] = key.split('/');
  const label = kind === type ? '' : labelWords(kind.slice(type.length + 1))[language];
  const name = recordTypeWords(type)[language];
  const named = label === '' ? name : language === 'zh' ? `${name}（${label}）` : `${name} (${label})`;
  const places = [unitWords(unit, language), periodWords(period, language)].filter((part) => part !== '');
  return language === 'zh' ? [...places, named].join(' ') : [named, ...places].join(', ');
}

/** Kinds of party that may sign records of a type. */
export function filersOf(type: RecordType): readonly string[] {
  return [...new Set(recordTypes[type].filed.flatMap(({ by }) => by))];
}

/** Title of a field of a type's content, as the type itself has it; its name where it has none. */
export function fieldWords(type: RecordType, name: string): Words {
  return formFields(type).find((field) => field.name === name)?.title ?? { zh: name, en: name };
}

const yesNo = { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } } as const;

/** Words of a value where it is one of a list, or yes or no; undefined where it speaks for itself. */
export function choiceWords(type: RecordType, name: string, value: unknown): Words | undefined {
  if (typeof value === 'boolean') return yesNo[value ? 'true' : 'false'];
  const { choices = {} } = formFields(type).find((field) => field.name === name) ?? {};
  return typeof value === 'string' && Object.hasOwn(choices, value) ? choices[value] : undefined;
}
