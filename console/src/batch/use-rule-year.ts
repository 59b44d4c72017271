import { useAsk } from '../app/ledger-hooks';
import { templateYears } from './workbook';

/** The year whose form is meant unless another is chosen: the newest whose rules stand on the ledger, else the newest there is a form of. */
export function useRuleYear(methodology?: string): { readonly year: string; readonly isPending: boolean } {
  const years = templateYears(methodology);
  const { data, isPending } = useAsk(['methodologies'], (client) =>
    client.records({ type: 'methodology', status: 'current' }),
  );
  const standing = (data?.items ?? []).filter(
    ({ record }) => methodology === undefined || record.content['id'] === methodology,
  );
  const known = new Set(standing.map(({ record }) => record.subject.period));
  return { year: years.find((year) => known.has(year)) ?? years[0] ?? '', isPending };
}
