import { formatNumber } from '../words/numbers';

/** What a plant's year comes to in tonnes, as an impact tells it. */
export const tonnesWords = {
  emission_tCO2: { zh: '排放量', en: 'Emission' },
  preallocation_tCO2: { zh: '预分配配额', en: 'Pre-allocation' },
  allowance_tCO2: { zh: '应发配额', en: 'Allowances' },
  gap_tCO2: { zh: '缺口', en: 'Gap' },
  allowancesToBuy_tCO2: { zh: '需购配额', en: 'Allowances to buy' },
} as const;

/** A change, its sign always told. */
export function signed(delta: string): string {
  return delta.startsWith('-') || delta === '0' ? formatNumber(delta) : `+${formatNumber(delta)}`;
}
