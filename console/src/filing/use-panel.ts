import { useQuery } from '@tanstack/react-query';
import type { RecordType } from '@carbon-ledger/core';
import type { ComponentType } from 'react';
import type { Filing } from './draft';

/** What helps to fill in the content of a type, over its fields. */
export type Panel = ComponentType<{
  readonly filing: Filing;
  readonly onChange: (filing: Filing) => void;
}>;

const panels: Readonly<Partial<Record<RecordType, () => Promise<{ readonly default: Panel }>>>> = {
  inspection: () => import('../inspection/SeedPanel'),
  party: () => import('../keys/KeyRequestPanel'),
};

/** The panel of a type: null where it has none, undefined while it is loaded. It would push down the fields that stood there before it. */
export function usePanel(type: RecordType): Panel | null | undefined {
  const load = panels[type];
  const { data } = useQuery({
    queryKey: ['panel', type],
    queryFn: async () => ({ panel: (await load?.())?.default ?? null }),
    enabled: load !== undefined,
    staleTime: Infinity,
  });
  return load === undefined ? null : data?.panel;
}
