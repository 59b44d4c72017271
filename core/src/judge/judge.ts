import { isLedgerError, LedgerError, type ErrorCode, type Fault } from '../errors';
import { formatRecordId, parseFigures, type Figure, type LedgerRecord } from '../records';
import { digestSubmission, parseSubmission, type DigestedSubmission } from '../submission';
import { authorise, type TransactionFacts } from './authority';
import { CitedRecords, type TransactionContext } from './context';
import { judgeRecord, type RecordInput } from './record';
import { firstEdition, rulebooks, type Rulebook, type Rulebooks } from '../rulebook';
import { OverlayView, type LedgerView, type PartyState } from '../state';
import { applyRecord } from './effects';
import { withPartyHelp } from './refusal-help';

/** What comes with a transaction: submissions, private figures by record id, and the content of what they cite. */
export interface TransactionRequest {
  readonly submissions: readonly unknown[];
  readonly figures: Readonly<Record<string, unknown>>;
  readonly context: TransactionContext;
}

export interface AcceptedSubmission {
  readonly digested: DigestedSubmission;
  /** Private figures by record id. */
  readonly figures: Readonly<Record<string, readonly Figure[]>>;
}

export interface RefusedSubmission {
  /** Position in the request. */
  readonly index: number;
  /** Submission id, or null where it could not even be read. */
  readonly submission: string | null;
  readonly code: ErrorCode;
  readonly message: string;
  readonly faults: readonly Fault[];
}

export interface Judgement {
  readonly accepted: readonly AcceptedSubmission[];
  readonly refused: readonly RefusedSubmission[];
  readonly view: OverlayView;
}

/** Figures of one record from the request. Two equal records cannot be in one ledger, so an id names one set. */
function figuresFor(id: string, given: TransactionRequest['figures']): readonly Figure[] {
  const value = Object.hasOwn(given, id) ? given[id] : undefined;
  return value === undefined ? [] : parseFigures(value);
}

function inputsOf(digested: DigestedSubmission, given: TransactionRequest['figures']): RecordInput[] {
  return digested.submission.records.map((record, index) => {
    const id = formatRecordId(digested.leafHashes[index] ?? new Uint8Array());
    return { record, id, figures: figuresFor(id, given) };
  });
}

/** The rules that are in force in a view. @throws LedgerError EDITION_UNKNOWN: the contract is older than the ledger's rules */
export async function rulebookOf(view: LedgerView, books: Rulebooks): Promise<Rulebook> {
  const edition = (await view.get('edition', ''))?.edition ?? firstEdition;
  const rulebook = books.get(edition);
  if (rulebook !== undefined) return rulebook;
  const known = [...books.keys()];
  const message = `edition ${String(edition)} of the rules is in force; known here: ${known.join(', ')}`;
  throw new LedgerError('EDITION_UNKNOWN', message, { details: { edition, known } });
}

/** A record that puts an edition in force that nobody here could judge by would stop the ledger. */
function editionFaults({ type, content }: LedgerRecord, books: Rulebooks): Fault[] {
  const edition = content['edition'];
  if (type !== 'rule-edition' || typeof edition !== 'number' || books.has(edition)) return [];
  const message = `this contract does not know edition ${String(edition)}: upgrade it first`;
  return [{ path: '/content/edition', code: 'EDITION_UNKNOWN', message, details: { known: [...books.keys()] } }];
}

interface Bench {
  readonly view: OverlayView;
  readonly context: CitedRecords;
  readonly tx: TransactionFacts;
  readonly books: Rulebooks;
}

/** Faults of one record, by the edition in force at this very place of the log; its effects are laid over the view. */
async function judgeNext(
  input: RecordInput,
  party: string,
  filer: PartyState,
  bench: Bench,
): Promise<readonly Fault[]> {
  if (input.record.issuer !== party) return [issuerFault(party)];
  const { view, context, tx, books } = bench;
  const rulebook = await rulebookOf(view, books);
  const judged = await judgeRecord(input, { view, context, tx, filer, rulebook });
  const faults = judged.length > 0 ? judged : editionFaults(input.record, books);
  if (faults.length > 0) return faults;
  context.add(input.record, input.figures, input.id);
  const records = (id: string): LedgerRecord | undefined => context.record(id);
  await applyRecord(input.record, { id: input.id, time: tx.time, records }, view, rulebook);
  return [];
}

/** Faults of a whole submission, or none; effects are laid over the view record by record, so that later ones may cite earlier. */
async function judgeRecords(
  inputs: readonly RecordInput[],
  digested: DigestedSubmission,
  bench: Bench,
): Promise<Fault[]> {
  const { party } = digested.submission;
  const filer = authorise(digested, await bench.view.get('party', party), bench.tx);
  const faults: Fault[] = [];
  for (const [index, input] of inputs.entries()) {
    const own = await judgeNext(input, party, filer, bench);
    faults.push(...own.map((fault) => ({ ...fault, path: `/records/${String(index)}${fault.path}` })));
  }
  return faults;
}

function issuerFault(party: string): Fault {
  return {
    path: '/issuer',
    code: 'NOT_ALLOWED_TO_FILE',
    message: `every record of a submission is issued by the party that signs it (${party})`,
  };
}

/** One code for a refusal: that of its faults if they agree, else the first. */
function refusalOf(index: number, submission: string | null, faults: readonly Fault[]): RefusedSubmission {
  const code = faults[0]?.code ?? 'BAD_SUBMISSION';
  const count = faults.length === 1 ? '1 fault' : `${String(faults.length)} faults`;
  return { index, submission, code, message: `${faults[0]?.message ?? 'refused'} (${count})`, faults };
}

function asFaults(error: LedgerError): readonly Fault[] {
  return error.faults.length > 0
    ? error.faults
    : [{ path: '', code: error.code, message: error.message, details: error.details }];
}

/** One judgement under way. Several transactions may share view and context, each with its own facts. */
export class Judge {
  readonly accepted: AcceptedSubmission[] = [];
  readonly refused: RefusedSubmission[] = [];

  constructor(
    readonly view: OverlayView,
    readonly context: CitedRecords,
    readonly tx: TransactionFacts,
    readonly figures: TransactionRequest['figures'],
    readonly books: Rulebooks = rulebooks,
  ) {}

  /** Judges one submission alone: all of its records or none. A refused one leaves no trace. */
  async judge(value: unknown, index: number): Promise<void> {
    let id: string | null = null;
    try {
      const digested = digestSubmission(parseSubmission(value));
      id = digested.id;
      const inputs = inputsOf(digested, this.figures);
      const attempt = new OverlayView(this.view);
      const { context, tx, books } = this;
      const faults = await judgeRecords(inputs, digested, { view: attempt, context, tx, books });
      if (faults.length > 0) {
        this.refused.push(refusalOf(index, id, faults));
        return;
      }
      this.view.absorb(attempt);
      const withFigures = inputs
        .filter((input) => input.figures.length > 0)
        .map((input) => [input.id, input.figures] as const);
      this.accepted.push({ digested, figures: Object.fromEntries(withFigures) });
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      this.refused.push(refusalOf(index, id, await this.#told(asFaults(error), value)));
    }
  }

  /** Where the party stands that may not sign. Rules that nobody here knows tell nothing. */
  async #told(faults: readonly Fault[], value: unknown): Promise<readonly Fault[]> {
    if (this.tx.isAudit === true) return faults;
    const party = typeof value === 'object' && value !== null && 'party' in value ? value.party : undefined;
    const rulebook = this.books.get((await this.view.get('edition', ''))?.edition ?? firstEdition);
    if (typeof party !== 'string' || rulebook === undefined) return faults;
    return withPartyHelp(faults, party, { view: this.view, rulebook });
  }
}

/**
 * Judges a group of submissions of any parties in one transaction, in order. Each stands alone: refused ones are told
 * with every fault and change nothing; later ones see what earlier accepted ones did.
 */
export async function judgeTransaction(
  request: TransactionRequest,
  base: LedgerView,
  tx: TransactionFacts,
  books: Rulebooks = rulebooks,
): Promise<Judgement> {
  const judge = new Judge(new OverlayView(base), new CitedRecords(request.context), tx, request.figures, books);
  for (const [index, value] of request.submissions.entries()) await judge.judge(value, index);
  return { accepted: judge.accepted, refused: judge.refused, view: judge.view };
}
