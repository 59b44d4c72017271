import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { recordEvent, type RecordEvent } from '@carbon-ledger/client-sdk';
import { useAsk } from '../app/ledger-hooks';

const MOST = 10;

/** The last records of the log, newest first, and each new one as it is committed. */
export function useRecentRecords(): readonly RecordEvent[] {
  const ledger = useAsk(['ledger'], (client) => client.ledger());
  const queries = useQueryClient();
  const [events, setEvents] = useState<readonly RecordEvent[]>([]);
  const size = ledger.data?.logSize;
  const isKnown = size !== undefined;
  useEffect(() => {
    if (size === undefined) return;
    // By the browser's own reader, which goes on by itself where a connection broke off.
    const stream = new EventSource(`/v1/events?from=${String(Math.max(0, size - MOST))}`);
    stream.addEventListener('record', ({ data }: MessageEvent<string>) => {
      const event = recordEvent.parse(JSON.parse(data));
      setEvents((known) => [event, ...known.filter(({ record }) => record !== event.record)].slice(0, MOST));
      if (event.logIndex >= size) void queries.invalidateQueries();
    });
    return () => {
      stream.close();
    };
    // Opened once; where it begins does not move with the log.
  }, [isKnown]);
  return events;
}
