import { LedgerError, type Title } from '@carbon-ledger/core';
import {
  routes,
  type ItemOf,
  type ListName,
  type ListPage,
  type QueryIn,
  type TableName,
} from '@carbon-ledger/client-sdk';
import { Option, type Command } from 'commander';
import type { Context } from '../context';
import { plainText } from '../output/style';
import { formatTable, type Column } from '../output/table';
import type { Service } from '../service/service';

/** Options that say how a list is printed, and not what is asked for. */
const ofPrinting: ReadonlySet<string> = new Set(['csv', 'trialKeys']);

/** `--changed-since` of `changedSince`. */
function optionNamed(path: readonly PropertyKey[]): string {
  return `--${path.join('.').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The query of a list as its route takes it. @throws LedgerError USAGE naming every option that does not fit */
export function queryOf<Name extends ListName>(name: Name, given: object): QueryIn<Name> {
  const options = Object.fromEntries(Object.entries(given).filter(([option]) => !ofPrinting.has(option)));
  const read = routes[name].query.safeParse(options);
  if (read.success) return options as QueryIn<Name>;
  const faults = read.error.issues.map(({ path, message }) => ({
    path: optionNamed(path),
    code: 'USAGE' as const,
    message,
  }));
  throw new LedgerError('USAGE', 'options that do not fit', { faults });
}

/** Options that every list takes. @param sorts what it may be sorted by, where there is more than one order */
export function withPages(command: Command, sorts: readonly string[] = []): Command {
  command
    .option('--text <words>', 'only what has these words')
    .option('--since <time>', 'anchored since then: a day (Asia/Shanghai) or an instant')
    .option('--until <time>', 'anchored until then');
  if (sorts.length > 0) command.addOption(new Option('--sort <by>', 'by what it is sorted').choices(sorts));
  return command
    .addOption(new Option('--order <order>', 'forth or back').choices(['asc', 'desc']))
    .option('--limit <n>', 'one page of so many (1 to 500); everything without it');
}

interface Printed<Item> {
  readonly columns: readonly Column<Item>[];
  /** What is said where there is nothing. */
  readonly none: Title;
}

/** A page of a list, or all of it where no page is asked for. */
async function readList<Name extends ListName>(
  service: Service,
  name: Name,
  query: QueryIn<Name>,
): Promise<{ readonly items: readonly ItemOf<Name>[]; readonly next?: string | number }> {
  const { limit, cursor } = query as { readonly limit?: unknown; readonly cursor?: unknown };
  if (limit !== undefined || cursor !== undefined) {
    const page: ListPage<unknown> = await service.call(name, { query });
    return { items: page.items as readonly ItemOf<Name>[], ...(page.next === undefined ? {} : { next: page.next }) };
  }
  const items: ItemOf<Name>[] = [];
  for await (const one of service.all(name, { ...query, limit: 200 })) items.push(one);
  return { items };
}

/** Prints a list as a table, with where it goes on; `about` is told with it as JSON. */
export async function printList<Name extends ListName>(
  context: Context,
  {
    service,
    name,
    query,
    about = {},
  }: {
    readonly service: Service;
    readonly name: Name;
    readonly query: QueryIn<Name>;
    readonly about?: object;
  },
  { columns, none }: Printed<ItemOf<Name>>,
): Promise<void> {
  const found = await readList(service, name, query);
  context.output.result({ ...about, ...found }, () => {
    const { items, next } = found;
    const option = typeof next === 'number' ? '--from' : '--cursor';
    const table =
      items.length === 0 ? plainText(none[context.language]) : formatTable(columns, items, context.language);
    return next === undefined
      ? table
      : `${table}\n${context.language === 'zh' ? '下一页' : 'more'}: ${option} ${String(next)}`;
  });
}

/** Prints a page of a list as CSV. */
export async function printCsv<Name extends TableName>(
  context: Context,
  service: Service,
  name: Name,
  query: QueryIn<Name>,
): Promise<void> {
  context.output.data(await service.csv(name, query));
}
