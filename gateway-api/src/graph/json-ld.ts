import { visibleJson } from '@carbon-ledger/core';
import { ledgerPrefix, type EdgeKind, type GraphEdge, type GraphNode, type GraphPart, type NodeKind } from './elements';

const types: Readonly<Record<NodeKind, readonly string[]>> = {
  ledger: ['prov:Entity'],
  region: ['prov:Entity', 'prov:Location'],
  group: ['prov:Agent', 'prov:Organization'],
  party: ['prov:Agent', 'prov:Organization'],
  unit: ['prov:Entity'],
  record: ['prov:Entity', 'prov:Collection'],
  figure: ['prov:Entity'],
  document: ['prov:Entity'],
  computation: ['prov:Activity'],
};

/** The relation, and how it is said where there is more to say of it (PROV-O, qualified terms). */
interface Relation {
  readonly name: string;
  readonly qualified?: readonly [relation: string, type: string, object: string];
}

const derived = ['prov:qualifiedDerivation', 'prov:Derivation', 'prov:entity'] as const;
const primary = ['prov:qualifiedPrimarySource', 'prov:PrimarySource', 'prov:entity'] as const;
const influence = ['prov:qualifiedInfluence', 'prov:Influence', 'prov:influencer'] as const;
const usage = ['prov:qualifiedUsage', 'prov:Usage', 'prov:entity'] as const;

const relations: Readonly<Record<EdgeKind, Relation>> = {
  located: { name: 'prov:atLocation' },
  belongs: { name: 'prov:actedOnBehalfOf' },
  owned: { name: 'prov:actedOnBehalfOf' },
  part: { name: 'prov:wasAttributedTo' },
  filed: { name: 'prov:wasAttributedTo' },
  about: { name: 'cal:about' },
  cites: { name: 'prov:wasDerivedFrom', qualified: derived },
  revises: { name: 'prov:wasRevisionOf' },
  names: { name: 'prov:wasInfluencedBy', qualified: influence },
  member: { name: 'prov:hadMember' },
  source: { name: 'prov:hadPrimarySource', qualified: primary },
  generated: { name: 'prov:wasGeneratedBy' },
  used: { name: 'prov:used', qualified: usage },
};

/** Terms of PROV and RDF Schema for attributes that have one; the others are the ledger's own. */
const context = {
  prov: 'http://www.w3.org/ns/prov#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  cal: ledgerPrefix,
  '@vocab': ledgerPrefix,
  label: 'rdfs:label',
  value: 'prov:value',
  anchoredAt: { '@id': 'prov:generatedAtTime', '@type': 'xsd:dateTime' },
};

function nodeObject({ id, kind, attributes }: GraphNode): object {
  return { '@id': id, '@type': types[kind], kind, ...attributes };
}

function edgeObject({ from, to, kind, attributes }: GraphEdge): object {
  const { name, qualified } = relations[kind];
  const target = { '@id': to };
  if (qualified === undefined || Object.keys(attributes).length === 0) return { '@id': from, [name]: target };
  const [relation, type, object] = qualified;
  return { '@id': from, [name]: target, [relation]: { '@type': type, [object]: target, ...attributes } };
}

/** A graph as PROV-O in JSON-LD 1.1, a line for each node and edge; nothing has to be fetched to read it. */
export async function* jsonLd(parts: AsyncIterable<GraphPart>): AsyncGenerator<string, void, undefined> {
  yield `{"@context":${JSON.stringify(context)},\n"@graph":[`;
  let separator = '\n';
  for await (const { nodes, edges } of parts) {
    const lines = [...nodes.map(nodeObject), ...edges.map(edgeObject)].map((one) => visibleJson(JSON.stringify(one)));
    if (lines.length === 0) continue;
    yield separator + lines.join(',\n');
    separator = ',\n';
  }
  yield '\n]}\n';
}
