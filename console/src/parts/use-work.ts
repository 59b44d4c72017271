import { useEffect, useRef, useState, type RefObject } from 'react';
import type { LedgerClient } from '@carbon-ledger/client-sdk';
import { useSession } from '../app/ledger-hooks';
import { saveUntil, type SavedFile } from './save-file';

/** What work is given that can be called off. */
export interface Under {
  /** Its calls end where the work is called off. */
  readonly client: LedgerClient;
  readonly signal: AbortSignal;
  /** Says how far it is. */
  readonly tell: (label: string) => void;
  /** Has the browser save what was made, unless the work was called off. @throws AbortError where it was */
  readonly save: (...file: SavedFile) => Promise<void>;
}

/** Work at which a person waits: told by `WorkStatus` beside its buttons. */
export interface Work {
  /** What is being done; nothing else is begun before it is done. */
  readonly busy: string | undefined;
  readonly outcome: 'saved' | 'cancelled' | undefined;
  readonly error: unknown;
  /** Where it is told: takes the focus when the button under it goes. */
  readonly place: RefObject<HTMLSpanElement | null>;
  readonly start: (label: string, make: (under: Under) => Promise<void>) => void;
  readonly cancel: () => void;
}

interface Told {
  readonly busy?: string;
  readonly outcome?: 'saved' | 'cancelled';
  readonly error?: unknown;
}

/** One work at a time, which ends with the page: nothing is saved for somebody who called it off or went away. */
export function useWork(): Work {
  const { client } = useSession();
  const [told, setTold] = useState<Told>({});
  const place = useRef<HTMLSpanElement>(null);
  const running = useRef<AbortController>(undefined);
  useEffect(
    () => () => {
      running.current?.abort();
    },
    [],
  );
  const end = (outcome: Told): void => {
    running.current = undefined;
    // Only its "cancel" can have the focus in there, and it goes now.
    if (place.current?.contains(document.activeElement) === true) place.current.focus();
    setTold(outcome);
  };
  const run = async ({ signal }: AbortController, make: (under: Under) => Promise<void>): Promise<void> => {
    const tell = (busy: string): void => {
      if (!signal.aborted) setTold({ busy });
    };
    try {
      await make({ client: client.until(signal), signal, tell, save: (...file) => saveUntil(signal, file) });
      if (!signal.aborted) end({ outcome: 'saved' });
    } catch (error) {
      if (!signal.aborted) end({ error });
    }
  };
  return {
    ...{ busy: told.busy, outcome: told.outcome, error: told.error, place },
    start: (label, make) => {
      if (running.current !== undefined) return;
      running.current = new AbortController();
      setTold({ busy: label });
      void run(running.current, make);
    },
    cancel: () => {
      running.current?.abort();
      end({ outcome: 'cancelled' });
    },
  };
}
