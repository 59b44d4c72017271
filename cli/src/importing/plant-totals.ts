import { formatBusinessKey } from '@carbon-ledger/core';
import type { Service } from '../service/service';

/** The public totals of a plant's year as the ledger holds them: decimal text, tonnes of CO2 unless the name says otherwise. */
export interface PlantTotals {
  readonly uscc: string;
  readonly year: string;
  readonly totals: Readonly<Record<string, string>>;
}

const kinds = ['annual-report', 'verification-conclusion', 'allowance-issuance', 'surrender'] as const;

export async function readPlantTotals(service: Service, uscc: string, year: string): Promise<PlantTotals> {
  const keys = kinds.map((kind) => formatBusinessKey({ uscc, unit: 'PLANT', period: year }, kind));
  const heads = (await service.heads(keys)).filter((head) => head !== null);
  const records = await Promise.all(heads.map((head) => service.record(head.record)));
  const totals = records.flatMap(({ record }) =>
    Object.entries(record.totals).map(([name, { value }]) => [name, value] as const),
  );
  return { uscc, year, totals: Object.fromEntries(totals) };
}

/** In lines; none of a year that has not come to a total yet, as where a party anchors its part of the first months. */
export function formatTotals({ uscc, year, totals }: PlantTotals): string[] {
  const lines = Object.entries(totals).map(([name, value]) => `  ${name.padEnd(22)} ${value}`);
  return lines.length === 0 ? [] : [`${uscc} ${year}, recomputed by the ledger:`, ...lines];
}
