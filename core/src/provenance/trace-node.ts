import { formatFigureAddress } from '../identifiers';
import type { Recomputation } from '../methodology/recompute';
import { contentText } from '../methodology/resolve';
import type { Figure } from '../records';
import type { GraphRecord } from './graph';
import type { Mark } from './marks';
import type { AnchoredRecord, FirstAnchor } from './source';
import type { TraceNode } from './traced';

/** A figure of a record in a trace; the same as before where neither the record nor how it stands is another. */
export function nodeIn(
  record: GraphRecord,
  name: string,
  computed: Recomputation | undefined,
  marks: readonly Mark[],
): TraceNode {
  const known = record.nodes.get(name);
  if (known !== undefined && isStill(known, record.anchored, marks)) return known;
  const node = nodeOf(record, name, computed, marks);
  record.nodes.set(name, node);
  return node;
}

function isStill(
  node: TraceNode,
  { status, state, anchoredAt, earlier }: AnchoredRecord,
  marks: readonly Mark[],
): boolean {
  const isMarked = marks.length > 0 || node.marks !== undefined || earlier !== undefined || node.earlier !== undefined;
  return !isMarked && node.status === status && node.state === state && node.anchoredAt === anchoredAt;
}

function documentsOf(record: GraphRecord, figure: Figure | undefined): TraceNode['documents'] {
  const { documents } = record.anchored.record;
  const source = figure?.source;
  const own = source === undefined ? undefined : documents[source.document];
  if (own && source) return [{ name: own.name, sha256: own.sha256, place: source.place }];
  return documents.map(({ name, sha256 }) => ({ name, sha256 }));
}

/** A parameter or a public field is a node too: its value stands in the content. */
function contentValue(record: GraphRecord, name: string): { value: string; unit: string | null } | undefined {
  const { content } = record.anchored.record;
  const table = content['values'] as Readonly<Record<string, { value: string; unit: string }>> | undefined;
  const entry = table && Object.hasOwn(table, name) ? table[name] : undefined;
  if (entry) return { value: entry.value, unit: entry.unit };
  const field = contentText(Object.hasOwn(content, name) ? content[name] : undefined);
  return field === undefined
    ? undefined
    : { value: field, unit: name.includes('_') ? (name.split('_').at(-1) ?? null) : null };
}

function firstAnchor({ earlier }: AnchoredRecord): { earlier?: FirstAnchor } {
  return earlier === undefined ? {} : { earlier: { ledger: earlier.ledger, anchoredAt: earlier.anchoredAt } };
}

function nodeOf(
  record: GraphRecord,
  name: string,
  computed: Recomputation | undefined,
  marks: readonly Mark[],
): TraceNode {
  const { anchored, scope } = record;
  const found = scope.figures.get(name) ?? contentValue(record, name);
  return {
    figure: formatFigureAddress({ key: scope.key, figure: name }),
    record: anchored.id,
    value: found?.value ?? null,
    unit: found?.unit ?? null,
    ...(computed
      ? { formula: computed.formula.id, expression: computed.formula.expression, recomputed: computed.expected }
      : {}),
    party: anchored.record.issuer,
    anchoredAt: anchored.anchoredAt,
    status: anchored.status,
    state: anchored.state,
    ...(marks.length === 0 ? {} : { marks }),
    ...firstAnchor(anchored),
    documents: documentsOf(
      record,
      anchored.figures?.find((figure) => figure.name === name),
    ),
    ...(found ? {} : { hidden: true as const }),
  };
}
