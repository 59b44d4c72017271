import { recordTypes, type LedgerRecord, type RecordType } from '@carbon-ledger/core';
import type { Language, Words } from '../language/language';

/** Kinds of party, as notices name them. */
const partyKinds: Readonly<Record<string, Words>> = {
  enterprise: { zh: '重点排放单位', en: 'Emitting enterprise' },
  lab: { zh: '检测机构', en: 'Laboratory' },
  preparer: { zh: '咨询机构', en: 'Report preparer' },
  verifier: { zh: '核查机构', en: 'Verifier' },
  'city-authority': { zh: '市级生态环境主管部门', en: 'City authority' },
  'province-authority': { zh: '省级生态环境主管部门', en: 'Provincial authority' },
  'national-authority': { zh: '国家生态环境主管部门', en: 'National authority' },
  'allowance-registry': { zh: '碳排放权注册登记机构', en: 'Allowance registry' },
  'ccer-registry': { zh: '自愿减排注册登记机构', en: 'CCER registry' },
  'trading-venue': { zh: '交易机构', en: 'Trading venue' },
  inspector: { zh: '监督检查人员', en: 'Inspector' },
  device: { zh: '监测设备', en: 'Device' },
};

export function partyKindWords(kind: string): Words {
  return partyKinds[kind] ?? { zh: kind, en: kind };
}

export function recordTypeWords(type: string): Words {
  return Object.hasOwn(recordTypes, type) ? recordTypes[type as RecordType].title : { zh: type, en: type };
}

export const recordTypeChoices = Object.keys(recordTypes) as RecordType[];

const states: Readonly<Record<string, Words & { readonly sign: string; readonly look: string }>> = {
  current: { zh: '有效', en: 'Current', sign: '✓', look: 'good' },
  open: { zh: '开放更正', en: 'Open for correction', sign: '…', look: 'warn' },
  superseded: { zh: '已被替代', en: 'Superseded', sign: '⚠', look: 'warn' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn', sign: '✕', look: 'bad' },
};

export function stateWords(status: string): Words & { readonly sign: string; readonly look: string } {
  return states[status] ?? { zh: status, en: status, sign: '–', look: 'none' };
}

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
  const label = kind === type ? '' : kind.slice(type.length + 1);
  const name = recordTypeWords(type)[language];
  const named = label === '' ? name : language === 'zh' ? `${name}（${label}）` : `${name} (${label})`;
  const places = [unitWords(unit, language), periodWords(period, language)].filter((part) => part !== '');
  return language === 'zh' ? [...places, named].join(' ') : [named, ...places].join(', ');
}

/** Kinds of party that may sign records of a type. */
export function filersOf(type: RecordType): readonly string[] {
  return [...new Set(recordTypes[type].filed.flatMap(({ by }) => by))];
}

/** What of a content's schema tells titles; not every content is an object of fields. */
interface Titled {
  readonly shape?: Readonly<
    Record<string, { meta?: () => { title?: string | undefined; titleZh?: unknown } | undefined } | undefined>
  >;
}

/** Title of a field of a type's content, as the type itself has it; its name where it has none. */
export function fieldWords(type: RecordType, name: string): Words {
  const { shape = {} } = recordTypes[type].content as Titled;
  const meta = Object.hasOwn(shape, name) ? shape[name]?.meta?.() : undefined;
  return { zh: typeof meta?.titleZh === 'string' ? meta.titleZh : name, en: meta?.title ?? name };
}
