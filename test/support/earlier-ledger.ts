import {
  type BuiltRecord,
  canonicalBytes,
  consistencyPath,
  type EarlierLedger,
  type EarlierTransaction,
  earlierTransactionLeaf,
  formatVkey,
  type FounderProof,
  hexPath,
  inclusionPath,
  type MigrationStatement,
  noteSigner,
  originOf,
  parseEarlierTransaction,
  recordLeaves,
  rootOf,
  sha256,
  signCheckpoint,
  type SignedSubmission,
  type Signer,
  signMigration,
  toHex,
} from '@carbon-ledger/core';
import {
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSigner,
} from '@carbon-ledger/plant-year/trial';
import { enterprise, lab, msp, sign, TrialWorld, unitOne } from './trial-world';

/** Id of the ledger that is carried over, and of the one that takes it. */
export const earlierId = 'e1'.repeat(32);
export const newId = 'fe'.repeat(32);
export const founder = trialNationalAuthority.uscc;

/** A time in the past of the earlier ledger, `minute` minutes after its founding. */
export function then(minute: number): string {
  return new Date(Date.UTC(2025, 2, 1, 8, minute)).toISOString().replace('.000Z', 'Z');
}

/** A transaction as it stands in an export. */
export interface RawTransaction {
  readonly txId: string;
  readonly blockNumber: string;
  readonly time: string;
  readonly submissions: readonly SignedSubmission[];
}

/** An earlier ledger in memory, as its export gives it: what was signed and anchored, minute by minute. */
export class EarlierWorld {
  readonly transactions: RawTransaction[] = [];
  readonly records: BuiltRecord[] = [];
  readonly #logSigner = noteSigner(originOf(earlierId), 'ed25519', sha256(canonicalBytes('log key of a test')));

  async anchor(...groups: readonly (readonly BuiltRecord[])[]): Promise<void> {
    const minute = this.transactions.length;
    const options = { ledger: earlierId, signedAt: then(minute) };
    const submissions = await Promise.all(groups.map((records) => sign(records, options)));
    const txId = toHex(sha256(canonicalBytes(`earlier transaction ${String(minute)}`)));
    this.transactions.push({ txId, blockNumber: String(minute + 1), time: then(minute), submissions });
    this.records.push(...groups.flat());
  }

  /** The founder, the parties and rules of a year, and one month with its private figures. */
  static async open(): Promise<EarlierWorld> {
    const earlier = new EarlierWorld();
    const world = new TrialWorld();
    await earlier.anchor([trialPartyRecord(trialNationalAuthority, founder, [msp])]);
    const authority = trialProvinceAuthority('140000');
    const parties = [authority, enterprise, lab].map((party) => trialPartyRecord(party, founder, [msp]));
    await earlier.anchor([...parties, world.methodology, world.parameters]);
    const plan = world.plan();
    const receipt = world.receipt();
    const report = world.report(receipt);
    const facility = world.facility([unitOne]);
    const acceptance = world.review(facility, { decision: 'accept', reasons: [] });
    const engagement = world.engagement('testing', lab.uscc);
    await earlier.anchor([facility, engagement], [acceptance], [plan], [receipt]);
    await earlier.anchor([report]);
    await earlier.anchor([world.evidence(plan, report)]);
    return earlier;
  }

  get parsed(): EarlierTransaction[] {
    return this.transactions.map(parseEarlierTransaction);
  }

  get figures(): Record<string, BuiltRecord['figures']> {
    const withFigures = this.records.filter(({ figures }) => figures.length > 0);
    return Object.fromEntries(withFigures.map(({ id, figures }) => [id, figures]));
  }

  /** Everything may be cited by anything: whoever judges trusts it for its hashes alone. */
  get context(): { readonly records: readonly unknown[]; readonly figures: Record<string, BuiltRecord['figures']> } {
    return { records: this.records.map(({ record }) => record), figures: this.figures };
  }

  get leaves(): Uint8Array[] {
    return this.parsed.flatMap(recordLeaves);
  }

  /** What the founder names of it. */
  get ledger(): EarlierLedger {
    const { leaves, parsed } = this;
    const checkpoint = { origin: originOf(earlierId), size: BigInt(leaves.length), rootHash: rootOf(leaves) };
    return {
      ledger: earlierId,
      logKey: formatVkey(this.#logSigner.key),
      checkpoint: signCheckpoint(checkpoint, this.#logSigner),
      transactions: parsed.length,
      transactionsRoot: toHex(rootOf(parsed.map(earlierTransactionLeaf))),
    };
  }

  /** The founder's party record under the checkpoint; its last one, unless another is named. */
  founderProof(logIndex = this.#lastFounderRecord()): FounderProof {
    const path = hexPath(inclusionPath(this.leaves, logIndex));
    return { record: this.records[logIndex]?.record, logIndex, path };
  }

  statement(
    change: Partial<MigrationStatement> = {},
    signer: Signer = trialSigner(founder),
  ): Promise<MigrationStatement> {
    const body = { ledger: newId, founder, earlier: this.ledger, organisations: {}, signedAt: '2026-11-21T08:00:00Z' };
    return signMigration({ ...body, ...change }, signer);
  }

  /** Consistency paths from what has come in with `transactions` to everything. */
  proof(transactions: number): { readonly records: Uint8Array[]; readonly transactions: Uint8Array[] } {
    const { parsed } = this;
    const records = parsed.slice(0, transactions).flatMap(recordLeaves).length;
    const leaves = parsed.map(earlierTransactionLeaf);
    return { records: consistencyPath(this.leaves, records), transactions: consistencyPath(leaves, transactions) };
  }

  #lastFounderRecord(): number {
    return this.records.findLastIndex(({ record }) => record.type === 'party' && record.subject.uscc === founder);
  }
}
