import type { VerificationItem } from '@carbon-ledger/client-sdk';
import type { DocumentRef } from '@carbon-ledger/core';
import { type AnchoredEntry, prefixes } from '@carbon-ledger/auditor/stored';
import { prices } from '../http/limits/prices';
import type { RecordReader } from '../projection/record-reader';
import { inPieces } from './turns';

/** Which records name a document, and those records: the projection. */
export interface AnchoredDocuments {
  /** Record ids under an index prefix, newest first. */
  newest(prefix: string, limit: number): Promise<string[]>;
  readonly reader: Pick<RecordReader, 'record' | 'records'>;
}

/** How others are kept from waiting, and who asks from asking for too much. */
export interface Work {
  /** Units of work. */
  readonly spend: (units: number) => void;
  /** Settles when the next piece may be done. */
  readonly turn: () => Promise<void>;
}

/** Records that name one file by its digest and are judged: a laboratory's workbook of a day has hundreds of rows. */
export const MOST_NAMING = 5_000;
/** Records of one name that are looked at: the name says little, and any file may bear it. */
export const MOST_NAMESAKES = 50;

export interface Match {
  readonly entry: AnchoredEntry;
  readonly document: DocumentRef;
}

export interface Found {
  readonly matches: readonly Match[];
  /** Set where more records name the file than were looked at: how many were. */
  readonly cutAt?: number;
}

interface Sought {
  readonly item: VerificationItem;
  readonly indexes: readonly string[];
  readonly most: number;
  readonly wanted: (document: DocumentRef) => boolean;
}

/** One piece after the other, of which all but the first are paid for. */
export function paidInPieces<Item>(
  items: readonly Item[],
  { spend, turn }: Work,
  look: (piece: readonly Item[]) => Promise<void>,
): Promise<void> {
  const between = (piece: readonly Item[]): Promise<void> => {
    spend(piece.length * prices.recordRead);
    return turn();
  };
  return inPieces(items, between, look);
}

/** A record that is meant is looked at itself; else the newest that the indexes name. */
async function matching(projection: AnchoredDocuments, work: Work, sought: Sought): Promise<Found> {
  const { item, indexes, most, wanted } = sought;
  const { record, party } = item;
  const rows = record === undefined ? await Promise.all(indexes.map((one) => projection.newest(one, most + 1))) : [];
  const ids = record === undefined ? [...new Set(rows.flatMap((row) => row.slice(0, most)))] : [record];
  const matches: Match[] = [];
  await paidInPieces(ids, work, async (piece) => {
    for (const entry of await projection.reader.records(piece))
      if (entry !== undefined && [undefined, entry.record.subject.uscc].includes(party))
        matches.push(...entry.record.documents.filter(wanted).map((document) => ({ entry, document })));
  });
  return rows.some((row) => row.length > most) ? { matches, cutAt: most } : { matches };
}

export async function byDigest(projection: AnchoredDocuments, work: Work, item: VerificationItem): Promise<Found> {
  const digests = [item.sha256, item.sm3].filter((digest) => digest !== undefined);
  return matching(projection, work, {
    ...{ item, indexes: digests.map(prefixes.document), most: MOST_NAMING },
    wanted: (document) => digests.some((one) => [document.sha256, document.sm3].includes(one)),
  });
}

/** A manifest of a folder has paths; documents are named without folders. */
function baseName(name: string): string {
  return name.split(/[/\\]/).at(-1) ?? '';
}

export async function byName(projection: AnchoredDocuments, work: Work, item: VerificationItem): Promise<Found> {
  const name = baseName(item.name ?? '');
  if (name === '') return { matches: [] };
  return matching(projection, work, {
    ...{ item, indexes: [prefixes.name(name)], most: MOST_NAMESAKES },
    wanted: (document) => document.name === name && [undefined, document.role].includes(item.role),
  });
}
