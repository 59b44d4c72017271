import {
  edgeAttributes,
  nodeAttributes,
  type Attributes,
  type GraphEdge,
  type GraphNode,
  type GraphPart,
} from './elements';

const NAMESPACE = 'http://graphml.graphdrawing.org/xmlns';

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** What XML 1.0 has no way to write, not even as a reference (section 2.2): control characters, halves of characters. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const REPLACEMENT = '\uFFFD';

/** Line breaks and tabs as references: a reader makes blanks of them where they stand as they are. */
function xmlText(text: string): string {
  return text
    .replace(UNWRITABLE, REPLACEMENT)
    .replace(/[&<>"']/g, (one) => marks[one] ?? one)
    .replace(/[\t\n\r]/g, (one) => `&#${String(one.charCodeAt(0))};`);
}

function keysOf(prefix: string, domain: string, names: readonly string[]): string[] {
  return ['kind', ...names].map(
    (name) => `<key id="${prefix}.${name}" for="${domain}" attr.name="${name}" attr.type="string"/>`,
  );
}

function data(prefix: string, kind: string, attributes: Attributes): string {
  return Object.entries({ kind, ...attributes })
    .map(([name, value]) => `<data key="${prefix}.${name}">${xmlText(value)}</data>`)
    .join('');
}

function nodeLine({ id, kind, attributes }: GraphNode): string {
  return `<node id="${xmlText(id)}">${data('n', kind, attributes)}</node>`;
}

function edgeLine({ from, to, kind, attributes }: GraphEdge): string {
  return `<edge source="${xmlText(from)}" target="${xmlText(to)}">${data('e', kind, attributes)}</edge>`;
}

/** A graph as GraphML 1.0, a line for each node and edge. */
export async function* graphMl(parts: AsyncIterable<GraphPart>): AsyncGenerator<string, void, undefined> {
  const declared = [...keysOf('n', 'node', nodeAttributes), ...keysOf('e', 'edge', edgeAttributes)];
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="${NAMESPACE}">\n${declared.join('\n')}\n<graph edgedefault="directed">\n`;
  for await (const { nodes, edges } of parts)
    yield [...nodes.map(nodeLine), ...edges.map(edgeLine)].map((line) => `${line}\n`).join('');
  yield '</graph>\n</graphml>\n';
}
