import type { Language } from '@carbon-ledger/core';
import { inLanguage, type Block } from '../paper';

/** Rows of one table on the pages; what is attached has all. */
export const MOST_ROWS = 600;

/** Says how many rows stand in what is attached only. */
export function restOf(count: number, language: Language): Block[] {
  const left = count - MOST_ROWS;
  if (left <= 0) return [];
  const t = inLanguage(language);
  return [
    {
      kind: 'text',
      quiet: true,
      text: t(`其余 ${String(left)} 行见附件。`, `${String(left)} more stand in the attachment.`),
    },
  ];
}
