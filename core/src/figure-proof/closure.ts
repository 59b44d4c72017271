import { LedgerError } from '../errors';
import { parseFigureAddress } from '../identifiers';
import type { AnchoredRecord, RecordSource } from '../provenance';

/**
 * The records that a figure can rest on: the current record of its key, and all that is cited from there, however far.
 * Receipts of these are what `makeFigureProof` needs; it leaves out what the figure does not use.
 * @throws LedgerError NOT_FOUND
 */
export async function citationClosure(source: RecordSource, figure: string): Promise<AnchoredRecord[]> {
  const { key } = parseFigureAddress(figure);
  const head = await source.head(key);
  if (head === undefined) throw new LedgerError('NOT_FOUND', `${key} is not anchored.`, { details: { key } });
  const found = new Map([[head.id, head]]);
  // A map yields what is added while it is walked.
  for (const { record } of found.values()) {
    for (const { record: id } of record.cites) {
      const cited = found.has(id) ? undefined : await source.record(id);
      if (cited !== undefined) found.set(id, cited);
    }
  }
  return [...found.values()];
}
