import {
  businessKey,
  formatRecordId,
  judgeTransaction,
  type AcceptedSubmission,
  type AnchoredRecord,
  type BuiltRecord,
  type CitedBySource,
  type Effects,
  type Figure,
  type Head,
  type HeadBucket,
  type Judgement,
  type LedgerRecord,
  type LedgerView,
  type PartyState,
  type SerialSpan,
  type SignedSubmission,
  type TransactionFacts,
} from '@carbon-ledger/core';

interface StoredSpan {
  readonly space: string;
  readonly project: string;
  readonly block: string;
  readonly span: SerialSpan;
}

/** The rules of the real ledger over a state in memory: no Fabric, no gateway, every signature and every check. */
export class MemoryLedger implements LedgerView, CitedBySource {
  readonly facts: TransactionFacts;
  readonly #heads = new Map<string, Map<string, Head>>();
  readonly #parties = new Map<string, PartyState>();
  readonly #spans: StoredSpan[] = [];
  readonly #records = new Map<string, AnchoredRecord>();
  readonly #keys = new Map<string, string>();

  constructor(facts: TransactionFacts) {
    this.facts = facts;
  }

  /** Registers a party without a submission, as `init` does for the founder. */
  found(uscc: string, party: PartyState): void {
    this.#parties.set(uscc, party);
  }

  async submit(submissions: readonly SignedSubmission[], built: readonly BuiltRecord[]): Promise<Judgement> {
    const figures = Object.fromEntries(
      built.filter((record) => record.figures.length > 0).map((record) => [record.id, record.figures]),
    );
    const known = [...this.#records.values()];
    const context = {
      records: known.map(({ record }) => record),
      figures: Object.fromEntries(known.map(({ id, figures: own }) => [id, own ?? []])),
    };
    const judgement = await judgeTransaction({ submissions, figures, context }, this, this.facts);
    this.#apply(judgement.view.effects());
    for (const accepted of judgement.accepted) this.#store(accepted);
    return judgement;
  }

  /** Changes what the store holds behind the ledger's back, as an intruder on the disk would. */
  tamper(id: string, change: (record: AnchoredRecord) => AnchoredRecord): void {
    const found = this.#records.get(id);
    if (found) this.#records.set(id, change(found));
  }

  party(uscc: string): Promise<PartyState | undefined> {
    return Promise.resolve(this.#parties.get(uscc));
  }

  heads(bucket: string): Promise<HeadBucket> {
    return Promise.resolve(Object.fromEntries(this.#heads.get(bucket) ?? []));
  }

  firstSpanEndingAtOrAfter(
    space: 'lot' | 'used',
    project: string,
    block: string,
    from: bigint,
  ): Promise<SerialSpan | undefined> {
    const found = this.#spans
      .filter(
        (stored) =>
          stored.space === space &&
          stored.project === project &&
          stored.block === block &&
          BigInt(stored.span.to) >= from,
      )
      .map((stored) => stored.span)
      .sort((a, b) => (BigInt(a.to) < BigInt(b.to) ? -1 : 1));
    return Promise.resolve(found[0]);
  }

  head(key: string): Promise<AnchoredRecord | undefined> {
    const id = this.#keys.get(key);
    return Promise.resolve(id === undefined ? undefined : this.#records.get(id));
  }

  records(ids: readonly string[]): Promise<(AnchoredRecord | undefined)[]> {
    return Promise.resolve(ids.map((id) => this.#records.get(id)));
  }

  citedBy(id: string): Promise<readonly AnchoredRecord[]> {
    return Promise.resolve(
      [...this.#records.values()].filter(({ record }) => record.cites.some((citation) => citation.record === id)),
    );
  }

  all(): readonly AnchoredRecord[] {
    return [...this.#records.values()];
  }

  #apply({ heads, parties, spans }: Effects): void {
    for (const [bucket, entries] of heads) {
      const bucketHeads = this.#heads.get(bucket) ?? new Map<string, Head>();
      for (const [entry, head] of entries) bucketHeads.set(entry, head);
      this.#heads.set(bucket, bucketHeads);
    }
    for (const [uscc, party] of parties) this.#parties.set(uscc, party);
    this.#spans.push(...spans);
  }

  #store({ digested, figures }: AcceptedSubmission): void {
    for (const [index, record] of digested.submission.records.entries()) {
      const id = formatRecordId(digested.leafHashes[index] ?? new Uint8Array());
      this.#replace(record, id, figures[id] ?? []);
    }
  }

  #replace(record: LedgerRecord, id: string, figures: readonly Figure[]): void {
    const key = businessKey(record);
    const before = this.#keys.get(key);
    if (before !== undefined) this.tamper(before, (old) => ({ ...old, status: 'superseded' }));
    const revoked = record.type === 'revocation' ? record.cites[0]?.record : undefined;
    if (revoked !== undefined) this.tamper(revoked, (old) => ({ ...old, status: 'withdrawn' }));
    this.#keys.set(key, id);
    const logIndex = this.#records.size;
    const { time } = this.facts;
    this.#records.set(id, {
      record,
      id,
      figures,
      txId: '0'.repeat(64),
      blockNumber: '1',
      logIndex,
      anchoredAt: time,
      status: 'current',
    });
  }
}
