import { isUscc } from '@carbon-ledger/core';
import type { LedgerClient } from '@carbon-ledger/client-sdk';
import { useAsk } from '../app/ledger-hooks';

/** A unit as its plant's registration has it. */
export interface RegisteredUnit {
  readonly id: string;
  readonly name: string;
}

function unitsOf(content: Readonly<Record<string, unknown>>): RegisteredUnit[] {
  const { units } = content;
  if (!Array.isArray(units)) return [];
  return units.flatMap((unit: unknown) => {
    const { id, name } = (typeof unit === 'object' && unit !== null ? unit : {}) as Partial<RegisteredUnit>;
    return typeof id === 'string' ? [{ id, name: typeof name === 'string' ? name : id }] : [];
  });
}

/** Units of the newest registration of an enterprise, accepted or not. */
async function registeredUnits(client: LedgerClient, uscc: string): Promise<RegisteredUnit[]> {
  const { items } = await client.records({ type: 'facility', party: uscc, status: 'current' });
  const newest = items.at(-1);
  return newest === undefined ? [] : unitsOf(newest.record.content);
}

const none: readonly RegisteredUnit[] = [];

export function useUnits(uscc: string): readonly RegisteredUnit[] {
  const { data } = useAsk(['units', uscc], (client) => registeredUnits(client, uscc), { enabled: isUscc(uscc) });
  return data ?? none;
}
