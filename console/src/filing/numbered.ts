import { formatBusinessKey, numberOf, parseBusinessKey, recordTypes } from '@carbon-ledger/core';
import type { LedgerClient } from '@carbon-ledger/client-sdk';
import { keyOf, type Filing } from './draft';

export type NumbersAsked = Pick<LedgerClient, 'actions' | 'heads'>;

/** Numbers to try: the first ones, then those that no enterprise can use up for its authorities. */
const tried = [1, 1000].flatMap((first) => Array.from({ length: 200 }, (_, at) => String(first + at)));

/** The number of what a filing acts on: the response to `nonconformity.2` is the second too. */
async function actedOn(client: NumbersAsked, { type, cites, subject }: Filing): Promise<string | undefined> {
  for (const [role, ids] of Object.entries(cites)) {
    const [id] = ids;
    if (id === undefined || ids.length > 1) continue;
    const { key, actions } = await client.actions(id);
    const { kind, ...about } = parseBusinessKey(key);
    // A finding is one of many of its inspection, which is about no plant: it counts for itself.
    const number = about.uscc === subject.uscc && about.unit === subject.unit ? numberOf(kind) : undefined;
    if (number !== undefined && actions.some(({ file }) => file.type === type && file.role === role)) return number;
  }
  return undefined;
}

/**
 * Of types of which there may be several in a period, a filing under its number: that of what it acts on, where this is free, else the
 * first that is. Other filings, and those whose number is said, stay as they are.
 */
export async function numbered(client: NumbersAsked, filing: Filing): Promise<Filing> {
  const { type, kind } = filing;
  if (recordTypes[type].number !== true || kind !== type || keyOf(filing) === undefined) return filing;
  const own = await actedOn(client, filing);
  const kinds = [...(own === undefined ? [] : [own]), ...tried].map((number) => `${type}.${number}`);
  const { heads } = await client.heads(kinds.map((one) => formatBusinessKey(filing.subject, one)));
  return { ...filing, kind: kinds.find((_, at) => heads[at] === null) ?? kind };
}
