import {
  type AcceptedSubmission,
  type AnchoredRecord,
  type BuiltRecord,
  businessKey,
  changesOf,
  type CitedByPartySource,
  digestSubmission,
  emptyView,
  type Figure,
  firstState,
  formatRecordId,
  type Found,
  judgeFounding,
  type Judgement,
  judgeTransaction,
  type LedgerRecord,
  type LedgerView,
  OverlayView,
  rulebooks,
  type Rulebooks,
  type SignedSubmission,
  signSubmission,
  stateKey,
  type StateKind,
  type StateValues,
  type TransactionFacts,
} from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';

/** What one judgement asked of the state and changed in it. */
export interface Cost {
  readonly types: readonly string[];
  /** Keys of the state that were asked for, each as often as it was. */
  readonly asked: readonly string[];
  readonly written: readonly string[];
}

/** The rules of the real ledger over a state in memory: no Fabric, no gateway, every signature and every check. */
export class MemoryLedger implements LedgerView, CitedByPartySource {
  readonly #view = new OverlayView(emptyView);
  readonly #records = new Map<string, AnchoredRecord>();
  readonly #keys = new Map<string, string>();
  readonly #withheld = new Set<string>();
  /** Of every submission that was judged, in their order. */
  readonly costs: Cost[] = [];
  #asked: string[] = [];

  constructor(
    public facts: TransactionFacts,
    readonly books: Rulebooks = rulebooks,
  ) {}

  /** Founds the ledger as `init` does. */
  async found(submission: SignedSubmission): Promise<void> {
    const digested = digestSubmission(submission);
    const { view, founder } = await judgeFounding(digested, this.facts);
    this.facts = { ...this.facts, founder };
    this.#view.absorb(view);
    this.#store({ digested, figures: {} });
  }

  async submit(submissions: readonly SignedSubmission[], built: readonly BuiltRecord[]): Promise<Judgement> {
    const figures = Object.fromEntries(
      built.filter((record) => record.figures.length > 0).map((record) => [record.id, record.figures]),
    );
    const known = [...this.#records.values()].filter(({ id }) => !this.#withheld.has(id));
    const context = {
      records: known.map(({ record }) => record),
      figures: Object.fromEntries(known.map(({ id, figures: own }) => [id, own ?? []])),
    };
    this.#asked = [];
    const judgement = await judgeTransaction({ submissions, figures, context }, this, this.facts, this.books);
    this.#tell(submissions, judgement);
    this.#view.absorb(judgement.view);
    for (const accepted of judgement.accepted) this.#store(accepted);
    return judgement;
  }

  /** Judges by this ledger's own editions what another ledger's state would meet; changes nothing. */
  async judgeOver(other: MemoryLedger, built: readonly BuiltRecord[]): Promise<Judgement> {
    const party = built[0]?.record.issuer ?? '';
    const body = {
      ledger: this.facts.ledger,
      party,
      records: built.map(({ record }) => record),
      signedAt: this.facts.time,
    };
    const submission = await signSubmission(body, trialSigner(party));
    const request = { submissions: [submission], figures: {}, context: { records: [], figures: {} } };
    return judgeTransaction(request, other, this.facts, this.books);
  }

  /** A gateway that does not give a record with what it submits. */
  withhold(id: string): void {
    this.#withheld.add(id);
  }

  /** Changes what the store holds behind the ledger's back, as an intruder on the disk would. */
  tamper(id: string, change: (record: AnchoredRecord) => AnchoredRecord): void {
    const found = this.#records.get(id);
    if (found) this.#records.set(id, change(found));
  }

  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined> {
    this.#asked.push(stateKey(kind, key));
    return this.#view.get(kind, key);
  }

  first<Kind extends StateKind>(kind: Kind, from: string, to: string): Promise<Found<StateValues[Kind]> | undefined> {
    return this.#view.first(kind, from, to);
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

  async *parties(): AsyncGenerator<string, void, undefined> {
    yield* await Promise.resolve(new Set(this.all().map(({ record }) => record.subject.uscc)));
  }

  async citedByAbout(id: string, uscc: string): Promise<readonly AnchoredRecord[]> {
    return (await this.citedBy(id)).filter(({ record }) => record.subject.uscc === uscc);
  }

  all(): readonly AnchoredRecord[] {
    return [...this.#records.values()];
  }

  #tell(submissions: readonly SignedSubmission[], { view }: Judgement): void {
    const types = submissions.flatMap(({ records }) => records.map(({ type }) => type));
    this.costs.push({ types, asked: this.#asked, written: [...view.writes().keys()] });
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
    for (const { record: changed, status, state } of changesOf(record))
      this.tamper(changed, (old) => ({ ...old, status, state, changedBy: id }));
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
      state: firstState(record),
    });
  }
}
