import { utf8Decode, type Trace } from '@carbon-ledger/core';
import { paperMaker, type PaperMaker } from '../certificates/maker';
import type { PaperRequest, SentProofParts, TraceDrawing } from '../certificates/paper';

/**
 * Makes figure proofs and drawings of traces, one after another and on a thread of their own: what a plant's year rests on is megabytes,
 * and to open, pack or draw it takes a core for seconds, in which nobody else would be answered.
 */
export class ProofDesk {
  readonly #maker: PaperMaker;
  #last: Promise<unknown> = Promise.resolve();

  constructor(maker: PaperMaker = paperMaker('proof')) {
    this.#maker = maker;
  }

  /** Loads what the first proof would wait for. */
  begin(): void {
    this.#maker.begin();
  }

  /** @throws LedgerError what `makeFigureProof` and `packFigureProof` throw */
  make(of: SentProofParts): Promise<Uint8Array> {
    return this.#inTurn({ paper: 'figure-proof', of });
  }

  async draw(of: Trace, as: TraceDrawing, depth: number | undefined): Promise<string> {
    return utf8Decode(await this.#inTurn({ paper: 'drawing', of, as, ...(depth === undefined ? {} : { depth }) }));
  }

  #inTurn(request: PaperRequest): Promise<Uint8Array> {
    const made = this.#last.then(() => this.#maker.make(request));
    this.#last = made.catch(() => undefined);
    return made;
  }

  /** After the one that is being made. */
  async close(): Promise<void> {
    await this.#last;
    await this.#maker.close();
  }
}
