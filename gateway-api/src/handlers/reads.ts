import { prices } from '../http/limits/prices';
import type { Handlers } from '../http/reply';
import { readsPage } from '../reads/reads-page';
import type { Services } from '../services';
import { partyOf } from './signed-in';

export function readsHandlers({ reads }: Services): Pick<Handlers, 'listReads'> {
  return {
    listReads: ({ query, caller, spend }) => {
      spend(prices.readLogPage);
      const page = readsPage(reads, {
        party: partyOf(caller),
        others: query.others !== 'false',
        before: query.cursor === undefined ? undefined : Number(query.cursor),
      });
      const { items } = page;
      if (page.next === undefined) return { json: { items } };
      const cursor = String(page.next);
      return { json: { items, next: cursor }, next: { cursor } };
    },
  };
}
