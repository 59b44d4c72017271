import { equalBytes, fromHex } from '../bytes';
import { LedgerError } from '../errors';
import { openedPlaces, rootOfOpened } from '../merkle/opened-tree';
import { figureLeafHash, parseFigures, type Figure, type LedgerRecord } from '../records';
import type { ParsedFigureProof } from './format';
import { closedLeaves, type OpenRecord } from './scope';

/** A record of a proof, read. */
export interface Entry {
  readonly record: LedgerRecord;
  readonly id: string;
  readonly leaf: Uint8Array;
  readonly logIndex: bigint;
  readonly signed: ParsedFigureProof['records'][number]['signed'];
}

type Opening = ParsedFigureProof['openings'][number];
type Opened = Pick<OpenRecord, 'figures' | 'leaves'>;

/**
 * The records of a proof with those of their figures that it opens.
 * @throws LedgerError PROOF_MALFORMED, FIGURES_ROOT_MISMATCH
 */
export function verifyOpenings(proof: ParsedFigureProof, entries: readonly Entry[]): Map<string, OpenRecord> {
  const opened = new Map<string, Opened>();
  for (const opening of proof.openings) {
    const entry = entries[opening.record];
    if (entry === undefined || opened.has(entry.id))
      throw new LedgerError('PROOF_MALFORMED', 'An opening names no record, or one again.');
    opened.set(entry.id, openedFigures(entry, opening));
  }
  // A party record that only registers keys is no source of figures.
  const sources = entries.filter(({ signed }) => signed !== null);
  return new Map(sources.map(({ id, record }) => [id, { id, record, ...(opened.get(id) ?? nothingOpen(record)) }]));
}

function nothingOpen(record: LedgerRecord): Opened {
  return { figures: [], leaves: closedLeaves(record) };
}

function openedFigures(entry: Entry, { tree, figures: values, nodes }: Opening): Opened {
  const figures = wellFormed(() => parseFigures(values));
  const names = figures.map(({ name }) => name);
  if (names.length === 0 || names.some((name, at) => at > 0 && name <= (names[at - 1] ?? '')))
    throw new LedgerError('PROOF_MALFORMED', 'Opened figures do not stand in the order of their names, each once.');
  const { figuresRoot } = entry.record;
  if (figuresRoot === null || !equalBytes(rootOf(tree, nodes, figures), fromHex(figuresRoot)))
    throw new LedgerError('FIGURES_ROOT_MISMATCH', `Opened figures are not those of ${entry.id}.`);
  const rest = names[Symbol.iterator]();
  return { figures, leaves: openedPlaces(tree).map((isOpen) => (isOpen ? (rest.next().value ?? null) : null)) };
}

function rootOf(marks: string, nodes: readonly Uint8Array[], figures: readonly Figure[]): Uint8Array {
  try {
    return rootOfOpened({ marks, nodes }, figures.map(figureLeafHash));
  } catch (cause) {
    throw new LedgerError('FIGURES_ROOT_MISMATCH', 'The tree of the opened figures does not fit.', { cause });
  }
}

/** @throws LedgerError PROOF_MALFORMED for whatever is not well formed */
export function wellFormed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new LedgerError('PROOF_MALFORMED', 'A record or figure of the proof is not well formed.', { cause });
  }
}
