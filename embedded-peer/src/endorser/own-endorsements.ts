import type { Endorsement } from '../block/transaction';
import { sha256 } from '../proto/bytes';

const REMEMBERED = 8192;

function digest(responsePayload: Uint8Array, { endorser, signature }: Endorsement): string {
  return sha256(responsePayload, endorser, signature).toString('latin1');
}

/**
 * The latest endorsements this process has made. The validator need not check a signature that was made here a moment
 * ago over the same bytes; any other endorsement, and any after a restart, is checked.
 */
export class OwnEndorsements {
  readonly #digests = new Set<string>();

  remember(responsePayload: Uint8Array, endorsement: Endorsement): void {
    if (this.#digests.size >= REMEMBERED) this.#digests.clear();
    this.#digests.add(digest(responsePayload, endorsement));
  }

  has(responsePayload: Uint8Array, endorsement: Endorsement): boolean {
    return this.#digests.has(digest(responsePayload, endorsement));
  }
}
