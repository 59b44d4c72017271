import { businessKey, isLedgerError, LedgerError, type Fault } from '@carbon-ledger/core';
import type { SubmissionStatus } from '@carbon-ledger/client-sdk';
import type { Grouper } from '../grouping/grouper';
import type { Outcome, Refusal } from '../grouping/outcome';
import type { SubmissionEntry } from '@carbon-ledger/auditor/stored';
import type { Projection } from '../projection/projection';
import type { PreparedSubmission } from './prepared';

/** Outcomes that no block holds are remembered for this many submissions. */
const REMEMBERED = 10_000;

/** What became of a submission; its receipts are made for whoever asks for them. */
export type ReachedStatus = Omit<SubmissionStatus, 'receipts'>;

interface Live {
  readonly prepared: PreparedSubmission;
  readonly outcome: Promise<Outcome>;
  state: ReachedStatus | undefined;
}

/**
 * Takes submissions in and tells what became of them. A submission is known by its id, which is the digest that was
 * signed: sent twice, it is anchored once and answered twice.
 */
export class SubmissionDesk {
  readonly #grouper: Grouper;
  readonly #projection: Projection;
  readonly #caughtUp: () => Promise<void>;
  readonly #live = new Map<string, Live>();

  /** @param caughtUp resolves once what the peer holds now has been read */
  constructor(grouper: Grouper, projection: Projection, caughtUp: () => Promise<void>) {
    this.#grouper = grouper;
    this.#projection = projection;
    this.#caughtUp = caughtUp;
  }

  /** Never rejects: what goes wrong is part of the outcome. */
  accept(prepared: PreparedSubmission): Promise<Outcome> {
    const known = this.#live.get(prepared.id);
    if (known !== undefined && (known.state === undefined || known.state.state === 'unknown')) return known.outcome;
    const live: Live = { prepared, outcome: this.#run(prepared), state: undefined };
    this.#remember(prepared.id, live);
    void live.outcome.then((outcome) => this.#settle(live, outcome));
    return live.outcome;
  }

  /** What is known of a submission, or undefined for one that was never seen or is long forgotten. */
  async status(id: string): Promise<ReachedStatus | undefined> {
    const live = this.#live.get(id);
    if (live !== undefined) return live.state ?? acceptedStatus(live.prepared);
    const entry = await this.#projection.reader.submission(id);
    return entry === undefined ? undefined : this.#storedStatus(entry);
  }

  async #run(prepared: PreparedSubmission): Promise<Outcome> {
    try {
      const outcome = await this.#grouper.submit(prepared);
      return outcome.state === 'refused' ? await this.#unlessAnchored(prepared.id, outcome) : outcome;
    } catch (error) {
      // A store that was closed meanwhile, say: who asked is told of it, and the process does not end by it.
      return { state: 'failed', error: isLedgerError(error) ? error : new LedgerError('INTERNAL', String(error)) };
    }
  }

  /**
   * The ledger refuses what it already holds; to who sent the very same submission again that is a success, also where it was
   * sent to another gateway and its block has not been read here yet.
   */
  async #unlessAnchored(id: string, refused: Outcome & { readonly state: 'refused' }): Promise<Outcome> {
    if (isAnchored(refused.refusal)) await this.#caughtUp();
    const entry = await this.#projection.reader.submission(id);
    return entry === undefined ? refused : { state: 'committed', entry, isRepeat: true };
  }

  async #settle(live: Live, outcome: Outcome): Promise<void> {
    const { prepared } = live;
    if (outcome.state === 'committed') {
      // From here on the projection answers for it.
      if (this.#live.get(prepared.id) === live) this.#live.delete(prepared.id);
      return;
    }
    live.state = statusOf(prepared, outcome);
    if (outcome.state === 'unknown') await this.#settle(live, await outcome.later);
  }

  #remember(id: string, live: Live): void {
    this.#live.delete(id);
    this.#live.set(id, live);
    if (this.#live.size <= REMEMBERED) return;
    for (const [oldest, { state }] of this.#live) {
      if (state === undefined || state.state === 'unknown') continue;
      this.#live.delete(oldest);
      return;
    }
  }

  async #storedStatus(entry: SubmissionEntry): Promise<ReachedStatus> {
    const ids = await Promise.all(
      Array.from({ length: entry.count }, async (_, index) => {
        const leaf = await this.#projection.log.leaf(entry.first + index);
        return `rec:${Buffer.from(leaf).toString('hex')}`;
      }),
    );
    const records = await this.#projection.reader.records(ids);
    return committedStatus(
      entry,
      ids.map((record, index) => ({ record, key: records[index]?.key ?? '' })),
    );
  }
}

function isAnchored({ code, faults }: Refusal): boolean {
  return code === 'ALREADY_ANCHORED' || faults.some((fault) => fault.code === 'ALREADY_ANCHORED');
}

function recordsOf({ recordIds, submission }: PreparedSubmission): { record: string; key: string }[] {
  return submission.records.map((record, index) => ({ record: recordIds[index] ?? '', key: businessKey(record) }));
}

function acceptedStatus(prepared: PreparedSubmission): ReachedStatus {
  return { submission: prepared.id, state: 'accepted', records: recordsOf(prepared) };
}

function committedStatus(entry: SubmissionEntry, records: readonly { record: string; key: string }[]): ReachedStatus {
  return {
    submission: entry.id,
    state: 'committed',
    txId: entry.txId,
    blockNumber: entry.blockNumber,
    anchoredAt: entry.anchoredAt,
    records: records.map((record, index) => ({ ...record, logIndex: entry.first + index })),
  };
}

/** An outcome as it is told to the submitter. */
export function statusOf(prepared: PreparedSubmission, outcome: Outcome): ReachedStatus {
  switch (outcome.state) {
    case 'committed':
      return committedStatus(outcome.entry, recordsOf(prepared));
    case 'refused':
      return { ...acceptedStatus(prepared), state: 'refused', refusal: refusalView(outcome.refusal) };
    case 'failed':
      return { ...acceptedStatus(prepared), state: 'refused', refusal: refusalView(outcome.error) };
    case 'unknown':
      return { ...acceptedStatus(prepared), state: 'unknown', txId: outcome.txId };
  }
}

function refusalView(of: { code: string; message: string; faults: readonly Fault[] }): ReachedStatus['refusal'] {
  const faults = of.faults.map(({ path, code, message, details }) => ({
    path,
    code,
    message,
    ...(details === undefined ? {} : { details }),
  }));
  return { code: of.code, message: of.message, faults };
}
