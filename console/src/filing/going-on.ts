import type { LedgerRecord } from '@carbon-ledger/core';
import { emptyContent } from './content';
import { changeFigures, nextVersionOf, type Filing } from './draft';
import { fieldsOfType } from './fields';

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * The next version of what stands, with all that was said in the form already: what it says stays, what it left open is as it stands.
 * Samples that were drawn, or a page of text, are not lost by finding out that a version stands there.
 */
export function goingOnFrom(
  standing: LedgerRecord,
  figures: Parameters<typeof nextVersionOf>[1],
  filing: Filing,
): Filing {
  const next = nextVersionOf(standing, figures);
  const empty = emptyContent(fieldsOfType(filing.type));
  const said = Object.entries(filing.content).filter(([name, value]) => value !== '' && !isSame(value, empty[name]));
  const typed = Object.entries(filing.figures).filter(([, value]) => value !== '');
  const known = new Set(next.documents.map(({ sha256 }) => sha256));
  const whole = {
    ...next,
    content: { ...next.content, ...Object.fromEntries(said) },
    documents: [...next.documents, ...filing.documents.filter(({ sha256 }) => !known.has(sha256))],
    cites: filing.cites,
  };
  return changeFigures(whole, { ...next.figures, ...Object.fromEntries(typed) });
}
