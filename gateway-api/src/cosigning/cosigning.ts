import type { CosignedCheckpoints } from './cosigned-checkpoints';
import type { Cosigner } from './cosigner';
import type { PolicyBook } from './policy-book';

export interface CosigningParts {
  /** Undefined where this organisation does not cosign; what others cosign is gathered all the same. */
  readonly own: Cosigner | undefined;
  readonly checkpoints: CosignedCheckpoints;
  readonly policies: PolicyBook;
  /** Told each policy that can be pinned, the first one included. */
  readonly onPolicy: () => void;
}

/** Organisations as witnesses of one log, as one gateway sees and serves them. */
export class Cosigning {
  readonly #parts: CosigningParts;
  #told = '';

  constructor(parts: CosigningParts) {
    this.#parts = parts;
  }

  /** Whether any organisation cosigns, this one or another. */
  get isAsked(): boolean {
    const { own, checkpoints } = this.#parts;
    return own !== undefined || checkpoints.views.length > 0;
  }

  /** Call once the log has caught up with the ledger. */
  async start(): Promise<void> {
    const { own, checkpoints } = this.#parts;
    await own?.start();
    this.#tell();
    checkpoints.refresh();
  }

  onBlock(records: number, cosigned: number): void {
    const { own, checkpoints, policies } = this.#parts;
    if (cosigned > 0) {
      policies.refresh();
      this.#tell();
      checkpoints.refresh();
    }
    if (records + cosigned > 0) own?.nudge();
  }

  async stop(): Promise<void> {
    await this.#parts.own?.stop();
  }

  /** Nothing is read any more once this resolves; call when no checkpoint is signed and no block read any more. */
  settled(): Promise<void> {
    return this.#parts.checkpoints.settled();
  }

  #tell(): void {
    const { policies, onPolicy } = this.#parts;
    if (!policies.isReachable || policies.id === this.#told) return;
    this.#told = policies.id;
    onPolicy();
  }
}
