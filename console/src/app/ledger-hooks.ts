import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { LedgerClient, PartyView } from '@carbon-ledger/client-sdk';
import { session, type SessionState } from '../keys/session';

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.state, session.state);
}

/** An answer of the ledger, as whoever is signed in may see it; kept apart for each party. */
export function useAsk<Answer>(
  key: readonly unknown[],
  ask: (client: LedgerClient) => Promise<Answer>,
  options: { readonly enabled?: boolean; readonly refetchMs?: number } = {},
): UseQueryResult<Answer> {
  const { client, identity } = useSession();
  return useQuery({
    queryKey: [identity?.party.uscc ?? '', ...key],
    queryFn: () => ask(client),
    enabled: options.enabled ?? true,
    ...(options.refetchMs === undefined ? {} : { refetchInterval: options.refetchMs }),
  });
}

async function allParties(client: LedgerClient): Promise<PartyView[]> {
  const parties: PartyView[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.parties({ limit: 500, cursor });
    parties.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined && parties.length < MOST_PARTIES);
  return parties;
}

/** Parties that are known by name on every page; a larger market shows codes for the rest. */
const MOST_PARTIES = 5000;

export function useParties(): UseQueryResult<PartyView[]> {
  return useAsk(['parties'], allParties);
}

/** Whether names are not known yet: a list that shows them waits, and its columns keep their widths. */
export function useNamesPending(): boolean {
  return useParties().isPending;
}

/** Names of parties by code; the code itself where it is not known, or not yet. */
export function usePartyName(): (uscc: string) => string {
  const { data } = useParties();
  return (uscc) => data?.find((party) => party.uscc === uscc)?.name ?? uscc;
}
