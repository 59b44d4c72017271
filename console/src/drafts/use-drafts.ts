import { useEffect, useMemo, useRef, useState } from 'react';
import { useSession } from '../app/ledger-hooks';
import { Drafts, type Draft } from './store';

/** Drafts of the key that is open; undefined while none is. */
export function useDrafts(): Drafts | undefined {
  const { identity, keys } = useSession();
  const keyId = identity?.key.keyId;
  return useMemo(
    () => (keys === undefined || keyId === undefined ? undefined : new Drafts(localStorage, keys, keyId)),
    [keys, keyId],
  );
}

export type Keeping = 'nothing' | 'kept' | 'failed';

const AFTER_MS = 600;

/** Keeps what is being filled in, a moment after the last change. `undefined`: there is nothing to keep. */
export function useKeepDraft(draft: Omit<Draft, 'savedAt'> | undefined): Keeping {
  const drafts = useDrafts();
  const [keeping, setKeeping] = useState<Keeping>('nothing');
  const last = useRef(draft);
  last.current = draft;
  const content = draft === undefined ? undefined : JSON.stringify(draft);
  useEffect(() => {
    if (content === undefined || drafts === undefined) return;
    const timer = window.setTimeout(() => {
      const value = last.current;
      if (value === undefined) return;
      void drafts.save({ ...value, savedAt: new Date().toISOString() }).then((isKept) => {
        setKeeping(isKept ? 'kept' : 'failed');
      });
    }, AFTER_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [content, drafts]);
  return keeping;
}
