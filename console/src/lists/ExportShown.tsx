import { useState, type ReactElement } from 'react';
import { useText } from '../app/language-context';
import { Button } from '../parts/Button';
import { Failure } from '../parts/Failure';
import { saveFile } from '../parts/save-file';
import { formatCsv } from '../records/csv';

type Table = readonly [titles: readonly string[], ...rows: (readonly string[])[]];

interface ExportProps {
  /** Name of the file, without its ending. */
  readonly name: string;
  readonly table: () => Table;
}

/** Takes a list away as it is shown: its order, its columns, its filters. */
export function ExportShown({ name, table }: ExportProps): ReactElement {
  const t = useText();
  const [error, setError] = useState<unknown>();
  const saveXlsx = async (): Promise<void> => {
    const { writeLists } = await import('../records/list-table');
    const [headers, ...rows] = table();
    saveFile(`${name}.xlsx`, writeLists([{ name: name.slice(0, 31), headers, rows }]));
  };
  return (
    <>
      <Button
        onClick={() => {
          saveFile(`${name}.csv`, formatCsv(table()), 'text/csv;charset=utf-8');
        }}
      >
        {t('导出所见 CSV', 'Export as shown, CSV')}
      </Button>
      <Button
        onClick={() => {
          setError(undefined);
          saveXlsx().catch(setError);
        }}
      >
        {t('导出所见 XLSX', 'Export as shown, XLSX')}
      </Button>
      {error !== undefined && <Failure error={error} />}
    </>
  );
}
