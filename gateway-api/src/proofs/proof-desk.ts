import type { FigureProofParts } from '@carbon-ledger/core';
import { paperMaker, type PaperMaker } from '../certificates/maker';

/**
 * Makes figure proofs, one after another and on a thread of their own: what a plant's year rests on is megabytes, and to open and pack
 * them takes a core for seconds, in which nobody else would be answered.
 */
export class ProofDesk {
  readonly #maker: PaperMaker;
  #last: Promise<unknown> = Promise.resolve();

  constructor(maker: PaperMaker = paperMaker()) {
    this.#maker = maker;
  }

  /** @throws LedgerError what `makeFigureProof` and `packFigureProof` throw */
  make(of: FigureProofParts): Promise<Uint8Array> {
    const made = this.#last.then(() => this.#maker.make({ paper: 'figure-proof', of }));
    this.#last = made.catch(() => undefined);
    return made;
  }

  /** After the one that is being made. */
  async close(): Promise<void> {
    await this.#last;
    await this.#maker.close();
  }
}
