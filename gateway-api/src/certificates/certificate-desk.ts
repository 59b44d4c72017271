import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import {
  canonicalize,
  LedgerError,
  packReceipt,
  verifyReceipt,
  type CertifiedFolder,
  type Receipt,
} from '@carbon-ledger/core';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { PolicyBook } from '../cosigning';
import type { CertificateRequest } from '@carbon-ledger/reports';
import { KeptReceipts } from './kept-receipts';
import { paperMaker, type PaperMaker } from './maker';
import type { PaperRequest } from './paper';

export interface CertificateDeskOptions {
  /** Where the receipts of issued certificates are kept. */
  readonly folder: string;
  readonly policies: Pick<PolicyBook, 'policy' | 'isReachable'>;
  /** Address of this service as others reach it. */
  readonly site: () => string;
}

/** The one that is being made, and those who wait for it: the last of them has its own within a second. */
const MOST_UNDER_WAY = 3;
/** About two hundred certificates. */
const MOST_REMEMBERED_BYTES = 32 * 1024 * 1024;

/**
 * Issues certificates, and reports of traces. The log grows, and a receipt of today stands under another checkpoint than one of tomorrow;
 * so that a record has one certificate and not many, its receipt is kept from the first one on that holds all that the policy asks for.
 */
export class CertificateDesk {
  readonly #kept: KeptReceipts;
  readonly #policies: CertificateDeskOptions['policies'];
  readonly #site: () => string;
  readonly #maker: PaperMaker = paperMaker('pdf');
  /** One after another: each takes a core for a quarter of a second. */
  #last: Promise<unknown> = Promise.resolve();
  #underWay = 0;
  readonly #finished = new LRUCache<string, Uint8Array>({
    maxSize: MOST_REMEMBERED_BYTES,
    sizeCalculation: (bytes) => bytes.length,
  });

  constructor({ folder, policies, site }: Readonly<CertificateDeskOptions>) {
    this.#kept = new KeptReceipts(folder);
    this.#policies = policies;
    this.#site = site;
  }

  /**
   * @param make the receipt that the service would give out now
   * @throws LedgerError RATE_LIMITED where too many wait already, and what `makeCertificate` throws
   */
  async issue(
    { id, anchoredAt }: Pick<AnchoredEntry, 'id' | 'anchoredAt'>,
    language: 'zh' | 'en',
    make: () => Promise<Receipt>,
  ): Promise<Uint8Array> {
    return this.#inTurn(async () => {
      const receipt = await this.#receipt(id, make);
      const statement = { language, site: this.#site(), anchoredAt: { [id]: anchoredAt } };
      return this.#made(receipt, statement);
    });
  }

  /**
   * One certificate for a folder. Each record has the receipt that its own certificate would hold, so that a folder has one certificate too.
   * @param receiptOf the receipt that the service would give out now of a record
   * @throws LedgerError RATE_LIMITED, and what `makeCertificate` throws
   */
  async issueForFolder(
    { folder, records, anchoredAt }: CertifiedFolder,
    language: 'zh' | 'en',
    receiptOf: (record: string) => Promise<Receipt>,
  ): Promise<Uint8Array> {
    const receipts: Uint8Array[] = [];
    for (const id of records) receipts.push(await this.#receipt(id, () => receiptOf(id)));
    const statement = { language, site: this.#site(), anchoredAt, folder };
    return this.#inTurn(() => this.#maker.make({ paper: 'certificate', of: { receipts, statement } }));
  }

  /**
   * 追溯报告 of a trace, as far as it is open to who asked for it; 对账报告 and 检查报告 of what was sent.
   * @throws LedgerError RATE_LIMITED where too many wait already, and what making it throws
   */
  async report(request: Exclude<PaperRequest, { readonly paper: 'certificate' }>): Promise<Uint8Array> {
    return this.#inTurn(() => this.#maker.make(request));
  }

  async #inTurn(make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    if (this.#underWay >= MOST_UNDER_WAY)
      throw new LedgerError('RATE_LIMITED', 'Too many papers are being made; ask again in a second.', {
        details: { retryAfter: 1 },
      });
    this.#underWay += 1;
    const made = this.#last.then(make);
    this.#last = made
      .catch(() => undefined)
      .then(() => {
        this.#underWay -= 1;
      });
    return made;
  }

  /** Loads what the first certificate would wait for. */
  begin(): void {
    this.#maker.begin();
  }

  /** After the one that is being made. */
  async close(): Promise<void> {
    await this.#last;
    await this.#maker.close();
  }

  /** The same receipt and statement have the same bytes, so they are made once while they are remembered. */
  async #made(receipt: Uint8Array, statement: CertificateRequest['statement']): Promise<Uint8Array> {
    const name = createHash('sha256').update(receipt).update(canonicalize(statement)).digest('hex');
    const bytes =
      this.#finished.get(name) ??
      (await this.#maker.make({ paper: 'certificate', of: { receipts: [receipt], statement } }));
    this.#finished.set(name, bytes);
    return bytes;
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
