import {
  assertPurgeOrdered,
  formatRecordId,
  keptUntil,
  LedgerError,
  MOST_PURGED,
  type PurgeRequest,
  type PurgeSignature,
} from '@carbon-ledger/core';
import type { Committed, LedgerPort } from '../ledger';
import type { AnchoredEntry, LogTree, SubmissionEntry } from '@carbon-ledger/auditor/stored';
import type { Parties } from '../projection/parties';

/** A transaction whose private figures may go. */
interface DueTransaction {
  readonly txId: string;
  readonly anchoredAt: string;
  /** Records with private figures. */
  readonly records: number;
}

interface DuePage {
  readonly transactions: readonly DueTransaction[];
  /** Log index to go on from; absent at the end of what is due. */
  readonly next?: number;
}

/** What is looked at of a record. */
interface KeptEntry extends Pick<AnchoredEntry, 'txId' | 'anchoredAt' | 'submission'> {
  readonly record: Pick<AnchoredEntry['record'], 'figuresRoot'>;
}

/** What the desk reads of the projection. */
export interface KeptRecords {
  readonly log: Pick<LogTree, 'size' | 'leaf'>;
  readonly reader: {
    record(id: string): Promise<KeptEntry | undefined>;
    /** Defined for a transaction whose private figures were purged. */
    purged(txId: string): Promise<object | undefined>;
    submission(id: string): Promise<Pick<SubmissionEntry, 'signedAt'> | undefined>;
  };
}

/** Records that are looked at for one page. */
export const RECORDS_PER_PAGE = 2_000;

export interface RetentionDeskParts {
  readonly projection: KeptRecords;
  readonly ledger: Pick<LedgerPort, 'submit'>;
  readonly parties: Pick<Parties, 'find'>;
  readonly founder: string;
  readonly ledgerId: string;
  readonly clock: () => Date;
}

/** Finds what was kept long enough, in the order of the log, and has the contract purge it. */
export class RetentionDesk {
  readonly #parts: RetentionDeskParts;

  constructor(parts: RetentionDeskParts) {
    this.#parts = parts;
  }

  /**
   * At most as many as one purge takes. Each is judged by all of its submissions, as the contract does. The log is in the
   * order of time but for clocks; the contract decides.
   */
  async due(from: number, years: number): Promise<DuePage> {
    const now = this.#parts.clock().toISOString();
    const { log } = this.#parts.projection;
    const transactions: DueTransaction[] = [];
    let index = from;
    while (index < Math.min(from + RECORDS_PER_PAGE, log.size)) {
      const entries = await this.#transactionAt(index);
      const held = await this.#held(entries);
      const [first] = held;
      if (first !== undefined) {
        if (keptUntil(await this.#signedAt(entries), years) > now) return { transactions };
        if (transactions.length === MOST_PURGED) return { transactions, next: index };
        transactions.push({ txId: first.txId, anchoredAt: first.anchoredAt, records: held.length });
      }
      index += entries.length;
    }
    return { transactions, ...(index < log.size ? { next: index } : {}) };
  }

  /**
   * Only as the founding authority has signed it: what is purged is lost for good.
   * @throws LedgerError KEY_UNKNOWN, KEY_NOT_VALID, SIGNATURE_INVALID, SIGNED_TIME_OUT_OF_RANGE, RETENTION_RUNNING, NOT_FOUND,
   *   WRONG_MSP, and what submitting throws
   */
  async purge({ transactions, years, ...order }: PurgeRequest & PurgeSignature): Promise<Committed> {
    const request = { transactions: [...transactions].sort(), years };
    await this.#assertOrdered(request, order);
    return this.#parts.ledger.submit({ name: 'purge', args: [JSON.stringify(request), JSON.stringify(order)] });
  }

  /** Told at once, and in better words than a contract's; the contract asks again. */
  async #assertOrdered(request: PurgeRequest, order: PurgeSignature): Promise<void> {
    const { clock, founder, ledgerId: ledger, parties } = this.#parts;
    const time = clock()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
    assertPurgeOrdered(request, order, await parties.find(founder), { ledger, founder, time });
  }

  async #entry(index: number): Promise<KeptEntry> {
    const { log, reader } = this.#parts.projection;
    const entry = await reader.record(formatRecordId(await log.leaf(index)));
    if (entry === undefined) throw new LedgerError('STORE_CORRUPT', `Record ${String(index)} of the log is missing.`);
    return entry;
  }

  /** The records of one transaction, which stand side by side in the log, from this one on. */
  async #transactionAt(first: number): Promise<KeptEntry[]> {
    const entries = [await this.#entry(first)];
    for (let index = first + 1; index < this.#parts.projection.log.size; index++) {
      const entry = await this.#entry(index);
      if (entry.txId !== entries[0]?.txId) break;
      entries.push(entry);
    }
    return entries;
  }

  /** Records whose private figures are not purged yet. */
  async #held(entries: readonly KeptEntry[]): Promise<KeptEntry[]> {
    const held = entries.filter(({ record }) => record.figuresRoot !== null);
    const purged = await this.#parts.projection.reader.purged(held[0]?.txId ?? '');
    return purged === undefined ? held : [];
  }

  #signedAt(entries: readonly KeptEntry[]): Promise<string[]> {
    const submissions = [...new Set(entries.map(({ submission }) => submission))];
    return Promise.all(
      submissions.map(async (id) => (await this.#parts.projection.reader.submission(id))?.signedAt ?? ''),
    );
  }
}
