import type { Fault } from '../errors';
import type { Figure, LedgerRecord } from '../records';

/** A figure that names the document it was taken from names one that the record holds. */
export function sourceFaults({ documents }: LedgerRecord, figures: readonly Figure[]): Fault[] {
  return figures.flatMap(({ name, source }, index): Fault[] => {
    if (source === undefined || source.document < documents.length) return [];
    const message = `${name} is taken from document ${String(source.document)}; there are ${String(documents.length)}, counted from 0`;
    return [{ path: `/figures/${String(index)}/source/document`, code: 'FIGURE_FORMAT', message }];
  });
}
