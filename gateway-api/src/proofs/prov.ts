import type { Trace, TraceNode } from '@carbon-ledger/core';

type Members = Record<string, Record<string, unknown>>;

/**
 * A trace as W3C PROV-JSON (member submission of 2013-04-24): figures and documents are entities, each recomputation is
 * an activity, parties are agents.
 */
export function provDocument(trace: Trace): object {
  const document = {
    prefix: { cal: 'urn:carbon-audit-ledger:', usci: 'urn:uscc:' },
    entity: entities(trace),
    activity: {} as Members,
    agent: {} as Members,
    used: {} as Members,
    wasGeneratedBy: {} as Members,
    wasAttributedTo: {} as Members,
    hadPrimarySource: {} as Members,
  };
  for (const node of trace.nodes) addNode(document, node);
  for (const [index, { from, to }] of trace.edges.entries()) {
    document.used[`_:u${String(index)}`] = { 'prov:activity': activityId(to), 'prov:entity': figureId(from) };
  }
  return document;
}

function entities({ nodes }: Trace): Members {
  const members: Members = {};
  for (const node of nodes) {
    members[figureId(node.figure)] = {
      'prov:label': node.figure,
      'cal:record': node.record,
      ...(node.value === null ? { 'cal:hidden': true } : { 'prov:value': node.value, 'cal:unit': node.unit ?? '' }),
    };
    for (const { name, sha256 } of node.documents)
      members[documentId(sha256)] = { 'prov:label': name, 'cal:sha256': sha256 };
  }
  return members;
}

function addNode(
  document: Readonly<Record<string, unknown>> & {
    activity: Members;
    agent: Members;
    wasGeneratedBy: Members;
    wasAttributedTo: Members;
    hadPrimarySource: Members;
  },
  node: TraceNode,
): void {
  const entity = figureId(node.figure);
  const agent = `usci:${node.party}`;
  document.agent[agent] = { 'prov:type': 'prov:Organization' };
  document.wasAttributedTo[`_:a${entity}`] = { 'prov:entity': entity, 'prov:agent': agent };
  if (node.formula !== undefined) {
    const activity = activityId(node.figure);
    document.activity[activity] = { 'prov:label': node.formula, 'cal:expression': node.expression ?? '' };
    document.wasGeneratedBy[`_:g${entity}`] = {
      'prov:entity': entity,
      'prov:activity': activity,
      'prov:time': node.anchoredAt,
    };
  }
  for (const [index, { sha256 }] of node.documents.entries()) {
    const source = { 'prov:generatedEntity': entity, 'prov:usedEntity': documentId(sha256) };
    document.hadPrimarySource[`_:s${String(index)}${entity}`] = source;
  }
}

function figureId(address: string): string {
  return `cal:figure/${encodeURIComponent(address)}`;
}

function activityId(address: string): string {
  return `cal:computation/${encodeURIComponent(address)}`;
}

function documentId(sha256: string): string {
  return `cal:document/${sha256.replace(':', '-')}`;
}
