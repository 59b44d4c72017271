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
  for (let level = [head]; level.length > 0;) {
    const cited = new Set(level.flatMap(({ record }) => record.cites.map((citation) => citation.record)));
    level = await newOnes(source, [...cited], found);
  }
  return [...found.values()];
}

/** Reads those of the cited records that were not found yet, and adds them. */
async function newOnes(
  source: RecordSource,
  cited: readonly string[],
  found: Map<string, AnchoredRecord>,
): Promise<AnchoredRecord[]> {
  const answer = await source.records(cited.filter((id) => !found.has(id)));
  const anchored = answer.filter((one) => one !== undefined);
  for (const one of anchored) found.set(one.id, one);
  return anchored;
}
