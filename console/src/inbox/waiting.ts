import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';

/** A current record of the party that rests on one that was withdrawn or superseded. */
export interface Waiting {
  readonly mine: AnchoredRecordView;
  readonly cause: AnchoredRecordView;
}

/** Records that are looked at; a party with more sees what its newest lists show. */
const MOST = 2000;

async function listed(
  client: LedgerClient,
  query: Parameters<LedgerClient['records']>[0],
  most: number,
): Promise<AnchoredRecordView[]> {
  const items: AnchoredRecordView[] = [];
  for await (const item of client.allRecords({ ...query, limit: 500 })) {
    items.push(item);
    if (items.length >= most) break;
  }
  return items;
}

/** What the party has to put right: its own records whose grounds fell away. */
export async function waitingFor(client: LedgerClient, uscc: string): Promise<Waiting[]> {
  const own = await listed(client, { issuer: uscc, status: 'current' }, MOST);
  const about = new Set(own.map(({ record }) => record.subject.uscc));
  const ended = (
    await Promise.all(
      [...about].flatMap((party) =>
        (['withdrawn', 'superseded'] as const).map((status) => listed(client, { party, status }, MOST)),
      ),
    )
  ).flat();
  return groundless(own, ended);
}

/** A record that corrects another rests on what it ended, and rightly so. */
export function groundless(own: readonly AnchoredRecordView[], ended: readonly AnchoredRecordView[]): Waiting[] {
  const gone = new Map(ended.map((view) => [view.id, view]));
  return own
    .filter(({ record }) => record.type !== 'supersession' && record.type !== 'revocation')
    .flatMap((mine) =>
      mine.record.cites.flatMap(({ record }) => {
        const cause = gone.get(record);
        return cause === undefined ? [] : [{ mine, cause }];
      }),
    );
}
