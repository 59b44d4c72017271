import { utf8Decode, type CosignerState } from '@carbon-ledger/core';
import { prefixes, type Store } from '@carbon-ledger/auditor/stored';

/** What an organisation cosigned last, as the contract keeps it. */
export interface Cosigner extends CosignerState {
  readonly mspId: string;
}

/** More organisations than any channel has. */
const MOST = 1_000;

/** Organisations that cosign the log; a few, all at hand. */
export class Cosigners {
  readonly #known = new Map<string, Cosigner>();

  static async open(store: Store): Promise<Cosigners> {
    const cosigners = new Cosigners();
    for (const [key, text] of await store.range({ prefix: prefixes.cosigners, limit: MOST })) {
      const mspId = key.slice(prefixes.cosigners.length);
      cosigners.take([{ mspId, ...(JSON.parse(text) as CosignerState) }]);
    }
    return cosigners;
  }

  /** Call when a block changed them. */
  take(changed: readonly Cosigner[]): void {
    for (const cosigner of changed) this.#known.set(cosigner.mspId, cosigner);
  }

  of(mspId: string): Cosigner | undefined {
    return this.#known.get(mspId);
  }

  /** By organisation's name. */
  all(): Cosigner[] {
    return [...this.#known.values()].sort((a, b) => (a.mspId < b.mspId ? -1 : 1));
  }
}

/** The value that the contract wrote. */
export function parseCosigner(value: Uint8Array): CosignerState {
  const { key, note, proof } = JSON.parse(utf8Decode(value)) as CosignerState;
  return { key, note, proof };
}
