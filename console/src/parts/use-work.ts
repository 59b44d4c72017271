import { useEffect, useRef, useState, type RefObject } from 'react';
import type { LedgerClient } from '@carbon-ledger/client-sdk';
import { useSession } from '../app/ledger-hooks';
import { saveUntil, type SavedFile } from './save-file';

/** What is being done, and how far it is where that can be counted. */
export interface Doing {
  readonly label: string;
  readonly done?: number;
  readonly total?: number;
}

/** What work is given that can be called off. */
export interface Under {
  /** Its calls end where the work is called off. */
  readonly client: LedgerClient;
  readonly signal: AbortSignal;
  /** Says how far it is. */
  readonly tell: (label: string, done?: number, total?: number) => void;
  /** Whether what is made may still be shown: nothing else was begun since, and the page is there. It holds for what was called off too. */
  readonly isLatest: () => boolean;
  /** Has the browser save what was made, unless the work was called off. @throws AbortError where it was */
  readonly save: (...file: SavedFile) => Promise<void>;
}

/** Work at which a person waits: told by `WorkStatus` beside its buttons. */
export interface Work {
  /** What is being done; nothing else is begun before it is done. */
  readonly busy: Doing | undefined;
  readonly outcome: 'done' | 'cancelled' | undefined;
  readonly error: unknown;
  /** Where it is told: takes the focus when the button under it goes. */
  readonly place: RefObject<HTMLSpanElement | null>;
  readonly start: (label: string, make: (under: Under) => Promise<void>) => void;
  readonly cancel: () => void;
}

interface Told {
  readonly busy?: Doing;
  readonly outcome?: 'done' | 'cancelled';
  readonly error?: unknown;
}

/** One work at a time, which ends with the page: nothing is saved for somebody who called it off or went away. */
export function useWork(): Work {
  const { client } = useSession();
  const [told, setTold] = useState<Told>({});
  const place = useRef<HTMLSpanElement>(null);
  const running = useRef<AbortController>(undefined);
  const latest = useRef<AbortController>(undefined);
  useEffect(
    () => () => {
      running.current?.abort();
      latest.current = undefined;
    },
    [],
  );
  const end = (outcome: Told): void => {
    running.current = undefined;
    // Only its "cancel" can have the focus in there, and it goes now.
    if (place.current?.contains(document.activeElement) === true) place.current.focus();
    setTold(outcome);
  };
  const run = async (own: AbortController, make: (under: Under) => Promise<void>): Promise<void> => {
    const { signal } = own;
    const tell = (label: string, done?: number, total?: number): void => {
      if (!signal.aborted) setTold({ busy: { label, ...(total === undefined ? {} : { done: done ?? 0, total }) } });
    };
    const isLatest = (): boolean => latest.current === own;
    const save: Under['save'] = (...file) => saveUntil(signal, file);
    try {
      await make({ client: client.until(signal), signal, tell, isLatest, save });
      if (!signal.aborted) end({ outcome: 'done' });
    } catch (error) {
      if (!signal.aborted) end({ error });
    }
  };
  return {
    ...{ busy: told.busy, outcome: told.outcome, error: told.error, place },
    start: (label, make) => {
      if (running.current !== undefined) return;
      running.current = latest.current = new AbortController();
      setTold({ busy: { label } });
      void run(running.current, make);
    },
    cancel: () => {
      running.current?.abort();
      end({ outcome: 'cancelled' });
    },
  };
}
