import type { CommitError, CommitEvent, CommitListener } from 'fabric-network';

/** A listener for one transaction, and the validation code that it hears; `stop` is told when it need not listen on. */
export function commitListener(stop: (listener: CommitListener) => void): {
  readonly listener: CommitListener;
  readonly committed: Promise<string>;
} {
  let settle: (error: CommitError | undefined, event: CommitEvent | undefined) => void = () => undefined;
  const listener: CommitListener = (error, event) => {
    stop(listener);
    settle(error, event);
  };
  const committed = new Promise<string>((resolve, reject) => {
    settle = (error, event) => {
      if (event === undefined) reject(error ?? new Error('the event stream broke'));
      else resolve(event.status);
    };
  });
  // It may break before anybody waits for it.
  committed.catch(() => undefined);
  return { listener, committed };
}
