import { isInScope, type ScreenedRecord, type ScreeningReader } from '@carbon-ledger/client-sdk';
import { LedgerError, type ScreeningScope } from '@carbon-ledger/core';
import { prices } from '../http/limits/prices';
import type { Pacer } from '../http/reading/pacer';
import type { Projection } from '../projection/projection';
import type { RecordFilter } from '../projection/record-list';
import type { Reading, RecordViews } from '../records/record-views';

/** A ledger as screening reads it, page by page: what is small enough to be read, and handed to a thread, in one turn of the event loop. */
export interface LedgerPages {
  enterprises(scope: ScreeningScope): AsyncIterable<readonly string[]>;
  records(uscc: string, withFigures: boolean): AsyncIterable<readonly ScreenedRecord[]>;
  current(keys: readonly string[]): AsyncIterable<readonly ScreenedRecord[]>;
  ruleSets(): AsyncIterable<readonly ScreenedRecord[]>;
}

async function allOf<Item>(pages: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) for (const item of page) all.push(item);
  return all;
}

/** The same pages put together. */
export function readerOf(pages: LedgerPages): ScreeningReader {
  return {
    async *enterprises(scope) {
      yield* (await allOf(pages.enterprises(scope))).sort();
    },
    records: (uscc, withFigures) => allOf(pages.records(uscc, withFigures)),
    current: (keys) => allOf(pages.current(keys)),
    ruleSets: () => allOf(pages.ruleSets()),
  };
}

export interface PagesParts {
  readonly projection: Projection;
  readonly views: RecordViews;
  readonly pacer: Pacer;
}

/** Entries of a page. */
const A_PAGE = 200;

/** What of the ledger is open to this caller, and paid for by it; ends with an error once whoever asked is gone. */
export function projectionPages(
  { projection, views, pacer }: PagesParts,
  reading: Reading & { readonly gone?: AbortSignal },
): LedgerPages {
  const { caller, spend, gone } = reading;
  const turn = async (): Promise<void> => {
    if (gone?.aborted === true) throw new LedgerError('NOT_READY', 'Nobody waits for the answer any more.');
    await pacer.turn();
  };
  const listed = async function* (filter: RecordFilter, withFigures: boolean): AsyncGenerator<ScreenedRecord[]> {
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      await turn();
      const page = await projection.list({ ...filter, status: 'current' }, { cursor, limit: A_PAGE });
      spend(prices.question + page.items.length * prices.recordRead);
      yield await Promise.all(page.items.map((entry) => views.view(entry, caller, withFigures)));
      cursor = page.next;
    }
  };
  return {
    async *enterprises(scope) {
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        await turn();
        const page = await projection.parties.list({ kind: 'enterprise', cursor, limit: A_PAGE });
        yield page.items.flatMap(({ uscc, content }) => (isInScope(scope, uscc, content.region) ? [uscc] : []));
        cursor = page.next;
      }
    },
    records: (uscc, withFigures) => listed({ party: uscc }, withFigures),
    async *current(keys) {
      for (let at = 0; at < keys.length; at += A_PAGE) {
        await turn();
        const heads = await projection.reader.heads(keys.slice(at, at + A_PAGE));
        const ids = heads.flatMap((head) => (head === undefined ? [] : [head.record]));
        spend(heads.length * prices.headRead + ids.length * prices.recordRead);
        const entries = await projection.reader.records(ids);
        const standing = entries.filter((entry) => entry?.status === 'current').filter((entry) => entry !== undefined);
        yield await Promise.all(standing.map((entry) => views.view(entry, caller, true)));
      }
    },
    ruleSets: () => listed({ type: 'rule-set' }, false),
  };
}
