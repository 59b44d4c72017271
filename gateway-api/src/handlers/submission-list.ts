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
import type { Services } from '../services';

/** A page ends behind the submission that brings it to so many records. */
const MOST_RECORDS = 2_000;

/** Committed submissions whole, in log order, as their parties signed them. */
export async function listSubmissions(
  services: Services,
  { query: { from, limit, include }, caller, spend }: RouteRequest<'listSubmissions'>,
): Promise<{ items: CommittedSubmission[]; next?: number }> {
  const { size } = services.projection.log;
  const items: CommittedSubmission[] = [];
  let next = from;
  for (let records = 0; next < size && items.length < limit && records < MOST_RECORDS;) {
    const entry = await submissionAt(services, next);
    spend(entry.count * prices.recordRead);
    await services.limits.pacer.turn();
    items.push(await committed(services, entry, include === 'figures', caller));
    records += entry.count;
    next = entry.first + entry.count;
  }
  return next < size ? { items, next } : { items };
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
  entry: SubmissionEntry,
  withFigures: boolean,
  caller: Caller | undefined,
): Promise<CommittedSubmission> {
  const records = await recordsOf(services, entry.first, entry.count);
  const figures: Record<string, Figure[]> = {};
  const hidden: string[] = [];
  for (const record of records) {
    const access = await services.views.access(record, caller);
    if (access === 'none') continue;
    const own = withFigures && access === 'open' ? ((await services.projection.reader.figures(record.id)) ?? []) : [];
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
