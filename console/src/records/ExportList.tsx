import type { ReactElement } from 'react';
import { usePartyName } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { Button } from '../parts/Button';
import { useWork, type Under } from '../parts/use-work';
import { WorkStatus } from '../parts/WorkStatus';
import { listedType } from './content-columns';
import { formatCsv } from './csv';
import { everyRecord } from './every-record';
import type { Filters } from './filters';
import type { Table } from './list-table';

type Format = 'csv' | 'xlsx';

async function save({ save: saveFile }: Under, format: Format, [head, ...rows]: Table, name: string): Promise<void> {
  if (format === 'csv') return saveFile(`${name}.csv`, formatCsv([head, ...rows]), 'text/csv;charset=utf-8');
  const { writeLists } = await import('./list-table');
  return saveFile(`${name}.xlsx`, writeLists([{ name, headers: head, rows }]));
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
  const name = usePartyName();
  const work = useWork();
  const read = (count: number): string => t(`已读取 ${String(count)} 条 …`, `${String(count)} read …`);
  const start = (format: Format): void => {
    work.start(read(0), async (under) => {
      const items = await everyRecord(under.client, filters, (count) => {
        under.tell(read(count));
      });
      const { tableOf } = await import('./list-table');
      const table = tableOf(items, listedType(filters.type), language, name);
      await save(under, format, table, t('记录', 'records'));
    });
  };
  return (
    <>
      {(['csv', 'xlsx'] as const).map((format) => (
        <Button
          key={format}
          disabled={isEmpty}
          loading={work.busy !== undefined}
          onClick={() => {
            start(format);
          }}
        >
          {t(`导出全部 ${format.toUpperCase()}`, `Export all as ${format.toUpperCase()}`)}
        </Button>
      ))}
      <WorkStatus work={work} />
    </>
  );
}
