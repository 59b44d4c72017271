import type { Logger } from 'pino';
import {
  cosignedCheckpoint,
  formatNote,
  isLedgerError,
  parseNote,
  toHex,
  type Checkpoint,
  type NoteSignature,
} from '@carbon-ledger/core';
import type { CheckpointKeeper, PublishedCheckpoint } from '../log/checkpoint-keeper';
import type { LogTree } from '@carbon-ledger/auditor/stored';
import type { Cosigner, Cosigners } from '../projection/cosigners';
import type { ProofFile } from '../witness';
import { isOf } from './cosigner';
import { publicKeyOf } from './policy-book';

export interface CosignedCheckpointsParts {
  readonly cosigners: Cosigners;
  readonly log: LogTree;
  readonly checkpoints: CheckpointKeeper;
  /** Does a note hold the cosignatures that a checkpoint needs before it is kept for receipts? */
  readonly isCosigned: (note: string) => boolean;
  readonly file: ProofFile;
  readonly logger: Logger;
}

/** What one organisation last said, and whether this gateway's own blocks bear it out. */
export interface CosignerView {
  readonly organisation: string;
  readonly key: string;
  /** Number of records. */
  readonly size: string;
  /** Hex. */
  readonly root: string;
  readonly agrees: boolean;
  /** Another organisation is registered with the same public key: together they count once. */
  readonly sharesKey: boolean;
}

/**
 * Puts together what organisations cosigned of the same checkpoint, and keeps the last that enough of them signed. A
 * root that one's own blocks do not bear out is never joined to a note: it is told, for it is a split view.
 */
export class CosignedCheckpoints {
  readonly #parts: CosignedCheckpointsParts;
  #views: readonly CosignerView[] = [];
  #lines = new Map<number, readonly NoteSignature[]>();
  #final: PublishedCheckpoint | undefined;
  #isLoaded = false;
  #waiting: ((checkpoint: PublishedCheckpoint) => void)[] = [];
  #refreshing: Promise<void> = Promise.resolve();

  constructor(parts: CosignedCheckpointsParts) {
    this.#parts = parts;
  }

  get views(): readonly CosignerView[] {
    return this.#views;
  }

  /** The last checkpoint that enough organisations cosigned. */
  get final(): PublishedCheckpoint | undefined {
    return this.#final;
  }

  /** The same checkpoint with every cosignature of it that is known. */
  withCosignatures(checkpoint: PublishedCheckpoint): PublishedCheckpoint {
    const lines = this.#lines.get(checkpoint.size);
    if (lines === undefined) return checkpoint;
    const { text, signatures } = parseNote(checkpoint.note);
    return { ...checkpoint, note: formatNote({ text, signatures: [...signatures, ...lines] }) };
  }

  /** Resolves with the last one that enough cosigned, as soon as there is one. */
  newest(): Promise<PublishedCheckpoint> {
    if (this.#final !== undefined) return Promise.resolve(this.#final);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Call when somebody has cosigned, and once at the start; {@link settled} waits for it. */
  refresh(): void {
    this.#refreshing = this.#refreshing
      .then(() => this.#gather())
      .catch((error: unknown) => {
        this.#parts.logger.error({ err: error }, 'gathering cosignatures');
      });
  }

  /** Resolves when nothing is read for it any more. */
  settled(): Promise<void> {
    return this.#refreshing;
  }

  async #gather(): Promise<void> {
    const agreed = new Map<number, NoteSignature[]>();
    const views: CosignerView[] = [];
    const cosigners = this.#parts.cosigners.all();
    const keys = cosigners.map(({ key }) => publicKeyOf(key));
    for (const [index, cosigner] of cosigners.entries()) {
      const checkpoint = cosignedCheckpoint(cosigner);
      const agrees = await isOf(this.#parts.log, checkpoint);
      const sharesKey = keys.indexOf(keys[index] ?? '') !== keys.lastIndexOf(keys[index] ?? '');
      views.push({ ...viewOf(cosigner, checkpoint), agrees, sharesKey });
      if (!agrees) this.#warn(cosigner.mspId, checkpoint);
      else {
        const size = Number(checkpoint.size);
        agreed.set(size, [...(agreed.get(size) ?? []), ...parseNote(cosigner.note).signatures]);
      }
    }
    this.#views = views;
    this.#lines = agreed;
    this.#load();
    await this.#finish([...agreed.keys()]);
  }

  #warn(organisation: string, checkpoint: Checkpoint): void {
    const size = checkpoint.size.toString();
    this.#parts.logger.error({ organisation, size }, 'an organisation cosigned another log than its blocks give here');
  }

  /** What was kept under another quorum or other keys would be believed by nobody. */
  #load(): void {
    if (this.#isLoaded) return;
    this.#isLoaded = true;
    const { final } = this.#parts.file.read();
    if (final !== undefined && this.#parts.isCosigned(final.note)) this.#keep(final);
  }

  async #finish(sizes: readonly number[]): Promise<void> {
    for (const size of [...sizes].sort((a, b) => b - a)) {
      if (size === 0 || size < (this.#final?.size ?? 0)) return;
      const signed = await this.#signed(size);
      if (signed === undefined) return;
      const checkpoint = this.withCosignatures(signed);
      if (!this.#parts.isCosigned(checkpoint.note)) continue;
      this.#parts.file.write({ final: checkpoint });
      this.#keep(checkpoint);
      return;
    }
  }

  #keep(checkpoint: PublishedCheckpoint): void {
    this.#final = checkpoint;
    for (const resolve of this.#waiting.splice(0)) resolve(checkpoint);
  }

  /** Undefined while this gateway signs nothing: the keeper tells why. */
  async #signed(size: number): Promise<PublishedCheckpoint | undefined> {
    try {
      return await this.#parts.checkpoints.at(size);
    } catch (error) {
      if (isLedgerError(error)) return undefined;
      throw error;
    }
  }
}

function viewOf({ mspId, key }: Cosigner, { size, rootHash }: Checkpoint): Omit<CosignerView, 'agrees' | 'sharesKey'> {
  return { organisation: mspId, key, size: size.toString(), root: toHex(rootHash) };
}
