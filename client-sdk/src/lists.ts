import type { AnswerOf, QueryIn } from './routes';

/** Where a list goes on: a cursor, or of submissions a log index. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly next?: string | number | undefined;
}

/** Routes that answer a list page by page. */
export type ListName = TableName | 'listSubmissions';

/** Routes that answer a list as CSV too. */
export type TableName = 'getInbox' | 'listRecords' | 'listParties' | 'listEmitters' | 'listInstitutions';

export type ItemOf<Name extends ListName> = AnswerOf<Name> extends ListPage<infer Item> ? Item : never;

/** Everything in a list, page by page. A page may be empty and still have a next one. */
export async function* everyItem<Name extends ListName>(
  ask: (query: QueryIn<Name>) => Promise<AnswerOf<Name>>,
  query: QueryIn<Name>,
): AsyncGenerator<ItemOf<Name>, void, undefined> {
  for (let asked: QueryIn<Name> | undefined = query; asked !== undefined;) {
    const { items, next }: ListPage<unknown> = await ask(asked);
    yield* items as readonly ItemOf<Name>[];
    asked = next === undefined ? undefined : { ...query, [typeof next === 'number' ? 'from' : 'cursor']: next };
  }
}
