/** How a list is looked at: in which order, without which columns, narrowed to which text. All of it stands in the address. */
export interface ViewState {
  readonly sort?: { readonly id: string; readonly isDown: boolean } | undefined;
  readonly hidden: ReadonlySet<string>;
  readonly find: string;
}

const names = { sort: 'sort', hide: 'hide', find: 'find' } as const;

/** Names of a list's own: two lists of one page do not share them. */
function named(list: string, name: keyof typeof names): string {
  return list === '' ? names[name] : `${list}.${names[name]}`;
}

function sortOf(text: string): ViewState['sort'] {
  if (text === '' || text === '-') return undefined;
  return text.startsWith('-') ? { id: text.slice(1), isDown: true } : { id: text, isDown: false };
}

export function readView(search: string, list = ''): ViewState {
  const parameters = new URLSearchParams(search);
  const of = (name: keyof typeof names): string => parameters.get(named(list, name))?.trim() ?? '';
  const hidden = of('hide').split(',').filter(Boolean);
  return { sort: sortOf(of('sort')), hidden: new Set(hidden), find: of('find') };
}

/** The query with this view in it; what else stands there stays. */
export function writeView(search: string, { sort, hidden, find }: ViewState, list = ''): string {
  const parameters = new URLSearchParams(search);
  const set = (name: keyof typeof names, value: string): void => {
    if (value === '') parameters.delete(named(list, name));
    else parameters.set(named(list, name), value);
  };
  set('sort', sort === undefined ? '' : `${sort.isDown ? '-' : ''}${sort.id}`);
  set('hide', [...hidden].sort().join(','));
  set('find', find.trim());
  return readable(parameters);
}

/** Some parameters set or taken away, the others kept. */
export function withParameters(search: string, changes: Readonly<Record<string, string | undefined>>): string {
  const parameters = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') parameters.delete(name);
    else parameters.set(name, value);
  }
  return readable(parameters);
}

/** Colons and commas are plain in a query, and people read these. */
function readable(parameters: URLSearchParams): string {
  return parameters.toString().replaceAll('%3A', ':').replaceAll('%2C', ',');
}

/** A column as far as order and search go. */
export interface ViewColumn<Row> {
  readonly id: string;
  readonly text: (row: Row) => string;
  /** By what it is put in order, where that is not its text. */
  readonly order?: (row: Row) => string | number;
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : Number(a > b);
}

/** Columns that are shown. */
export function shownColumns<Column extends { readonly id: string }>(
  columns: readonly Column[],
  { hidden }: ViewState,
): readonly Column[] {
  return columns.filter(({ id }) => !hidden.has(id));
}

/** Rows in which every word that is asked for stands in a column that is shown, in the order that is asked for. */
export function shownRows<Row>(
  rows: readonly Row[],
  columns: readonly ViewColumn<Row>[],
  state: ViewState,
): readonly Row[] {
  const words = state.find.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = shownColumns(columns, state);
  const found =
    words.length === 0
      ? [...rows]
      : rows.filter((row) => {
          const text = shown
            .map((column) => column.text(row))
            .join('\n')
            .toLowerCase();
          return words.every((word) => text.includes(word));
        });
  const column = columns.find(({ id }) => id === state.sort?.id);
  if (column === undefined) return found;
  const order = column.order ?? column.text;
  const up = state.sort?.isDown === true ? -1 : 1;
  // Rows that are alike stay as they came, in both directions.
  return found.sort((a, b) => up * compare(order(a), order(b)));
}

/** What is shown as a table of texts, titles first. */
export function shownTable<Row>(
  rows: readonly Row[],
  columns: readonly (ViewColumn<Row> & { readonly title: string })[],
  state: ViewState,
): [titles: string[], ...rows: string[][]] {
  const shown = shownColumns(columns, state);
  return [
    shown.map(({ title }) => title),
    ...shownRows(rows, columns, state).map((row) => shown.map(({ text }) => text(row))),
  ];
}
