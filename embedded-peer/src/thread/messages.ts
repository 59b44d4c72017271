import type { EmbeddedPeerOptions } from '../options';
import type { EmbeddedPeer } from '../start';

/** Options that can be sent to another thread: it brings its own contracts and its own clock. */
export type ThreadOptions = Omit<EmbeddedPeerOptions, 'contracts' | 'clock' | 'onBlock'>;

/** Asked of the thread once it serves. */
export type Request = 'close';

/** Errors as text: `sentError`. */
export type Report =
  | {
      readonly tell: 'ready';
      readonly peer: Omit<EmbeddedPeer, 'height' | 'failed' | 'close'>;
      readonly height: bigint;
    }
  | { readonly tell: 'refused'; readonly error: string }
  | { readonly tell: 'height'; readonly height: bigint }
  | { readonly tell: 'failed'; readonly error: string };
