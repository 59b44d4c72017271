import type { Projection } from './projection';

/** Resolves once so many blocks are in, or the signal aborts. */
export function reached(
  projection: Pick<Projection, 'height' | 'onBlock'>,
  height: bigint,
  signal: AbortSignal,
): Promise<void> {
  if (projection.height >= height || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      stopListening();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const stopListening = projection.onBlock(() => {
      if (projection.height >= height) finish();
    });
    signal.addEventListener('abort', finish, { once: true });
  });
}
