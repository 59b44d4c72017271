import { LedgerError } from '@carbon-ledger/core';

/** Something in a list: by what it is ordered, and the code that tells it from what ranks alike. */
export interface Listed {
  readonly rank: string;
  readonly code: string;
}

export interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly order?: 'asc' | 'desc' | undefined;
}

export interface OrderedPage<View> {
  readonly items: View[];
  /** Undefined on the last page. */
  readonly next: string | undefined;
}

/** A page looks at no more than this; it may be short or empty and still have a next one. */
const MOST_EXAMINED = 500;

function compared(one: Listed, other: Listed): number {
  if (one.rank !== other.rank) return one.rank < other.rank ? -1 : 1;
  return one.code < other.code ? -1 : Number(one.code > other.code);
}

function cursorOf({ rank, code }: Listed): string {
  return Buffer.from(JSON.stringify([rank, code])).toString('base64url');
}

/** A cursor names the place behind which a page goes on: it serves also where what stood there is gone meanwhile. */
function placeOf(cursor: string): Listed {
  try {
    const [rank, code, ...more] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof rank === 'string' && typeof code === 'string' && more.length === 0) return { rank, code };
  } catch {
    // Told below, like what is JSON and no place.
  }
  const message = 'the cursor belongs to another query';
  throw new LedgerError('BAD_REQUEST', message, { faults: [{ path: '/cursor', code: 'BAD_REQUEST', message }] });
}

/**
 * A page of a list that is held in memory, in its order behind a cursor.
 * @param view undefined for what the list does not show
 * @throws LedgerError BAD_REQUEST for a cursor of another query
 */
export async function orderedPage<Item extends Listed, View>(
  listed: readonly Item[],
  { cursor, limit, order }: PageQuery,
  view: (item: Item) => Promise<View | undefined>,
): Promise<OrderedPage<View>> {
  const direction = order === 'desc' ? -1 : 1;
  const place = cursor === undefined ? undefined : placeOf(cursor);
  const rest = listed
    .filter((one) => place === undefined || compared(one, place) * direction > 0)
    .sort((one, other) => compared(one, other) * direction);
  const items: View[] = [];
  for (const [index, one] of rest.entries()) {
    if (items.length === limit || index === MOST_EXAMINED) return { items, next: cursorOf(rest[index - 1] ?? one) };
    const found = await view(one);
    if (found !== undefined) items.push(found);
  }
  return { items, next: undefined };
}
