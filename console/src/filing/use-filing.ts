import { useQuery } from '@tanstack/react-query';
import { buildRecord, isDecimalText, recordTypes, type BuiltRecord, type Methodology } from '@carbon-ledger/core';
import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import { useMemo, useState } from 'react';
import { useAsk, useSession } from '../app/ledger-hooks';
import { proposeCites, slotOf, type Slot } from './citations';
import { keyOf, sketchOf, type Filing } from './draft';
import { citedRecords, methodologyOf, recordDraftOf } from './prepare';

/** Keys of the records that a link names: types that cite by what is cited need them. */
async function keysOf(client: LedgerClient, cites: Filing['cites']): Promise<ReadonlyMap<string, AnchoredRecordView>> {
  const ids = [...new Set(Object.values(cites).flat())];
  const views = await Promise.all(ids.map((id) => client.record(id)));
  return new Map(views.map((view) => [view.id, view]));
}

export async function slotsOf(client: LedgerClient, filing: Filing, issuer: string): Promise<Slot[]> {
  const named = await keysOf(client, filing.cites);
  const keys = new Map([...named].map(([id, { key }]) => [id, key]));
  const rules = recordTypes[filing.type].cites(sketchOf(filing, issuer, keys));
  const slots = await Promise.all(rules.map((rule) => slotOf(client, rule, { ...filing.subject, kind: filing.kind })));
  return slots.map((slot) => withNamed(slot, filing.cites[slot.rule.role] ?? [], named));
}

/** What a link names can be chosen too, whatever its state: the ledger judges it. */
function withNamed(slot: Slot, ids: readonly string[], named: ReadonlyMap<string, AnchoredRecordView>): Slot {
  const known = new Set(slot.candidates.map(({ id }) => id));
  const more = ids.flatMap((id) => (known.has(id) ? [] : (named.get(id) ?? [])));
  return { ...slot, candidates: [...more, ...slot.candidates] };
}

/** Roles with what can be cited in each; asked anew when the subject changes, not when a choice does. */
export function useSlots(
  filing: Filing,
  given: Filing['cites'],
  issuer: string,
): { readonly slots: readonly Slot[] | undefined; readonly error: unknown } {
  const { client } = useSession();
  const key = keyOf(filing);
  // What is cited may hang on what is said: an inspection that is opened cites its plan.
  const roles = recordTypes[filing.type].cites(sketchOf(filing, issuer)).map(({ role }) => role);
  const { data, error } = useQuery({
    queryKey: [issuer, 'slots', key, given, roles],
    queryFn: () => slotsOf(client, { ...filing, cites: given }, issuer),
    enabled: key !== undefined,
  });
  return { slots: data, error };
}

/**
 * Whether all that a form shows of itself is there: what stands at its key, what can be cited, and what is computed from that. Once it
 * was, the form stays, whatever is asked anew: nothing moves under the hands of who reads or types.
 */
export function useIsComplete(filing: Filing, isProposed: boolean, cites: Filing['cites']): boolean {
  const [was, setWas] = useState(false);
  const key = keyOf(filing);
  const standing = useStandingAnswer(key);
  const cited = useCitedAnswer(cites);
  const isThere = isProposed && standing.isSettled && cited.isSettled;
  if (!was && (key === undefined || isThere)) setWas(true);
  return was;
}

/** Citations as they stand: what was chosen, and for the rest what is proposed. */
export function citesOf(slots: readonly Slot[] | undefined, chosen: Filing['cites']): Filing['cites'] {
  return slots === undefined ? chosen : proposeCites(slots, chosen);
}

/** Cited records with their figures, for what is computed from them. */
export function useCited(cites: Filing['cites']): Readonly<Record<string, readonly BuiltRecord[]>> {
  return useCitedAnswer(cites).data ?? nothing;
}

function useCitedAnswer(cites: Filing['cites']): Answer<Record<string, BuiltRecord[]>> {
  const isAsked = Object.values(cites).some((ids) => ids.length > 0);
  const { data, isError } = useAsk(['cited', cites], (client) => citedRecords(client, cites), { enabled: isAsked });
  return { data, isSettled: !isAsked || isError || data !== undefined };
}

/** What was asked, and whether it was answered, with a failure too. */
interface Answer<Data> {
  readonly data: Data | undefined;
  readonly isSettled: boolean;
}

const nothing: Readonly<Record<string, readonly BuiltRecord[]>> = {};

/** What follows from what was typed so far. Salts do not matter here: nothing of it is kept. */
export function useComputed(
  filing: Filing,
  issuer: string,
  cited: Readonly<Record<string, readonly BuiltRecord[]>>,
): BuiltRecord | undefined {
  return useMemo(() => {
    const numbers = Object.entries(filing.figures).filter(([, value]) => isDecimalText(value));
    try {
      const draft = recordDraftOf({ ...filing, figures: Object.fromEntries(numbers) }, issuer, cited);
      return buildRecord(draft, () => '0'.repeat(32));
    } catch {
      // What cannot be built yet has nothing to show; the faults are told when it is to be signed.
      return undefined;
    }
  }, [filing, issuer, cited]);
}

export function useMethodology(cited: Readonly<Record<string, readonly BuiltRecord[]>>): Methodology | undefined {
  return useMemo(() => methodologyOf(cited), [cited]);
}

/** The record that stands at the key now, with its figures: the next version goes on from it. */
export function useStanding(key: string | undefined): AnchoredRecordView | null | undefined {
  return useStandingAnswer(key).data;
}

function useStandingAnswer(key: string | undefined): Answer<AnchoredRecordView | null> {
  const { data, isError } = useAsk(
    ['standing', key],
    async (client) => {
      const { heads } = await client.heads([key ?? '']);
      const head = heads[0];
      return head === null || head === undefined ? null : client.record(head.record, { figures: true });
    },
    { enabled: key !== undefined },
  );
  return { data, isSettled: isError || data !== undefined };
}
