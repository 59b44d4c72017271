import type { JsonValue } from '../canonical';
import { LedgerError } from '../errors';
import { parseFigureAddress } from '../identifiers';
import { parseCheckpoint } from '../log/checkpoint';
import { parseNote } from '../log/note';
import { multiproofFromPaths } from '../merkle/multiproof';
import { openTree } from '../merkle/opened-tree';
import { joinPath, parseReceipt, receiptOfValue, type ParsedReceipt, type ReceiptRecord } from '../receipt/receipt';
import { figureLeafHash, orderFigures, parseRecord, recordId, type Figure, type LedgerRecord } from '../records';
import { FIGURE_PROOF_SCHEMA } from './format';
import { walkLaboratory } from './lab';
import type { Extent } from './extents';
import { recordOfKey, walkFigure, type Walked } from './walk';
import { closedLeaves, type OpenRecord } from './scope';

export interface FigureProofParts {
  /** `USCC/UNIT/PERIOD/KIND#figure` */
  readonly figure: string;
  readonly extent: Extent;
  /** Receipts (text, bytes or value) of the records that the figure rests on, all under one checkpoint; more do no harm. */
  readonly receipts: readonly unknown[];
  /** The ledger whose log the receipts are of; default: that of the receipts, where none came from an earlier one. */
  readonly ledger?: string;
  /** All private figures of those records, by record id. */
  readonly figures: Readonly<Record<string, readonly Figure[]>>;
}

interface Held extends OpenRecord {
  readonly receipt: ParsedReceipt;
}

/** A figure proof as JSON value; `packFigureProof` gives the file. */
export type FigureProof = Readonly<Record<string, unknown>> & { readonly schema: typeof FIGURE_PROOF_SCHEMA };

/** A record of the proof with its place in the log. `receipt` is absent for a party record that only registers keys. */
interface Entry {
  readonly id: string;
  readonly record: LedgerRecord;
  readonly logIndex: bigint;
  readonly path: readonly Uint8Array[];
  readonly receipt?: ParsedReceipt;
}

/**
 * Opens a figure and what it rests on, and nothing else.
 * @throws LedgerError BAD_REQUEST (receipts under different checkpoints), NOT_FOUND, CITATION_MISSING, FIGURE_MISSING,
 *   FIGURE_MISMATCH
 */
export function makeFigureProof(parts: Readonly<FigureProofParts>): FigureProof {
  const { figure, extent, receipts, figures } = parts;
  const held = new Map(receipts.map((receipt) => hold(receipt, figures)).map((one) => [one.id, one] as const));
  const { checkpoint, ledger, policyId } = commonOf([...held.values()]);
  const address = parseFigureAddress(figure);
  const target = { id: recordOfKey(held, address.key).id, name: address.figure };
  const walked = extent === 'lab' ? walkLaboratory(held, target) : walkFigure(held, target, extent);
  const used = [...walked.records].map((id) => heldOf(held, id));
  const entries = entriesOf(used);
  const size = parseCheckpoint(parseNote(checkpoint).text).size;
  const paths = new Map(entries.map(({ logIndex, path }) => [logIndex, path]));
  const submissions = submissionsOf(entries);
  // Members stand in canonical order here and below: such a value is written as it is, several times faster.
  return {
    checkpoint,
    extent,
    figure,
    ledger: parts.ledger ?? ledger,
    logNodes: joinPath(multiproofFromPaths(paths, size)),
    openings: entries.flatMap((entry, at) => openingOf(entry, at, held, walked)),
    policyId,
    records: entries.map((entry) => ({
      logIndex: entry.logIndex.toString(),
      record: entry.record,
      signed: placeOf(entry, submissions),
    })),
    schema: FIGURE_PROOF_SCHEMA,
    submissions: submissions.map((group) => formatSubmission(group, entries)),
  };
}

/** A value is what a service has just made: whatever of it were no JSON is refused where the proof is packed. */
function hold(input: unknown, figures: FigureProofParts['figures']): Held {
  const isFile = typeof input === 'string' || input instanceof Uint8Array;
  const receipt = isFile ? parseReceipt(input) : receiptOfValue(input as JsonValue);
  const { record, id } = recordIn(receipt.record);
  const own = orderFigures(figures[id] ?? []);
  const leaves = own.length === 0 ? closedLeaves(record) : own.map(({ name }) => name);
  return { id, record, figures: own, leaves, receipt };
}

interface NamedRecord {
  readonly id: string;
  readonly record: LedgerRecord;
}

/** By what receipts were read to: of a value that cannot change any more that is the same one each time. */
const named = new WeakMap<ReceiptRecord, NamedRecord>();

function recordIn(read: ReceiptRecord): NamedRecord {
  const known = named.get(read);
  if (known !== undefined) return known;
  const record = parseRecord(read);
  const found = { id: recordId(record), record };
  named.set(read, found);
  return found;
}

function heldOf(held: ReadonlyMap<string, Held>, id: string): Held {
  const one = held.get(id);
  if (one === undefined) throw new LedgerError('NOT_FOUND', `There is no receipt of ${id}.`);
  return one;
}

function commonOf(held: readonly Held[]): ParsedReceipt {
  const [first, ...rest] = held.map(({ receipt }) => receipt);
  if (first === undefined) throw new LedgerError('BAD_REQUEST', 'A figure proof needs receipts.');
  if (rest.some(({ checkpoint }) => checkpoint !== first.checkpoint)) {
    throw new LedgerError('BAD_REQUEST', 'The receipts are under different checkpoints: ask for all of them at once.');
  }
  return first;
}

/** The used records and their signers' party records, in log order. */
function entriesOf(used: readonly Held[]): Entry[] {
  const entries = new Map<bigint, Entry>();
  for (const { receipt } of used) {
    const { record, logIndex, path } = receipt.signer;
    // A party signs many: its record is read once.
    if (entries.has(logIndex)) continue;
    entries.set(logIndex, { ...recordIn(record), logIndex, path });
  }
  for (const { id, record, receipt } of used) {
    entries.set(receipt.logIndex, { id, record, logIndex: receipt.logIndex, path: receipt.path, receipt });
  }
  return [...entries.values()].sort((a, b) => (a.logIndex < b.logIndex ? -1 : 1));
}

/** Entries that were signed together: one signature is one submission. */
function submissionsOf(entries: readonly Entry[]): readonly (readonly [ParsedReceipt, ...ParsedReceipt[]])[] {
  const groups = new Map<string, [ParsedReceipt, ...ParsedReceipt[]]>();
  for (const { receipt } of entries) {
    if (receipt === undefined) continue;
    const { signature } = receipt.submission;
    const group = groups.get(signature);
    if (group === undefined) groups.set(signature, [receipt]);
    else group.push(receipt);
  }
  return [...groups.values()];
}

function placeOf(
  { receipt }: Entry,
  submissions: readonly (readonly ParsedReceipt[])[],
): { place: number; submission: number } | null {
  if (receipt === undefined) return null;
  const submission = submissions.findIndex((group) => group.includes(receipt));
  return { place: receipt.submission.recordIndex, submission };
}

function formatSubmission(
  group: readonly [ParsedReceipt, ...ParsedReceipt[]],
  entries: readonly Entry[],
): Readonly<Record<string, unknown>> {
  const [{ submission, signer }] = group;
  const { party, keyId, suite, signedAt, signature, recordCount } = submission;
  const paths = new Map(group.map((one) => [BigInt(one.submission.recordIndex), one.submission.path]));
  return {
    keyId,
    nodes: joinPath(multiproofFromPaths(paths, BigInt(recordCount))),
    party,
    recordCount,
    signature,
    signedAt,
    signer: entries.findIndex(({ logIndex }) => logIndex === signer.logIndex),
    suite,
  };
}

/** The private figures of one record that the walk looked at, with their salts. */
function openingOf(entry: Entry, at: number, held: ReadonlyMap<string, Held>, walked: Walked): unknown[] {
  const figures = held.get(entry.id)?.figures ?? [];
  const names = walked.opened.get(entry.id);
  const places = [...figures.keys()].filter((place) => names?.has(figures[place]?.name ?? '') === true);
  if (places.length === 0) return [];
  const { marks, nodes } = openTree(figures.map(figureLeafHash), new Set(places));
  return [{ figures: places.map((place) => figures[place]), nodes: joinPath(nodes), record: at, tree: marks }];
}
