import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { recordEvent, type RecordEvent } from '@carbon-ledger/client-sdk';
import { useAsk } from '../app/ledger-hooks';

const MOST = 10;

/** Each record as it is committed, from a place of the log on; by the browser's own reader, which goes on by itself where it broke off. */
function useRecordEvents(from: number | undefined, onRecord: (event: RecordEvent) => void): void {
  const isKnown = from !== undefined;
  useEffect(() => {
    if (from === undefined) return;
    const stream = new EventSource(`/v1/events?from=${String(from)}`);
    stream.addEventListener('record', ({ data }: MessageEvent<string>) => {
      onRecord(recordEvent.parse(JSON.parse(data)));
    });
    return () => {
      stream.close();
    };
    // Opened once; where it begins does not move with the log.
  }, [isKnown]);
}

/** The last records of the log, newest first, and each new one as it is committed. */
export function useRecentRecords(): readonly RecordEvent[] {
  const { data } = useAsk(['ledger'], (client) => client.ledger());
  const [events, setEvents] = useState<readonly RecordEvent[]>([]);
  const from = data === undefined ? undefined : Math.max(0, data.logSize - MOST);
  useRecordEvents(from, (event) => {
    setEvents((known) => [event, ...known.filter(({ record }) => record !== event.record)].slice(0, MOST));
  });
  return events;
}

/** A batch of records comes as many events: everything is asked again once, when they are through. */
const AFTER_MS = 400;

/** Everything that is shown is asked again when something was anchored, whoever did it. */
export function useLiveLedger(): void {
  const queries = useQueryClient();
  const { data } = useAsk(['ledger'], (client) => client.ledger());
  const [seen, setSeen] = useState(0);
  useRecordEvents(data?.logSize, ({ logIndex }) => {
    setSeen(logIndex);
  });
  useEffect(() => {
    if (seen === 0) return;
    const timer = window.setTimeout(() => void queries.invalidateQueries(), AFTER_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [seen, queries]);
}
