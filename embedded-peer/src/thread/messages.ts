import type { EmbeddedPeerOptions } from '../options';
import type { EmbeddedPeer } from '../start';

/** Options that can be sent to another thread: it brings its own contracts and its own clock. */
export type ThreadOptions = Omit<EmbeddedPeerOptions, 'contracts' | 'clock' | 'onBlock'>;

/** What an error is on its way between threads. */
export interface SentError {
  readonly code?: string;
  readonly message: string;
}

/** Asked of the thread once it serves. */
export type Request = 'close';

export type Report =
  | {
      readonly tell: 'ready';
      readonly peer: Omit<EmbeddedPeer, 'height' | 'failed' | 'close'>;
      readonly height: bigint;
    }
  | { readonly tell: 'refused'; readonly error: SentError }
  | { readonly tell: 'height'; readonly height: bigint }
  | { readonly tell: 'failed'; readonly error: SentError };
