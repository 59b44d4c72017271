import { LedgerError, formatRecordId } from '@carbon-ledger/core';
import type { RecordEvent } from '@carbon-ledger/client-sdk';
import type { RouteRequest } from '../http/reply';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { Services } from '../services';

const AT_ONCE = 100;
/** A comment keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000;

/**
 * Records in log order as server-sent events; the id of an event is its log index, so that a client which comes back with
 * `Last-Event-ID` misses nothing and sees nothing twice. Without a starting point it begins with what comes next.
 */
export async function* eventStream(
  services: Services,
  request: RouteRequest<'events'>,
): AsyncGenerator<string, void, undefined> {
  const { projection } = services;
  let next = startOf(request) ?? projection.log.size;
  const signal = AbortSignal.any([request.closed(), services.stopping]);
  yield ': carbon audit ledger\n\n';
  while (!signal.aborted) {
    const news = grown(services, next, signal);
    while (next < projection.log.size) {
      const entries = await entriesFrom(services, next);
      next += entries.length;
      yield entries.map(eventText).join('');
    }
    if (!(await news)) yield ': still here\n\n';
  }
}

function startOf({ query, headers }: RouteRequest<'events'>): number | undefined {
  const last = headers['last-event-id'];
  return last === undefined ? query.from : Number(last) + 1;
}

async function entriesFrom({ projection }: Services, from: number): Promise<AnchoredEntry[]> {
  const count = Math.min(AT_ONCE, projection.log.size - from);
  const ids = await Promise.all(
    Array.from({ length: count }, async (_, at) => formatRecordId(await projection.log.leaf(from + at))),
  );
  const entries = await projection.reader.records(ids);
  return entries.map((entry, at) => {
    if (entry === undefined) throw new LedgerError('STORE_CORRUPT', `${ids[at] ?? ''} is in the log and nowhere else.`);
    return entry;
  });
}

/** True when the log grows beyond `size`, false when a heartbeat is due or the client is gone. */
function grown({ projection, schedule }: Services, size: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (hasGrown: boolean): void => {
      cancel();
      stopListening();
      signal.removeEventListener('abort', gone);
      resolve(hasGrown);
    };
    const gone = (): void => {
      finish(false);
    };
    const cancel = schedule(gone, HEARTBEAT_MS);
    const stopListening = projection.onBlock(() => {
      if (projection.log.size > size) finish(true);
    });
    signal.addEventListener('abort', gone, { once: true });
    if (projection.log.size > size) finish(true);
  });
}

function eventText(entry: AnchoredEntry): string {
  const { logIndex, id: record, key, txId, blockNumber, anchoredAt } = entry;
  const { type, issuer, subject } = entry.record;
  const event: RecordEvent = {
    logIndex,
    record,
    key,
    type,
    issuer,
    subject: subject.uscc,
    txId,
    blockNumber,
    anchoredAt,
  };
  return `id: ${String(logIndex)}\nevent: record\ndata: ${JSON.stringify(event)}\n\n`;
}
