import type { ReactElement, ReactNode } from 'react';
import { useFocusOn } from './use-focus';

interface ToldProps {
  /** What it is about: another one takes the focus anew. Nothing is shown while it is undefined. */
  readonly of: unknown;
  readonly children: ReactNode;
}

/** What came of what somebody pressed, which has the focus when it comes. */
export function Told({ of, children }: ToldProps): ReactElement | null {
  const place = useFocusOn<HTMLDivElement>(of);
  if (of === undefined) return null;
  return (
    <div tabIndex={-1} ref={place} data-told="">
      {children}
    </div>
  );
}
