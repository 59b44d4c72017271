import { isLedgerError, LedgerError } from '../errors';
import { formatFigureAddress, type FigureAddress } from '../identifiers';
import { agrees, type Recomputation } from '../methodology/recompute';
import { MissingInput, type ResolvedInput } from '../methodology/resolve';
import { figureMap } from '../methodology/scope';
import { doubtsOf } from './doubts';
import { computedAnew, keptTraces, ProvenanceGraph, type GraphRecord } from './graph';
import type { AnchoredRecord, RecordSource } from './source';
import { bears } from './resting';
import { saysTheSame } from './tables';
import { nodeIn } from './trace-node';
import type { Trace, TraceBreak, TraceDoubt, TraceEdge, TraceNode } from './traced';

interface Place {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

function addressOf(place: Pick<Place, 'key' | 'name'>): string {
  return formatFigureAddress({ key: place.key, figure: place.name });
}

function placeOf({ source }: ResolvedInput): Place {
  const { scope } = source;
  const name = source.kind === 'figure' ? source.figure : source.kind === 'parameter' ? source.parameter : source.field;
  return { id: scope.id, key: scope.key, name };
}

/** What the current version of a superseded record says of a figure. */
function figureOf(anchored: AnchoredRecord | undefined, name: string): string | undefined {
  if (!anchored) return undefined;
  return figureMap(anchored.record, anchored.figures ?? []).get(name)?.value;
}

/** Figures that are computed anew in one turn of whoever serves others too. */
const FIGURES_A_TURN = 50;

class Tracer {
  readonly #graph: ProvenanceGraph;
  readonly nodes = new Map<string, TraceNode>();
  readonly edges = new Map<string, TraceEdge>();
  readonly breaks: TraceBreak[] = [];
  readonly doubts: TraceDoubt[] = [];
  /** Figures that are shown but were not computed anew, because their inputs are not open. */
  unproved = 0;
  #visited = 0;
  readonly #checked = new Set<string>();
  readonly #restedOn = new Set<string>();

  constructor(graph: ProvenanceGraph) {
    this.#graph = graph;
  }

  async visit(place: Place): Promise<void> {
    const address = `${place.id}#${place.name}`;
    if (this.nodes.has(address)) return;
    this.#visited += 1;
    if (this.#visited % FIGURES_A_TURN === 0) await this.#graph.turn();
    const record = await this.#graph.load(place.id);
    if (!record) {
      this.#break(place, 'not-on-ledger', place.id, null);
      return;
    }
    await this.#checkRecord(place, record);
    const known = this.unproved;
    const computed = this.#recompute(place, record);
    const node = nodeIn(record, place.name, computed, await this.#graph.marks(record.anchored));
    this.nodes.set(address, node);
    for (const input of computed?.inputs ?? []) await this.#follow(input, place);
    const isClosed = this.unproved > known || node.hidden === true;
    await this.#checkRestedOn(record, isClosed ? () => true : hasNoFigures);
  }

  async #follow(input: ResolvedInput, to: Place): Promise<void> {
    const from = placeOf(input);
    const edge = { from: addressOf(from), to: addressOf(to) };
    this.edges.set(`${edge.from} ${edge.to}`, edge);
    await this.visit(from);
  }

  #break(place: Place, step: string, expected: string | null, got: string | null): void {
    this.breaks.push({ figure: addressOf(place), step, expected, got });
  }

  /** Is the stored record what was anchored, and is it still the one that counts, and did its party sign it? Told once for each record, of a table for each value. */
  async #checkRecord(place: Place, record: GraphRecord): Promise<void> {
    const { anchored, damage, scope } = record;
    const told = anchored.record.type === 'parameter' ? `${place.id}#${place.name}` : place.id;
    if (this.#checked.has(told)) return;
    this.#checked.add(told);
    if (damage) this.#break(place, damage, damage === 'record-hash' ? anchored.id : anchored.record.figuresRoot, null);
    await this.#checkWord(place, record);
    if (bears(anchored)) return;
    const { status } = anchored;
    const head = status === 'superseded' ? await this.#graph.head(scope.key) : undefined;
    if (saysTheSame(anchored, head, place.name)) return;
    this.#break(place, status, figureOf(head, place.name) ?? null, figureOf(anchored, place.name) ?? null);
  }

  /** Anybody may have signed it: the word of a key that was in other hands counts for nothing. Other doubts are told as such; an input breaks where it lies on the path. */
  async #checkWord(place: Place, { anchored }: GraphRecord): Promise<void> {
    const marks = await this.#graph.marks(anchored);
    if (marks.some(({ mark }) => mark === 'key-compromised'))
      this.#break(place, 'key-compromised', null, figureOf(anchored, place.name) ?? null);
    for (const { why, ...by } of doubtsOf(anchored, marks))
      if (why === 'questioned' || why === 'under-finding')
        this.doubts.push({ figure: addressOf(place), step: why, ...by });
  }

  /**
   * What carries no figure is on no path of figures, and a report still rests on the sample that it names. Where the figures of
   * a record are closed to who asks, all that it cites is looked at: how a record stands is public.
   */
  async #checkRestedOn(record: GraphRecord, counts: (cited: GraphRecord) => boolean): Promise<void> {
    for (const { record: id, key } of record.anchored.record.cites) {
      const cited = await this.#graph.load(id);
      const place = { id, key, name: 'record' };
      if (cited === undefined) this.#break(place, 'not-on-ledger', id, null);
      if (cited === undefined || !counts(cited)) continue;
      await this.#checkRecord(place, cited);
      if (this.#restedOn.has(id)) continue;
      this.#restedOn.add(id);
      await this.#checkRestedOn(cited, counts);
    }
  }

  #recompute(place: Place, record: GraphRecord): Recomputation | undefined {
    const got = record.scope.figures.get(place.name)?.value;
    if (got === undefined) return undefined;
    try {
      const { spec, computation } = computedAnew(record, place.name) ?? {};
      if (spec && computation && !agrees(spec, got, computation.expected))
        this.#break(place, computation.formula.id, computation.expected, got);
      return computation;
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      if (isHiddenInput(error, record)) this.unproved += 1;
      else this.#break(place, 'missing-input', null, got);
      return undefined;
    }
  }
}

/** Methodology and parameters are on the path where a formula takes something of them. */
function hasNoFigures({ anchored: { record } }: GraphRecord): boolean {
  const isRule = record.type === 'methodology' || record.type === 'parameter';
  return !isRule && record.figuresRoot === null && Object.keys(record.totals).length === 0;
}

/** An input that is not open to the reader is no break: the figure is simply not proved to this reader. */
function isHiddenInput(error: LedgerError, { hidden }: GraphRecord): boolean {
  return error instanceof MissingInput && (hidden || error.role !== 'self');
}

/** What was not looked at is not vouched for: only a chain that was computed anew throughout is intact. */
function statusOf({ breaks, doubts }: Tracer, hidden: number): Trace['status'] {
  if (breaks.length > 0) return 'broken';
  if (doubts.length > 0) return 'questioned';
  return hidden > 0 ? 'undecidable' : 'intact';
}

/**
 * Traces a figure back to its sources and computes every step anew. Nothing is taken from the source unchecked: record ids,
 * figure roots and formulas are verified on the way.
 * @throws LedgerError NOT_FOUND, FIGURE_NOT_FOUND
 */
export async function traceFigure(source: RecordSource, address: FigureAddress): Promise<Trace> {
  const graph = new ProvenanceGraph(source);
  const head = await graph.head(address.key);
  if (!head) throw new LedgerError('NOT_FOUND', `${address.key} is not anchored`, { details: { key: address.key } });
  const footing = await graph.prefetch(head);
  const figure = formatFigureAddress(address);
  const known = footing && keptTraces.get(figure, footing);
  if (known !== undefined) return known;
  const trace = await tracedAnew(graph, head.id, address);
  if (footing !== undefined) keptTraces.keep(figure, footing, trace);
  return trace;
}

async function tracedAnew(graph: ProvenanceGraph, id: string, address: FigureAddress): Promise<Trace> {
  const root: Place = { id, key: address.key, name: address.figure };
  const record = await graph.load(id);
  const value = record?.scope.figures.get(address.figure);
  if (!value) {
    const known = [...(record?.scope.figures.keys() ?? [])];
    throw new LedgerError('FIGURE_NOT_FOUND', `${formatFigureAddress(address)} is not there`, {
      details: { figures: known },
    });
  }
  const tracer = new Tracer(graph);
  await tracer.visit(root);
  const nodes = [...tracer.nodes.values()];
  const hidden = nodes.filter((node) => node.hidden).length + tracer.unproved;
  return {
    figure: formatFigureAddress(address),
    value: value.value,
    unit: value.unit,
    status: statusOf(tracer, hidden),
    breaks: tracer.breaks,
    ...(tracer.doubts.length === 0 ? {} : { doubts: tracer.doubts }),
    nodes,
    edges: [...tracer.edges.values()],
    hidden,
  };
}
