import type { RecordEvent } from '@carbon-ledger/client-sdk';
import { keys, type AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { changesOf, firstState, formatRecordId, LedgerError, type LedgerRecord } from '@carbon-ledger/core';
import type { Projection } from '../projection/projection';

type EventSource = Pick<Projection, 'log' | 'reader' | 'idUnder'>;

/** Records that stand in the log from an index on, in its order. @throws LedgerError STORE_CORRUPT */
export async function entriesFrom(
  { log, reader }: Pick<EventSource, 'log' | 'reader'>,
  from: number,
  most: number,
): Promise<AnchoredEntry[]> {
  const count = Math.max(0, Math.min(most, log.size - from));
  const ids = await Promise.all(
    Array.from({ length: count }, async (_, at) => formatRecordId(await log.leaf(from + at))),
  );
  const entries = await reader.records(ids);
  return entries.map((entry, at) => {
    if (entry === undefined) throw new LedgerError('STORE_CORRUPT', `${ids[at] ?? ''} is in the log and nowhere else.`);
    return entry;
  });
}

/**
 * What is told of a record that was committed. It follows from the record and those before it alone, so that it is the same
 * whenever it is told.
 */
export async function recordEventOf(source: EventSource, entry: AnchoredEntry): Promise<RecordEvent> {
  const { logIndex, id: record, key, txId, blockNumber, anchoredAt } = entry;
  const { type, issuer, subject } = entry.record;
  return {
    logIndex,
    record,
    key,
    type,
    issuer,
    subject: subject.uscc,
    txId,
    blockNumber,
    anchoredAt,
    changes: await changesBy(source, entry),
  };
}

type Change = RecordEvent['changes'][number];

/** How records stand by it: itself, those that it acts on, the version that it replaces. */
async function changesBy(source: EventSource, { id, key, record }: AnchoredEntry): Promise<Change[]> {
  const own: Change = { record: id, key, state: firstState(record), status: 'current' };
  const acted = changesOf(record).map(({ record: other, key: otherKey, state, status }): Change => ({
    record: other,
    key: otherKey,
    state,
    status,
  }));
  const replaced = await versionBefore(source, key, record);
  return [own, ...acted, ...(replaced === undefined ? [] : [{ record: replaced, key, status: 'superseded' as const }])];
}

async function versionBefore(source: EventSource, key: string, { version }: LedgerRecord): Promise<string | undefined> {
  return version === 1 ? undefined : source.idUnder(keys.version(key, version - 1));
}
