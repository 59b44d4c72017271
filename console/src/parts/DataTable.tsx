import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useText } from '../app/language-context';
import { ExportShown } from '../lists/ExportShown';
import {
  readView,
  shownColumns,
  shownRows,
  shownTable,
  writeView,
  type ViewColumn,
  type ViewState,
} from '../lists/view-state';
import { counted } from '../words/counted';

export interface Column<Row> extends ViewColumn<Row> {
  readonly title: string;
  /** What is shown, where that is more than the text. */
  readonly cell?: (row: Row) => ReactNode;
  /** Stands at the right, over its digits. */
  readonly isNumber?: boolean;
  /** Is never broken into lines: units, symbols. */
  readonly keepsWhole?: boolean;
  /** The column that says what the row is. */
  readonly isHead?: boolean;
}

interface DataTableProps<Row> {
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly empty: string;
  /** Name of the file in which it is taken away. */
  readonly name: string;
  /** Names of its own in the address, where a page has several lists. */
  readonly list?: string;
  /** Rows that a screen takes; the others are found by narrowing. They are all taken away. */
  readonly most?: number;
}

function useView(list: string): [ViewState, (change: Partial<ViewState>) => void] {
  const search = useSearch();
  const [place, go] = useLocation();
  const state = readView(search, list);
  const change = (changed: Partial<ViewState>): void => {
    const next = writeView(search, { ...state, ...changed }, list);
    go(next === '' ? place : `${place}?${next}`, { replace: true });
  };
  return [state, change];
}

/** A table for people who work with it all day. In which order, which columns, narrowed to what: all of it stands in the address. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const t = useText();
  const { rows, rowId, columns, empty, name, list = '', most = 2000 } = props;
  const [state, change] = useView(list);
  if (rows.length === 0) return <p>{empty}</p>;
  const shown = shownColumns(columns, state);
  const found = shownRows(rows, columns, state);
  return (
    <div data-list={list}>
      <Narrow list={list} name={name} state={state} change={change} count={found.length} />
      <div className="scroll" tabIndex={0} role="region" aria-label={name}>
        <table className="data">
          <thead>
            <tr>
              {shown.map((column) => (
                <Head key={column.id} column={column} state={state} change={change} />
              ))}
            </tr>
          </thead>
          <tbody>
            {found.slice(0, most).map((row) => (
              <tr key={rowId(row)} data-row={rowId(row)}>
                {shown.map((column) => (
                  <Cell key={column.id} column={column} row={row} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.length > most && (
        <p className="quiet">{t(`只显示前 ${String(most)} 行。`, `The first ${counted(most, 'row')} are shown.`)}</p>
      )}
      <div className="row no-print">
        <ExportShown name={name} table={() => shownTable(rows, columns, state)} />
        <Columns columns={columns} state={state} change={change} />
      </div>
    </div>
  );
}

interface ViewProps {
  readonly state: ViewState;
  readonly change: (change: Partial<ViewState>) => void;
}

/** Asked for when the person is done with the field, not at each key. */
function Narrow({
  list,
  name,
  state,
  change,
  count,
}: ViewProps & { readonly list: string; readonly name: string; readonly count: number }): ReactElement {
  const t = useText();
  const [typed, setTyped] = useState(state.find);
  useEffect(() => {
    setTyped(state.find);
  }, [state.find]);
  const id = `find-${list}`;
  return (
    <form
      className="row no-print"
      role="search"
      aria-label={t(`查找：${name}`, `Find: ${name}`)}
      onSubmit={(event) => {
        event.preventDefault();
        change({ find: typed });
      }}
    >
      <label htmlFor={id}>
        <span>{t('在列表中查找', 'Find in the list')}</span>
        <input
          id={id}
          type="search"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            if (event.target.value === '') change({ find: '' });
          }}
          onBlur={() => {
            if (typed.trim() !== state.find) change({ find: typed });
          }}
        />
      </label>
      <span aria-live="polite" className="quiet">
        {t(`${String(count)} 行`, counted(count, 'row'))}
      </span>
    </form>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }): ReactElement {
  const content = column.cell?.(row) ?? column.text(row);
  const look =
    column.isNumber === true ? { className: 'number' } : column.keepsWhole === true ? { className: 'nowrap' } : {};
  return column.isHead === true ? (
    <th scope="row" {...look}>
      {content}
    </th>
  ) : (
    <td {...look}>{content}</td>
  );
}

function Columns<Row>({
  columns,
  state: { hidden },
  change,
}: ViewProps & { readonly columns: readonly Column<Row>[] }): ReactElement {
  const t = useText();
  return (
    <details>
      <summary>{t('选择列', 'Choose columns')}</summary>
      <div className="row">
        {columns.map(({ id, title }) => (
          <label key={id} className="choice">
            <input
              type="checkbox"
              checked={!hidden.has(id)}
              onChange={() => {
                change({ hidden: toggled(hidden, id) });
              }}
            />{' '}
            {title}
          </label>
        ))}
      </div>
    </details>
  );
}

function Head<Row>({
  column: { id, title, isNumber },
  state: { sort },
  change,
}: ViewProps & { readonly column: Column<Row> }): ReactElement {
  const order = sort?.id !== id ? 'none' : sort.isDown ? 'descending' : 'ascending';
  const signs = { none: '↕', ascending: '↑', descending: '↓' } as const;
  return (
    <th scope="col" aria-sort={order} {...(isNumber === true ? { className: 'number' } : {})}>
      <button
        type="button"
        className="plain"
        onClick={() => {
          change({ sort: { id, isDown: order === 'ascending' } });
        }}
      >
        {title} <span aria-hidden="true">{signs[order]}</span>
      </button>
    </th>
  );
}

function toggled(hidden: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(hidden);
  if (!next.delete(id)) next.add(id);
  return next;
}
