import { isLedgerError } from '../errors';
import type { ResolvedInput } from '../methodology/resolve';
import { computedAnew, ProvenanceGraph, type GraphRecord } from './graph';
import type { AnchoredRecord, RecordSource } from './source';

/** What a formula took: a figure, a parameter of a table, or a field of a record's content. */
export interface RelatedInput {
  /** Its name in the formula. */
  readonly variable: string;
  /** Id and business key of the record where it stands. */
  readonly record: string;
  readonly key: string;
  readonly kind: 'figure' | 'parameter' | 'content';
  readonly name: string;
  readonly value: string;
}

/** A figure as far as it is open to who asks, with what it was read or computed from. */
export interface RelatedFigure {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  /** The document of the record in which it stands, by its index, and the place there. */
  readonly source?: { readonly document: number; readonly place: string };
  readonly computed?: {
    readonly formula: string;
    readonly expression: string;
    readonly inputs: readonly RelatedInput[];
  };
}

function relatedInput({ variable, source, value }: ResolvedInput): RelatedInput {
  const { scope, kind } = source;
  const name = kind === 'figure' ? source.figure : kind === 'parameter' ? source.parameter : source.field;
  return { variable, record: scope.id, key: scope.key, kind, name, value };
}

/** Undefined for what is stated, and where an input is missing or not open: nothing is said of what cannot be seen. */
function computedBy(record: GraphRecord, name: string): RelatedFigure['computed'] {
  try {
    const found = computedAnew(record, name)?.computation;
    if (found === undefined) return undefined;
    const { id, expression } = found.formula;
    return { formula: id, expression, inputs: found.inputs.map(relatedInput) };
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

function figuresOf(record: GraphRecord): RelatedFigure[] {
  const sources = new Map((record.anchored.figures ?? []).map(({ name, source }) => [name, source]));
  return [...record.scope.figures].map(([name, { value, unit }]) => {
    const source = sources.get(name);
    const computed = computedBy(record, name);
    return { name, value, unit, ...(source ? { source } : {}), ...(computed ? { computed } : {}) };
  });
}

/**
 * Figures of records with the quantitative relations between them: what each was computed from, by which formula. One
 * reader is for records that stand near each other; what they cite is held for as long as it lives.
 */
export class RelationReader {
  readonly #graph: ProvenanceGraph;

  constructor(source: RecordSource) {
    this.#graph = new ProvenanceGraph(source);
  }

  /** In the order of their names on the record. */
  async figures(anchored: AnchoredRecord): Promise<readonly RelatedFigure[]> {
    const record = await this.#graph.load(anchored.id);
    return record === undefined ? [] : figuresOf(record);
  }
}
