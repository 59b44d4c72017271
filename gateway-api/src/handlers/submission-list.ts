import type { CommittedSubmission } from '@carbon-ledger/client-sdk';
import {
  formatRecordId,
  LedgerError,
  type Figure,
  type SignedSubmission,
  type SignatureSuite,
} from '@carbon-ledger/core';
import { prices } from '../http/limits/prices';
import type { RouteRequest } from '../http/reply';
import type { AnchoredEntry, SubmissionEntry } from '@carbon-ledger/auditor/stored';
import type { Caller } from '../records/visibility';
import { isMatch } from '../projection/record-list';
import type { Services } from '../services';
import { endOf, startOf } from './times';

/** A page ends behind the submission that brings what was looked at to so many records. */
const MOST_RECORDS = 2_000;

type Query = RouteRequest<'listSubmissions'>['query'];

/** Committed submissions whole, in log order or from the newest on, as their parties signed them. */
export async function listSubmissions(
  services: Services,
  { query, caller, spend }: RouteRequest<'listSubmissions'>,
): Promise<{ items: CommittedSubmission[]; next?: number }> {
  const { limit, party: issuer, type, since, until, order } = query;
  const isReverse = order === 'desc';
  const times = { since: startOf(since), before: endOf(until) };
  const walk = await services.projection.walk({ issuer, type, ...times }, isReverse);
  const items: CommittedSubmission[] = [];
  let place = await walk.next(query.from ?? walk.beginning);
  for (let looked = 0; place !== undefined && items.length < limit && looked < MOST_RECORDS;) {
    const entry = await submissionAt(services, place);
    spend(entry.count * prices.recordRead);
    await services.limits.pacer.turn();
    const records = await recordsOf(services, entry.first, entry.count);
    if (isWanted(entry, records, query))
      items.push(await committed(services, { entry, records }, query.include === 'figures', caller));
    looked += entry.count;
    place = await walk.next(isReverse ? entry.first - 1 : entry.first + entry.count);
  }
  return place === undefined ? { items } : { items, next: place };
}

/** Signed by the party, and one of its records is of the type, stands so and holds the text. */
function isWanted(
  { party }: SubmissionEntry,
  records: readonly AnchoredEntry[],
  { party: wanted, type, status, text }: Query,
): boolean {
  return (wanted ?? party) === party && records.some((record) => isMatch(record, { type, status, text }));
}

async function recordsOf(
  { projection: { log, reader } }: Services,
  first: number,
  count: number,
): Promise<AnchoredEntry[]> {
  const leaves = await Promise.all(Array.from({ length: count }, (_, at) => log.leaf(first + at)));
  const entries = await reader.records(leaves.map(formatRecordId));
  return entries.map((entry, at) => {
    if (entry === undefined)
      throw new LedgerError('STORE_CORRUPT', `Record ${String(first + at)} of the log is missing.`);
    return entry;
  });
}

/** The submission that holds a log index. */
async function submissionAt(services: Services, index: number): Promise<SubmissionEntry> {
  const [record] = await recordsOf(services, index, 1);
  const entry = await services.projection.reader.submission(record?.submission ?? '');
  if (entry === undefined)
    throw new LedgerError('STORE_CORRUPT', `The submission of record ${String(index)} is missing.`);
  return entry;
}

async function committed(
  services: Services,
  { entry, records }: { readonly entry: SubmissionEntry; readonly records: readonly AnchoredEntry[] },
  withFigures: boolean,
  caller: Caller | undefined,
): Promise<CommittedSubmission> {
  const figures: Record<string, Figure[]> = {};
  const hidden: string[] = [];
  for (const record of records) {
    const access = await services.views.access(record, caller);
    if (access === 'none') continue;
    const own = withFigures && access === 'open' ? await services.views.figures(record, caller) : [];
    if (own.length > 0) figures[record.id] = [...own];
    else hidden.push(record.id);
  }
  const { txId, blockNumber, anchoredAt, first, earlier } = entry;
  return {
    submission: signed(entry, records, services.facts.ledgerId),
    ...{ txId, blockNumber, anchoredAt, first, figures, hidden },
    ...(earlier === undefined ? {} : { earlier }),
  };
}

function signed(entry: SubmissionEntry, records: readonly AnchoredEntry[], ledgerId: string): SignedSubmission {
  const { party, keyId, suite, signedAt, signature, earlier } = entry;
  return {
    schema: 'carbon-ledger/submission/v1',
    ledger: earlier?.ledger ?? ledgerId,
    ...{ party, keyId, suite: suite as SignatureSuite, signedAt, signature },
    records: records.map(({ record }) => record),
  };
}
