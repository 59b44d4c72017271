import { packReceipt, verifyReceipt, type Receipt } from '@carbon-ledger/core';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { PolicyBook } from '../cosigning';
import { KeptReceipts } from './kept-receipts';
import { certificateMaker, type CertificateMaker } from './maker';

export interface CertificateDeskOptions {
  /** Where the receipts of issued certificates are kept. */
  readonly folder: string;
  readonly policies: Pick<PolicyBook, 'policy' | 'isReachable'>;
  /** Address of this service as others reach it. */
  readonly site: () => string;
}

/**
 * Issues certificates. The log grows, and a receipt of today stands under another checkpoint than one of tomorrow; so that a record has
 * one certificate and not many, its receipt is kept from the first one on that holds all that the policy asks for.
 */
export class CertificateDesk {
  readonly #kept: KeptReceipts;
  readonly #policies: CertificateDeskOptions['policies'];
  readonly #site: () => string;
  readonly #maker: CertificateMaker = certificateMaker();
  /** One after another: each takes a core for a quarter of a second. */
  #last: Promise<unknown> = Promise.resolve();

  constructor({ folder, policies, site }: Readonly<CertificateDeskOptions>) {
    this.#kept = new KeptReceipts(folder);
    this.#policies = policies;
    this.#site = site;
  }

  /** @param make the receipt that the service would give out now */
  issue(
    { id, anchoredAt }: Pick<AnchoredEntry, 'id' | 'anchoredAt'>,
    language: 'zh' | 'en',
    make: () => Promise<Receipt>,
  ): Promise<Uint8Array> {
    const issued = this.#last.then(async () => {
      const receipt = await this.#receipt(id, make);
      const statement = { language, site: this.#site(), anchoredAt: { [id]: anchoredAt } };
      return this.#maker.make({ receipts: [receipt], statement });
    });
    this.#last = issued.catch(() => undefined);
    return issued;
  }

  /** After the one that is being made. */
  async close(): Promise<void> {
    await this.#last;
    await this.#maker.close();
  }

  async #receipt(id: string, make: () => Promise<Receipt>): Promise<Uint8Array> {
    const kept = await this.#kept.read(id);
    if (kept !== undefined && this.#isWhole(id, kept)) return kept;
    const made = packReceipt(await make());
    if (this.#isWhole(id, made)) await this.#kept.write(id, made);
    return made;
  }

  /** Whether a receipt is about this record and passes: what was kept is read as if a stranger had given it. */
  #isWhole(id: string, receipt: Uint8Array): boolean {
    if (!this.#policies.isReachable) return false;
    const { result, record } = verifyReceipt({ receipt, policy: this.#policies.policy });
    return result === 'PASS' && record?.id === id;
  }
}
