import type { RecordEvent } from '@carbon-ledger/client-sdk';
import { entriesFrom, recordEventOf } from '../events/record-event';
import type { RouteRequest } from '../http/reply';
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
      const entries = await entriesFrom(projection, next, AT_ONCE);
      next += entries.length;
      const events = await Promise.all(entries.map((entry) => recordEventOf(projection, entry)));
      yield events.map(eventText).join('');
    }
    if (!(await news)) yield ': still here\n\n';
  }
}

function startOf({ query, headers }: RouteRequest<'events'>): number | undefined {
  const last = headers['last-event-id'];
  return last === undefined ? query.from : Number(last) + 1;
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

function eventText(event: RecordEvent): string {
  return `id: ${String(event.logIndex)}\nevent: record\ndata: ${JSON.stringify(event)}\n\n`;
}
