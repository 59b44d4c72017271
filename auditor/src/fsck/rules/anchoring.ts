import {
  assertNotImporting,
  digestSubmission,
  isLedgerError,
  judgeTransaction,
  LedgerError,
  parseStrict,
  parseSubmission,
  StoredView,
  utf8Decode,
  type DigestedSubmission,
  type EarlierMark,
  type ErrorCode,
  type Founding,
  type RefusedSubmission,
  type Rulebooks,
  type TransactionContext,
} from '@carbon-ledger/core';
import { asBuffer, sha256 } from '../blocks/bytes';
import type { EndorserTransaction } from '../blocks/envelope';
import type { NamespaceSet } from '../blocks/rwset';
import type { Counts, Finding, Place } from '../finding';
import type { PurgeMade } from '../purge-made';
import type { EntryDigest } from '../stores/entry-digest';
import { foundingWrites, timeOf } from './founding';
import { countsOf, hasAllFigures, membersOf, ownNames, type FiguresById } from './anchored-value';
import { checkBatch, openingWrites, readBatch, takeEffects } from './importing';
import type { AnchoringFacts, LedgerNames } from './job';
import { addProjected } from './projected';
import { RecordedView, UnrecordedRead } from './recorded-view';
import { cosignerWrites, purgeWrites, transactionWrites } from './writes';
import { deletesOnly, isAnswerOf, isEventOf, writeMismatches } from './written';

const LIMITS = { maxBytes: 128 * 1024 * 1024 };
/** What the rules say where private figures are missing: not a fault of the ledger, only of what is at hand. */
const WANTS_FIGURES: readonly ErrorCode[] = ['FIGURES_ROOT_MISMATCH', 'CONTEXT_MISSING'];
/** What follows for records that build on one of the same transaction which could not be judged for that reason. */
const FOLLOWS: readonly ErrorCode[] = ['CITATION_UNKNOWN', 'CITATION_NOT_CURRENT', 'VERSION_GAP', 'KEY_TAKEN'];

/** What a check of one transaction comes to. */
export interface AnchoringResult {
  readonly findings: readonly Finding[];
  readonly counts: Partial<Counts>;
  /** The purge that this transaction is, where it is one and in order. */
  readonly purges?: readonly PurgeMade[];
}

export interface AnchoringContext {
  /** Editions of the rules that are known. */
  readonly books: Rulebooks;
  readonly names: LedgerNames;
  readonly place: Place & { readonly block: number };
  /** Organisation of the creator. */
  readonly msp: string;
  /** Takes what the projection must hold, where it is checked. */
  readonly projected: EntryDigest | undefined;
}

/** Checks one valid transaction of the contract: signatures of parties, rules, and everything that it wrote. */
export class AnchoringCheck {
  readonly #transaction: EndorserTransaction;
  readonly #facts: AnchoringFacts;
  readonly #context: AnchoringContext;
  readonly #findings: Finding[] = [];
  readonly #view: RecordedView;

  constructor(transaction: EndorserTransaction, facts: AnchoringFacts, context: AnchoringContext) {
    this.#transaction = transaction;
    this.#facts = facts;
    this.#context = context;
    this.#view = new RecordedView(facts.reads);
  }

  async run(): Promise<AnchoringResult> {
    try {
      return await this.#check();
    } catch (error) {
      this.#addFailure(error);
      return { findings: this.#findings, counts: {} };
    }
  }

  #check(): Promise<AnchoringResult> {
    const name = utf8Decode(this.#transaction.args[0] ?? new Uint8Array(0))
      .split(':')
      .at(-1);
    if (name !== 'purge') this.#compareDeletions([]);
    if (name === 'init') return this.#checkFounding();
    if (name === 'submit') return this.#checkSubmit();
    if (name === 'importBatch') return this.#checkBatch();
    if (name === 'purge') return Promise.resolve(this.#checkPurge());
    if (name === 'cosign') this.#checkCosignature();
    else if (name === 'openImport') this.#checkOpening();
    else this.#compareWrites(new Map());
    return Promise.resolve({ findings: this.#findings, counts: {} });
  }

  async #checkFounding(): Promise<AnchoringResult> {
    const { writes, digested } = await foundingWrites(this.#transaction, this.#context.msp);
    this.#compareWrites(writes);
    this.#compareLeaves([digested]);
    this.#project([digested], {});
    return { findings: this.#findings, counts: { submissions: 1, records: 1 } };
  }

  /** Whether the root is the log's own is asked where the log is derived (scan.ts). */
  #checkCosignature(): void {
    assertNotImporting(this.#ledger);
    const facts = { ledger: this.#ledger.ledgerId, msp: this.#context.msp, time: this.#time };
    this.#compareWrites(cosignerWrites(this.#transaction.args, this.#view, facts));
  }

  #checkPurge(): AnchoringResult {
    assertNotImporting(this.#ledger);
    const facts = { ledger: this.#ledger, msp: this.#context.msp, txId: this.#txId, time: this.#time };
    const found = purgeWrites(this.#transaction.args, this.#view, this.#facts.retained ?? [], facts);
    this.#compareWrites(found.writes);
    this.#compareDeletions(found.transactions);
    const purges = this.#findings.length > 0 ? [] : [{ block: this.#context.place.block, ...found.made }];
    return { findings: this.#findings, counts: {}, purges };
  }

  #checkOpening(): void {
    this.#compareWrites(openingWrites(this.#transaction.args, { msp: this.#context.msp, time: this.#time }));
  }

  /** A part of an earlier ledger: everything that a submission is held to, and that it is the next part. */
  async #checkBatch(): Promise<AnchoringResult> {
    const value = this.#value();
    const { submissions, earlier } = membersOf(value, ['earlier']);
    const { marks, transactions } = readBatch(earlier, submissions);
    const figures = this.#figures();
    const digested = transactions.flatMap((one) => one.submissions);
    const own = ownNames(digested);
    const { ledger, view, refused } = await checkBatch({
      ...{ args: this.#transaction.args, ledger: this.#ledger, transactions, view: new StoredView(this.#view) },
      ...{ figures: figures ?? {}, context: this.#cited, now: this.#time, books: this.#context.books },
      isExcused: (one) => this.#lacksFigures(one, own),
    });
    for (const one of refused) this.#reportRefusal(one);
    this.#compareWrites(transactionWrites(this.#txId, value, view).set('ledger', ledger));
    this.#compareLeaves(digested);
    this.#compareEvent(digested);
    this.#project(digested, figures ?? {}, marks);
    return { findings: this.#findings, counts: countsOf(digested, figures) };
  }

  async #checkSubmit(): Promise<AnchoringResult> {
    const value = this.#value();
    const { submissions } = membersOf(value);
    const figures = this.#figures();
    const judgement = await this.#judge(submissions, figures);
    const digested = await this.#accepted(judgement, submissions);
    this.#compareWrites(transactionWrites(this.#txId, value, judgement.view));
    this.#compareLeaves(digested);
    this.#compareAnswer(digested);
    this.#project(digested, figures ?? {});
    return { findings: this.#findings, counts: countsOf(digested, figures) };
  }

  get #own(): NamespaceSet | undefined {
    return this.#transaction.sets.find(({ namespace }) => namespace === this.#context.names.chaincode);
  }

  get #txId(): string {
    return this.#transaction.header.txId;
  }

  get #time(): string {
    return timeOf(this.#transaction);
  }

  #project(digested: readonly DigestedSubmission[], figures: FiguresById, marks: readonly EarlierMark[] = []): void {
    const { projected, place } = this.#context;
    const at = { txId: this.#txId, block: place.block, time: this.#time, first: this.#facts.first };
    if (projected === undefined) return;
    addProjected(projected, { submissions: digested, figures, marks }, at);
  }

  /** The bytes under the transaction's own key. */
  #value(): Uint8Array {
    const value = this.#own?.writes.find(({ key }) => key === `tx/${this.#txId}`)?.value;
    if (value === undefined) throw new LedgerError('BAD_SUBMISSION', 'it anchored nothing');
    return value;
  }

  /** Private figures, once they are held to the hash in the block; undefined where they are not at hand. */
  #figures(): FiguresById | undefined {
    const { privateValue, privateHash } = this.#facts;
    if (privateHash === undefined) return {};
    if (privateValue === undefined) return undefined;
    if (!sha256(privateValue).equals(privateHash)) {
      this.#add('PRIVATE_DATA_MISMATCH', this.#context.names.collection, 'their SHA-256 is not the one in the block');
      return undefined;
    }
    return (parseStrict(privateValue, LIMITS) as { readonly figures: FiguresById }).figures;
  }

  #judge(submissions: readonly unknown[], figures: FiguresById | undefined): ReturnType<typeof judgeTransaction> {
    assertNotImporting(this.#ledger);
    const { ledgerId, founder, earlier } = this.#ledger;
    const organisations = earlier === undefined ? {} : { organisations: earlier.organisations };
    const at = { ledger: ledgerId, founder, msp: this.#context.msp, time: this.#time };
    const facts = { ...at, ...organisations, isAudit: true } as const;
    const request = { submissions, figures: figures ?? {}, context: this.#cited };
    return judgeTransaction(request, new StoredView(this.#view), facts, this.#context.books);
  }

  /** The ledger as the transaction saw it. */
  get #ledger(): Founding {
    const founded = this.#view.json('ledger') as Partial<Founding> | undefined;
    if (founded?.ledgerId === undefined) throw new LedgerError('NOT_READY', 'no ledger was founded before it');
    return founded as Founding;
  }

  /** Cited records with their figures, as earlier transactions anchored them. */
  get #cited(): TransactionContext {
    const { records, figures } = this.#facts;
    return {
      records: records.map((text) => JSON.parse(asBuffer(text).toString('utf8')) as unknown),
      figures: Object.fromEntries(figures.map(([id, text]) => [id, JSON.parse(asBuffer(text).toString()) as unknown])),
    };
  }

  /** All submissions in order; what the rules refuse is reported, but for want of figures alone it is taken as it stands. */
  async #accepted(
    judgement: Awaited<ReturnType<typeof judgeTransaction>>,
    submissions: readonly unknown[],
  ): Promise<readonly DigestedSubmission[]> {
    const refused = new Map(judgement.refused.map((one) => [one.index, one]));
    if (refused.size === 0) return judgement.accepted.map(({ digested }) => digested);
    const digested = submissions.map((value) => digestSubmission(parseSubmission(value)));
    const own = ownNames(digested);
    for (const one of refused.values()) if (!this.#lacksFigures(one, own)) this.#reportRefusal(one);
    const bench = { timeOf: () => this.#time, context: this.#cited, books: this.#context.books };
    await takeEffects(digested, new Set(refused.keys()), judgement.view, bench);
    return digested;
  }

  #lacksFigures({ faults }: RefusedSubmission, own: ReadonlySet<unknown>): boolean {
    if (faults.length === 0 || hasAllFigures(this.#facts)) return false;
    return faults.every(({ code, details }) => {
      const isOwn = own.has(details?.record) || own.has(details?.key);
      return WANTS_FIGURES.includes(code) || (isOwn && FOLLOWS.includes(code));
    });
  }

  #reportRefusal(refused: RefusedSubmission): void {
    const base = refused.faults.every(({ path }) => path.startsWith('/transactions/'))
      ? ''
      : `/submissions/${String(refused.index)}`;
    for (const { path, code, message } of refused.faults)
      this.#add('JUDGEMENT_MISMATCH', base + path, `${code}: ${message}`);
  }

  #compareWrites(expected: ReadonlyMap<string, Uint8Array | null>): void {
    for (const [key, message] of writeMismatches(this.#own, expected)) this.#add('STATE_MISMATCH', key, message);
  }

  #compareDeletions(transactions: readonly string[]): void {
    if (deletesOnly(this.#own, transactions)) return;
    this.#add('STATE_MISMATCH', this.#context.names.collection, 'it deletes other private values than it says');
  }

  #compareLeaves(digested: readonly DigestedSubmission[]): void {
    const leaves = Buffer.concat(digested.flatMap(({ leafHashes }) => leafHashes));
    if (!leaves.equals(this.#facts.leaves))
      this.#add('LOG_MISMATCH', 'leaves', 'the records are not written in their canonical form');
  }

  #compareAnswer(digested: readonly DigestedSubmission[]): void {
    if (!isAnswerOf(this.#transaction, digested))
      this.#add('STATE_MISMATCH', 'response', 'the contract’s answer names other submissions');
    this.#compareEvent(digested);
  }

  #compareEvent(digested: readonly DigestedSubmission[]): void {
    if (!isEventOf(this.#transaction, digested))
      this.#add('STATE_MISMATCH', 'event', 'the event names other submissions');
  }

  /** What cannot be judged is not in order, whatever the reason: hostile bytes must not end the run. */
  #addFailure(error: unknown): void {
    if (error instanceof UnrecordedRead) this.#add('STATE_MISMATCH', error.key, error.message);
    else if (isLedgerError(error)) this.#add('JUDGEMENT_MISMATCH', error.code, error.message);
    else this.#add('JUDGEMENT_MISMATCH', 'transaction', `it cannot be judged: ${String(error)}`);
  }

  #add(code: ErrorCode, field: string, message: string): void {
    this.#findings.push({ ...this.#context.place, code, field, message });
  }
}
