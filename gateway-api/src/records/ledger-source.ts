import {
  MOST_DEPENDENTS,
  type AnchoredRecord,
  type CitedByPartySource,
  type MarkFacts,
  type VersionedSource,
} from '@carbon-ledger/core';
import { keys, prefixes, type AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { prices } from '../http/limits/prices';
import type { Pacer } from '../http/reading/pacer';
import type { Projection } from '../projection/projection';

/** Records that are read in one turn of the event loop: a trace or an impact may rest on thousands. */
export const RECORDS_A_TURN = 100;

export type LedgerSource = VersionedSource & CitedByPartySource;

export interface SourceParts {
  readonly projection: Projection;
  readonly pacer: Pacer;
  readonly marking: MarkFacts;
  /** What costs is told here, in units of work. */
  readonly spend: (units: number) => void;
  /** With their figures as far as they are open to who asks. */
  readonly anchored: (entries: readonly (AnchoredEntry | undefined)[]) => Promise<(AnchoredRecord | undefined)[]>;
}

/** The ledger as trace and impact read it, a piece in a turn. */
export function ledgerSource(parts: SourceParts): LedgerSource {
  const { projection, pacer, marking } = parts;
  const records = recordsIn(parts);
  const found = async (ids: Iterable<string>): Promise<AnchoredRecord[]> =>
    (await records([...new Set(ids)])).filter((one) => one !== undefined);
  return {
    records,
    marking,
    turn: () => pacer.turn(),
    head: async (key) => {
      const head = await projection.reader.head(key);
      return head === undefined ? undefined : (await records([head.record]))[0];
    },
    version: async (key, version) => {
      const id = await projection.idUnder(keys.version(key, version));
      return id === undefined ? undefined : (await records([id]))[0];
    },
    // One more than are taken, so that nothing is left out in silence.
    citedBy: async (id) => found(await projection.newest(prefixes.cited(id), MOST_DEPENDENTS + 1)),
    parties: () => projection.subjects(),
    citedByAbout: async (id, uscc) => found(await citingAbout(parts, id, uscc)),
  };
}

function recordsIn({ projection, pacer, spend, anchored }: SourceParts): LedgerSource['records'] {
  let sinceTurn = 0;
  const slice = async (ids: readonly string[]): Promise<(AnchoredRecord | undefined)[]> => {
    spend(ids.length * prices.recordRead);
    sinceTurn += ids.length;
    if (sinceTurn >= RECORDS_A_TURN) {
      sinceTurn = 0;
      await pacer.turn();
    }
    return anchored(await projection.reader.records(ids));
  };
  return async (ids) => {
    const found: (AnchoredRecord | undefined)[] = [];
    for (let at = 0; at < ids.length; at += RECORDS_A_TURN)
      for (const one of await slice(ids.slice(at, at + RECORDS_A_TURN))) found.push(one);
    return found;
  };
}

/** What is about a party is gone through, and of each record the index is asked whether it cites the one in question. */
async function citingAbout({ projection, pacer }: SourceParts, id: string, uscc: string): Promise<string[]> {
  const found: string[] = [];
  for await (const rows of projection.under(prefixes.subject(uscc))) {
    const indexes = rows.map(([key]) => Number.parseInt(key.slice(key.lastIndexOf('/') + 1), 16));
    const citing = await Promise.all(indexes.map((index) => projection.idUnder(keys.byCited(id, index))));
    found.push(...citing.filter((one) => one !== undefined));
    await pacer.turn();
  }
  return found;
}
