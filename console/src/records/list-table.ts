import { formFields, type RecordType } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import type { Language } from '../language/language';
import { figureWords } from '../words/figure-words';
import { formatTime } from '../words/numbers';
import { recordTitle } from '../words/record-words';
import { statusLook } from '../words/states';
import { contentText } from './content-columns';

/** Loaded when a list is taken away: glossaries and the writer of workbooks are no part of the first view. */
export { writeLists } from '@carbon-ledger/spreadsheets';

export type Table = readonly [titles: readonly string[], ...rows: (readonly string[])[]];

/** Columns that every record has, then the fields of the one type that is listed, then its public figures. */
export function tableOf(
  items: readonly AnchoredRecordView[],
  type: RecordType | undefined,
  language: Language,
  name: (uscc: string) => string,
): Table {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const fields = type === undefined ? [] : formFields(type);
  const totals = type === undefined ? [] : [...new Set(items.flatMap(({ record }) => Object.keys(record.totals)))];
  const head = [
    t('编号', 'Id'),
    t('业务键', 'Key'),
    t('记录', 'Record'),
    t('主体', 'About'),
    t('主体代码', 'About (USCC)'),
    t('签署方', 'Signed by'),
    t('状态', 'State'),
    t('锚定时间', 'Anchored'),
    ...fields.map(({ title }) => title[language]),
    ...totals.map((total) => `${figureWords(total)[language]} (${unitOf(items, total)})`),
  ];
  const rows = items.map((item) => [
    item.id,
    item.key,
    recordTitle(item.record, language),
    name(item.record.subject.uscc),
    item.record.subject.uscc,
    name(item.record.issuer),
    statusLook(item.status).words[language],
    formatTime(item.anchoredAt),
    ...fields.map((field) => contentText(item.record, field.name, language)),
    ...totals.map((total) => item.record.totals[total]?.value ?? ''),
  ]);
  return [head, ...rows];
}

function unitOf(items: readonly AnchoredRecordView[], total: string): string {
  return items.find(({ record }) => record.totals[total] !== undefined)?.record.totals[total]?.unit ?? '';
}
