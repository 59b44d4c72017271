/** What stands in a graph of the ledger. */
export type NodeKind =
  'ledger' | 'region' | 'group' | 'party' | 'unit' | 'record' | 'figure' | 'document' | 'computation';

/** How two of them are related; each is a relation of PROV-O, or one of the ledger's own (`about`). */
export type EdgeKind =
  | 'located'
  | 'belongs'
  | 'owned'
  | 'part'
  | 'filed'
  | 'about'
  | 'cites'
  | 'revises'
  | 'names'
  | 'member'
  | 'source'
  | 'generated'
  | 'used';

export type Attributes = Readonly<Record<string, string>>;

export interface GraphNode {
  /** An IRI. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly attributes: Attributes;
}

/** From what rests on another, to that other. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly attributes: Attributes;
}

/** Nodes and edges that come together; an edge may lead to a node of a later part. */
export interface GraphPart {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Attributes of nodes and edges, in the order in which GraphML declares them. */
export const nodeAttributes = [
  ...['label', 'key', 'type', 'uscc', 'unit', 'period', 'version', 'status', 'state', 'anchoredAt', 'logIndex'],
  ...['name', 'kindOf', 'region', 'value', 'measure', 'formula', 'expression', 'sha256', 'mediaType', 'logSize'],
  'outside',
  'marks',
] as const;
export const edgeAttributes = ['role', 'field', 'name', 'place', 'variable'] as const;

/** What is said with the prefix `cal`. */
export const ledgerPrefix = 'urn:carbon-audit-ledger:';

/** Whatever stands in a name is one segment of an IRI. */
function segment(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

const iri = (...path: readonly string[]): string => `${ledgerPrefix}${path.map(segment).join('/')}`;
const hexOf = (record: string): string => record.slice('rec:'.length);

/** IRIs by what they name. */
export const ids = {
  ledger: (id: string): string => iri('ledger', id),
  region: (code: string): string => iri('region', code),
  group: (name: string): string => iri('group', name),
  party: (uscc: string): string => `urn:uscc:${segment(uscc)}`,
  unit: (uscc: string, unit: string): string => iri('unit', uscc, unit),
  record: (record: string): string => iri('record', hexOf(record)),
  /** `kind`: `figure`, `parameter` or `content`. */
  value: (kind: string, record: string, name: string): string => iri(kind, hexOf(record), name),
  computation: (record: string, figure: string): string => iri('computation', hexOf(record), figure),
  document: (sha256: string): string => iri('document', sha256.replace(':', '-')),
} as const;
