import { useState, type ReactElement, type ReactNode } from 'react';
import { useText } from '../app/language-context';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Text that rows are put in order by; columns without it cannot be sorted. */
  readonly order?: (row: Row) => string | number;
}

interface DataTableProps<Row> {
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly empty: string;
}

interface Sorting {
  readonly id: string;
  readonly isDown: boolean;
}

/** A table for people who work with it all day: columns can be put in order and left out. */
export function DataTable<Row>({ rows, rowId, columns, empty }: DataTableProps<Row>): ReactElement {
  const t = useText();
  const [sorting, setSorting] = useState<Sorting>();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const shown = columns.filter(({ id }) => !hidden.has(id));
  const order = columns.find(({ id }) => id === sorting?.id)?.order;
  const sorted = order === undefined ? rows : [...rows].sort((a, b) => compare(order(a), order(b)));
  if (order !== undefined && sorting?.isDown === true) (sorted as Row[]).reverse();
  const sort = (id: string): void => {
    setSorting({ id, isDown: sorting?.id === id && !sorting.isDown });
  };
  if (rows.length === 0) return <p>{empty}</p>;
  return (
    <>
      <div className="scroll">
        <table className="data">
          <thead>
            <tr>
              {shown.map((column) => (
                <Head key={column.id} column={column} sorting={sorting} onSort={sort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={rowId(row)}>
                {shown.map(({ id, cell }) => (
                  <td key={id}>{cell(row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details className="no-print">
        <summary>{t('选择列', 'Choose columns')}</summary>
        <div className="row">
          {columns.map(({ id, title }) => (
            <label key={id} className="choice">
              <input
                type="checkbox"
                checked={!hidden.has(id)}
                onChange={() => {
                  setHidden(toggled(hidden, id));
                }}
              />{' '}
              {title}
            </label>
          ))}
        </div>
      </details>
    </>
  );
}

interface HeadProps<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting | undefined;
  readonly onSort: (id: string) => void;
}

function Head<Row>({ column, sorting, onSort }: HeadProps<Row>): ReactElement {
  const { id, title, order } = column;
  if (order === undefined) return <th scope="col">{title}</th>;
  const state = sorting?.id !== id ? 'none' : sorting.isDown ? 'descending' : 'ascending';
  const signs = { none: '↕', ascending: '↑', descending: '↓' } as const;
  return (
    <th scope="col" aria-sort={state}>
      <button
        type="button"
        className="plain"
        onClick={() => {
          onSort(id);
        }}
      >
        {title} <span aria-hidden="true">{signs[state]}</span>
      </button>
    </th>
  );
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : Number(a > b);
}

function toggled(hidden: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(hidden);
  if (!next.delete(id)) next.add(id);
  return next;
}
