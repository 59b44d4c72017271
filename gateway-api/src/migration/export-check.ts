import {
  earlierCheckpoint,
  emptyView,
  equalBytes,
  isLedgerError,
  judgeBatch,
  LedgerError,
  OverlayView,
  type EarlierTransaction,
  type Fault,
  type LedgerRecord,
  type PartyState,
  type Rulebooks,
} from '@carbon-ledger/core';
import type { ExportHeader } from './export-format';
import { ExportTrees } from './trees';

/** Faults that are told; after so many the rest of a file says little. */
const MOST_FAULTS = 100;

/** The founder's party record as the export holds it last. */
export interface FounderRecord {
  readonly record: LedgerRecord;
  readonly logIndex: number;
  readonly state: PartyState;
}

export interface ExportCheckOptions {
  /** No transaction may be later than it says; default: the machine's. */
  readonly clock?: (() => Date) | undefined;
  /** Editions of the rules that are known; default: those of this build. */
  readonly books?: Rulebooks | undefined;
}

/**
 * Judges an export transaction by transaction, as the ledger will that takes it: every signature, citation, version and
 * figure at its own time, and in the end the checkpoint over all of it.
 */
export class ExportCheck {
  readonly header: ExportHeader;
  readonly trees: ExportTrees;
  readonly faults: Fault[] = [];
  readonly #clock: () => Date;
  readonly #books: Rulebooks | undefined;
  #founder: FounderRecord | undefined;
  readonly #state = new OverlayView(emptyView);

  private constructor(header: ExportHeader, trees: ExportTrees, { clock, books }: ExportCheckOptions) {
    this.#clock = clock ?? ((): Date => new Date());
    this.#books = books;
    this.header = header;
    this.trees = trees;
  }

  static async open(header: ExportHeader, options: ExportCheckOptions = {}): Promise<ExportCheck> {
    return new ExportCheck(header, await ExportTrees.open(), options);
  }

  get founder(): FounderRecord {
    if (this.#founder === undefined)
      throw new LedgerError('EXPORT_DAMAGED', `it does not hold the party record of ${this.header.founder}`);
    return this.#founder;
  }

  /** True while it is worth going on. */
  get isHopeful(): boolean {
    return this.faults.length < MOST_FAULTS;
  }

  /** Takes the next transaction. @param figures private figures by record id */
  async add(transaction: EarlierTransaction, figures: Readonly<Record<string, unknown>>): Promise<void> {
    const { ledger, founder } = this.header;
    const { records, transactions } = this.trees;
    const now = this.#clock().toISOString();
    const context = await this.trees.context([transaction]);
    const batch = { transactions: [transaction], figures, context, now, books: this.#books };
    const judged = await judgeBatch(batch, this.#state, { ledger, founder }, records.size === 0);
    const at = `/transactions/${String(transactions.size)}`;
    const faults = [...judged.late, ...judged.refused.flatMap((one) => one.faults)];
    this.#tell(faults.map((fault) => ({ ...fault, path: fault.path.replace('/transactions/0', at) })));
    this.#state.absorb(judged.view);
    this.#noteFounder(transaction, await this.#state.get('party', founder));
    await this.trees.add(transaction, judged.figures);
  }

  /** Holds what was added to the signed checkpoint, and tells every fault that was found. @throws LedgerError EXPORT_DAMAGED */
  finish(): void {
    this.#tell(this.#checkpointFaults());
    const { faults } = this;
    const [first] = faults;
    if (first === undefined) return;
    const count = faults.length === 1 ? '1 fault' : `${String(faults.length)} faults`;
    throw new LedgerError('EXPORT_DAMAGED', `${count}, the first: ${first.message}`, { faults });
  }

  close(): Promise<void> {
    return this.trees.close();
  }

  #checkpointFaults(): Fault[] {
    const fault = (message: string, code: Fault['code'] = 'EXPORT_DAMAGED'): Fault[] => [
      { path: '/checkpoint', code, message },
    ];
    const { ledger, policy, checkpoint } = this.header;
    if (policy.ledgerId !== ledger) return fault('the policy is of another ledger', 'WRONG_LEDGER');
    try {
      const { size, rootHash } = earlierCheckpoint({ ledger, logKey: policy.logKey, checkpoint });
      const { records } = this.trees;
      if (Number(size) !== records.size)
        return fault(`${String(size)} records were signed, ${String(records.size)} are here`);
      return equalBytes(Uint8Array.from(records.root()), rootHash)
        ? []
        : fault('the root of the records is another one');
    } catch (error) {
      if (isLedgerError(error)) return fault(error.message, error.code);
      throw error;
    }
  }

  #tell(faults: readonly Fault[]): void {
    this.faults.push(...faults.slice(0, MOST_FAULTS - this.faults.length));
  }

  #noteFounder({ submissions }: EarlierTransaction, state: PartyState | undefined): void {
    let logIndex = this.trees.records.size;
    for (const record of submissions.flatMap(({ submission }) => submission.records)) {
      const isFounder = record.type === 'party' && record.subject.uscc === this.header.founder;
      if (isFounder && state !== undefined) this.#founder = { record, logIndex, state };
      logIndex += 1;
    }
  }
}
