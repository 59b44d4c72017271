import { isInScope, type AnchoredRecordView, type ScreeningReader } from '@carbon-ledger/client-sdk';
import { prices } from '../http/limits/prices';
import type { Pacer } from '../http/reading/pacer';
import type { Projection } from '../projection/projection';
import type { RecordFilter } from '../projection/record-list';
import type { Reading, RecordViews } from '../records/record-views';

export interface ReaderParts {
  readonly projection: Projection;
  readonly views: RecordViews;
  readonly pacer: Pacer;
}

/** Entries that are read in one turn of the event loop. */
const A_TURN = 200;

/** A ledger as screening reads it, inside the service: what is open to this caller, and paid for by it. */
export function projectionReader({ projection, views, pacer }: ReaderParts, reading: Reading): ScreeningReader {
  const { caller, spend } = reading;
  const listed = async (filter: RecordFilter, withFigures: boolean): Promise<AnchoredRecordView[]> => {
    const found: AnchoredRecordView[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await projection.list({ ...filter, status: 'current' }, { cursor, limit: A_TURN });
      spend(prices.question + page.items.length * prices.recordRead);
      for (const entry of page.items) found.push(await views.view(entry, caller, withFigures));
      cursor = page.next;
      await pacer.turn();
    }
    return found;
  };
  return {
    async *enterprises(scope) {
      const found: string[] = [];
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        const page = await projection.parties.list({ kind: 'enterprise', cursor, limit: A_TURN });
        found.push(
          ...page.items.flatMap(({ uscc, content }) => (isInScope(scope, uscc, content.region) ? [uscc] : [])),
        );
        cursor = page.next;
        await pacer.turn();
      }
      for (const uscc of found.sort()) {
        await pacer.turn();
        yield uscc;
      }
    },
    records: (uscc, withFigures) => listed({ party: uscc }, withFigures),
    current: async (keys) => {
      const heads = await projection.reader.heads(keys);
      const ids = heads.flatMap((head) => (head === undefined ? [] : [head.record]));
      spend(keys.length * prices.headRead + ids.length * prices.recordRead);
      const entries = await projection.reader.records(ids);
      const standing = entries.filter((entry) => entry?.status === 'current').filter((entry) => entry !== undefined);
      return Promise.all(standing.map((entry) => views.view(entry, caller, true)));
    },
    ruleSets: () => listed({ type: 'rule-set' }, false),
  };
}
