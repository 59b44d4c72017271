import { LRUCache } from 'lru-cache';
import { boundedTree, LedgerError, makeReceipt, type BoundedTree, type Receipt } from '@carbon-ledger/core';
import { type AnchoredEntry, keys, type SubmissionEntry } from '@carbon-ledger/auditor/stored';
import type { Projection } from '../projection/projection';
import type { ProvedCheckpoint } from '../witness';

/** Trees of submissions that were used last; a submission of many records is asked for record by record. */
const REMEMBERED_TREES = 64;

const REMEMBERED_PATHS = 1_000;

/** What a receipt needs to know of a record. */
export type ReceiptEntry = Pick<AnchoredEntry, 'record' | 'logIndex' | 'submission' | 'indexInSubmission'>;

interface SignerProof {
  readonly record: unknown;
  readonly logIndex: number;
}

/** Puts receipts together; what it says is checked by whoever verifies the receipt, with nothing of this service. */
export class ReceiptMaker {
  readonly #projection: Projection;
  readonly #ledgerId: string;
  readonly #policyId: () => string;
  readonly #trees = new LRUCache<string, BoundedTree, SubmissionEntry>({
    max: REMEMBERED_TREES,
    fetchMethod: (_id, _stale, { context }) => this.#newTree(context),
  });
  /** Party records by record id: a party signs many records. */
  readonly #signers = new Map<string, SignerProof>();
  /** Inclusion paths of signers under the checkpoint of one size. */
  readonly #paths = new Map<number, readonly Uint8Array[]>();
  #pathsSize = -1;

  constructor(projection: Projection, ledgerId: string, policyId: () => string) {
    this.#projection = projection;
    this.#ledgerId = ledgerId;
    this.#policyId = policyId;
  }

  /**
   * The receipt that the earlier ledger would give now for a record that came from it: under its last checkpoint, to be
   * verified with its own policy. The records stand at the same places of both logs, so the paths are those of this log.
   * @throws LedgerError NOT_FOUND for a record that was anchored here first
   */
  async makeEarlier(entry: ReceiptEntry, checkpoint: ProvedCheckpoint, policyId: string): Promise<Receipt> {
    const submission = await this.#projection.reader.submission(entry.submission);
    if (submission?.earlier === undefined) throw new LedgerError('NOT_FOUND', 'It was anchored on this ledger first.');
    const { txId, blockNumber } = submission.earlier;
    return { ...(await this.make(entry, checkpoint, submission)), txId, blockNumber, policyId };
  }

  /**
   * @param known the record's submission, where the caller has it at hand
   * @throws LedgerError NOT_READY when the checkpoint does not cover the record yet
   */
  async make(entry: ReceiptEntry, checkpoint: ProvedCheckpoint, known?: SubmissionEntry): Promise<Receipt> {
    const { log, reader } = this.#projection;
    if (entry.logIndex >= checkpoint.size) throw new LedgerError('NOT_READY', 'No checkpoint covers this record yet.');
    const submission = known ?? (await reader.submission(entry.submission));
    if (submission === undefined) throw new LedgerError('STORE_CORRUPT', `${entry.submission} is missing.`);
    const signer = await this.#signer(submission, entry.logIndex);
    return makeReceipt({
      ledger: submission.earlier?.ledger ?? this.#ledgerId,
      record: entry.record,
      submission: await this.#submissionPart(submission, entry),
      signer: {
        record: signer.record,
        logIndex: BigInt(signer.logIndex),
        path: await this.#signerPath(signer.logIndex, checkpoint.size),
      },
      logIndex: BigInt(entry.logIndex),
      path: await log.inclusion(entry.logIndex, checkpoint.size),
      checkpoint: checkpoint.note,
      txId: submission.txId,
      blockNumber: BigInt(submission.blockNumber),
      policyId: this.#policyId(),
      ...(checkpoint.timestamp === undefined ? {} : { timestamp: checkpoint.timestamp }),
      ...(checkpoint.anchor === undefined ? {} : { anchor: checkpoint.anchor }),
    });
  }

  /** One checkpoint is asked about by many receipts of few signers. */
  async #signerPath(logIndex: number, size: number): Promise<readonly Uint8Array[]> {
    if (this.#pathsSize !== size) this.#paths.clear();
    this.#pathsSize = size;
    const known = this.#paths.get(logIndex);
    if (known !== undefined) return known;
    const path = await this.#projection.log.inclusion(logIndex, size);
    if (this.#pathsSize === size && this.#paths.size < REMEMBERED_PATHS) this.#paths.set(logIndex, path);
    return path;
  }

  async #submissionPart(
    submission: SubmissionEntry,
    entry: ReceiptEntry,
  ): Promise<Parameters<typeof makeReceipt>[0]['submission']> {
    const { party, keyId, suite, signedAt, signature, count } = submission;
    const path = count === 1 ? [] : (await this.#tree(submission)).path(entry.indexInSubmission);
    return { party, keyId, suite, signedAt, signature, recordCount: count, recordIndex: entry.indexInSubmission, path };
  }

  /** One tree however many of its records are asked about at once. */
  #tree(submission: SubmissionEntry): Promise<BoundedTree> {
    return this.#trees.forceFetch(submission.id, { context: submission });
  }

  async #newTree({ first, count }: SubmissionEntry): Promise<BoundedTree> {
    const { log } = this.#projection;
    return boundedTree(await Promise.all(Array.from({ length: count }, (_, index) => log.leaf(first + index))));
  }

  /** The signer's party record as it stood when the record was anchored: the last version before it in the log. */
  async #signer({ party }: SubmissionEntry, logIndex: number): Promise<SignerProof> {
    const registered = await this.#projection.parties.find(party);
    for (let version = registered?.version ?? 0; version >= 1; version--) {
      const signer = await this.#partyVersion(
        party,
        version,
        registered?.version === version ? registered.record : undefined,
      );
      if (signer !== undefined && (signer.logIndex < logIndex || logIndex === 0)) return signer;
    }
    throw new LedgerError('STORE_CORRUPT', `The party record of ${party} is missing.`);
  }

  async #partyVersion(party: string, version: number, current: string | undefined): Promise<SignerProof | undefined> {
    const id = current ?? (await this.#projection.idUnder(keys.version(`${party}/-/-/party`, version)));
    if (id === undefined) return undefined;
    const known = this.#signers.get(id);
    if (known !== undefined) return known;
    const entry = await this.#projection.reader.record(id);
    if (entry === undefined) return undefined;
    if (this.#signers.size >= 1_000) this.#signers.clear();
    const signer = { record: entry.record, logIndex: entry.logIndex };
    this.#signers.set(id, signer);
    return signer;
  }
}
