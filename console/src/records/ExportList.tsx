import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import { useRef, useState, type ReactElement } from 'react';
import { usePartyName, useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { Button } from '../parts/Button';
import { Failure } from '../parts/Failure';
import { saveFile } from '../parts/save-file';
import { listedType } from './content-columns';
import { formatCsv } from './csv';
import { queryOf, type Filters } from './filters';
import type { Table } from './list-table';

const PAGE = 500;

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

async function save(format: Format, [head, ...rows]: Table, name: string): Promise<void> {
  if (format === 'csv') {
    saveFile(`${name}.csv`, formatCsv([head, ...rows]), 'text/csv;charset=utf-8');
    return;
  }
  const { writeLists } = await import('./list-table');
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
      const { tableOf } = await import('./list-table');
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
