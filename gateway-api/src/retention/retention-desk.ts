import { formatRecordId, keptUntil, LedgerError, MOST_PURGED, type PurgeRequest } from '@carbon-ledger/core';
import type { Committed, LedgerPort } from '../ledger';
import type { LogTree } from '../log/log-tree';
import type { AnchoredEntry, SubmissionEntry } from '../projection/entries';

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
const PER_PAGE = 2_000;

/** Finds what was kept long enough, in the order of the log, and has the contract purge it. */
export class RetentionDesk {
  readonly #projection: KeptRecords;
  readonly #ledger: Pick<LedgerPort, 'submit'>;
  readonly #clock: () => Date;

  constructor(projection: KeptRecords, ledger: Pick<LedgerPort, 'submit'>, clock: () => Date) {
    this.#projection = projection;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /**
   * At most as many as one purge takes. Each is judged by all of its submissions, as the contract does. The log is in the
   * order of time but for clocks; the contract decides.
   */
  async due(from: number, years: number): Promise<DuePage> {
    const now = this.#clock().toISOString();
    const { log } = this.#projection;
    const transactions: DueTransaction[] = [];
    let index = from;
    while (index < Math.min(from + PER_PAGE, log.size)) {
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

  /** @throws LedgerError RETENTION_RUNNING, NOT_FOUND, WRONG_MSP, and what submitting throws */
  purge({ transactions, years }: PurgeRequest): Promise<Committed> {
    const request = JSON.stringify({ transactions: [...transactions].sort(), years });
    return this.#ledger.submit({ name: 'purge', args: [request] });
  }

  async #entry(index: number): Promise<KeptEntry> {
    const { log, reader } = this.#projection;
    const entry = await reader.record(formatRecordId(await log.leaf(index)));
    if (entry === undefined) throw new LedgerError('STORE_CORRUPT', `Record ${String(index)} of the log is missing.`);
    return entry;
  }

  /** The records of one transaction, which stand side by side in the log, from this one on. */
  async #transactionAt(first: number): Promise<KeptEntry[]> {
    const entries = [await this.#entry(first)];
    for (let index = first + 1; index < this.#projection.log.size; index++) {
      const entry = await this.#entry(index);
      if (entry.txId !== entries[0]?.txId) break;
      entries.push(entry);
    }
    return entries;
  }

  /** Records whose private figures are not purged yet. */
  async #held(entries: readonly KeptEntry[]): Promise<KeptEntry[]> {
    const held = entries.filter(({ record }) => record.figuresRoot !== null);
    const purged = await this.#projection.reader.purged(held[0]?.txId ?? '');
    return purged === undefined ? held : [];
  }

  #signedAt(entries: readonly KeptEntry[]): Promise<string[]> {
    const submissions = [...new Set(entries.map(({ submission }) => submission))];
    return Promise.all(submissions.map(async (id) => (await this.#projection.reader.submission(id))?.signedAt ?? ''));
  }
}
