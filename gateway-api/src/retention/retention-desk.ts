import { formatRecordId, keptUntil, LedgerError, MOST_PURGED, type PurgeRequest } from '@carbon-ledger/core';
import type { Committed, LedgerPort } from '../ledger';
import type { AnchoredEntry } from '../projection/entries';
import type { Projection } from '../projection/projection';

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

/** Records that are looked at for one page. */
const PER_PAGE = 2_000;

/** Finds what was kept long enough, in the order of the log, and has the contract purge it. */
export class RetentionDesk {
  readonly #projection: Projection;
  readonly #ledger: LedgerPort;
  readonly #clock: () => Date;

  constructor(projection: Projection, ledger: LedgerPort, clock: () => Date) {
    this.#projection = projection;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** At most as many as one purge takes. The log is in the order of time but for clocks; the contract decides. */
  async due(from: number, years: number): Promise<DuePage> {
    const now = this.#clock().toISOString();
    const { log } = this.#projection;
    const end = Math.min(from + PER_PAGE, log.size);
    const found = new Map<string, DueTransaction>();
    for (let index = from; index < end; index++) {
      const entry = await this.#entry(index);
      if (!(await this.#isHeld(entry))) continue;
      if (keptUntil([await this.#signedAt(entry)], years) > now) return page(found);
      if (found.size === MOST_PURGED && !found.has(entry.txId)) return page(found, index);
      const { txId, anchoredAt } = entry;
      found.set(txId, { txId, anchoredAt, records: (found.get(txId)?.records ?? 0) + 1 });
    }
    return page(found, end < log.size ? end : undefined);
  }

  /** @throws LedgerError RETENTION_RUNNING, NOT_FOUND, WRONG_MSP, and what submitting throws */
  purge({ transactions, years }: PurgeRequest): Promise<Committed> {
    const request = JSON.stringify({ transactions: [...transactions].sort(), years });
    return this.#ledger.submit({ name: 'purge', args: [request] });
  }

  async #entry(index: number): Promise<AnchoredEntry> {
    const { log, reader } = this.#projection;
    const entry = await reader.record(formatRecordId(await log.leaf(index)));
    if (entry === undefined) throw new LedgerError('STORE_CORRUPT', `Record ${String(index)} of the log is missing.`);
    return entry;
  }

  async #isHeld({ record, txId }: AnchoredEntry): Promise<boolean> {
    return record.figuresRoot !== null && (await this.#projection.reader.purged(txId)) === undefined;
  }

  async #signedAt({ submission }: AnchoredEntry): Promise<string> {
    return (await this.#projection.reader.submission(submission))?.signedAt ?? '';
  }
}

function page(found: ReadonlyMap<string, DueTransaction>, next?: number): DuePage {
  return { transactions: [...found.values()], ...(next === undefined ? {} : { next }) };
}
