import { Button } from 'antd';
import { formFields, type RecordType } from '@carbon-ledger/core';
import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import { useRef, useState, type ReactElement } from 'react';
import { usePartyName, useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import type { Language } from '../language/language';
import { Failure } from '../parts/Failure';
import { saveFile } from '../parts/save-file';
import { figureWords } from '../words/figure-words';
import { formatTime } from '../words/numbers';
import { recordTitle } from '../words/record-words';
import { statusLook } from '../words/states';
import { contentText, listedType } from './content-columns';
import { formatCsv } from './csv';
import { queryOf, type Filters } from './filters';

const PAGE = 500;

type Table = readonly [titles: readonly string[], ...rows: (readonly string[])[]];
type Format = 'csv' | 'xlsx';

/** Every record of the query, not only those that are on the screen. */
async function everyRecord(
  client: LedgerClient,
  filters: Filters,
  tell: (count: number) => void,
  signal: AbortSignal,
): Promise<AnchoredRecordView[]> {
  const all: AnchoredRecordView[] = [];
  for await (const item of client.allRecords({ ...queryOf(filters), limit: PAGE })) {
    signal.throwIfAborted();
    all.push(item);
    if (all.length % PAGE === 0) tell(all.length);
  }
  return all;
}

/** Columns that every record has, then the fields of the one type that is listed, then its public figures. */
function tableOf(
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

async function save(format: Format, [head, ...rows]: Table, name: string): Promise<void> {
  if (format === 'csv') {
    saveFile(`${name}.csv`, formatCsv([head, ...rows]), 'text/csv;charset=utf-8');
    return;
  }
  const { writeLists } = await import('@carbon-ledger/spreadsheets');
  saveFile(`${name}.xlsx`, writeLists([{ name, headers: head, rows }]));
}

/** The whole list as a file, with how far it is, and to be called off. */
export function ExportList({
  filters,
  isEmpty,
}: {
  readonly filters: Filters;
  readonly isEmpty: boolean;
}): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { client } = useSession();
  const name = usePartyName();
  const [count, setCount] = useState<number>();
  const [error, setError] = useState<unknown>();
  const running = useRef<AbortController>(undefined);
  const start = async (format: Format): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setError(undefined);
    setCount(0);
    try {
      const items = await everyRecord(client, filters, setCount, controller.signal);
      await save(format, tableOf(items, listedType(filters.type), language, name), t('记录', 'records'));
    } catch (failure) {
      if (!controller.signal.aborted) setError(failure);
    } finally {
      setCount(undefined);
    }
  };
  if (count !== undefined)
    return (
      <>
        <span aria-live="polite">{t(`已读取 ${String(count)} 条 …`, `${String(count)} read …`)}</span>
        <Button onClick={() => running.current?.abort()}>{t('取消', 'Cancel')}</Button>
      </>
    );
  return (
    <>
      {(['csv', 'xlsx'] as const).map((format) => (
        <Button key={format} disabled={isEmpty} onClick={() => void start(format)}>
          {t(`导出全部 ${format.toUpperCase()}`, `Export all as ${format.toUpperCase()}`)}
        </Button>
      ))}
      {error !== undefined && <Failure error={error} />}
    </>
  );
}
