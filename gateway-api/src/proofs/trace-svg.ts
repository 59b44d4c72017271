import type { Trace, TraceNode } from '@carbon-ledger/core';
import { escapeHtml } from '../http/pages';

const COLUMN = 330;
const ROW = 58;
const BOX = { width: 280, height: 46 };
const MARGIN = 20;

interface Placed {
  readonly node: TraceNode;
  readonly x: number;
  readonly y: number;
}

/** The graph of a trace, sources at the left and the asked figure at the right. Broken figures are drawn red, hidden ones grey. */
export function traceSvg(trace: Trace): string {
  const placed = place(trace);
  const broken = new Set(trace.breaks.map(({ figure }) => figure));
  const width = Math.max(0, ...[...placed.values()].map(({ x }) => x)) + BOX.width + MARGIN;
  const height = Math.max(0, ...[...placed.values()].map(({ y }) => y)) + BOX.height + MARGIN;
  const lines = trace.edges.map(({ from, to }) => edgeLine(placed.get(from), placed.get(to)));
  const boxes = [...placed.values()].map((one) => nodeBox(one, broken.has(one.node.figure)));
  const size = `width="${String(width)}" height="${String(height)}" viewBox="0 0 ${String(width)} ${String(height)}"`;
  const title = `${trace.figure} ${trace.value ?? ''} ${trace.unit ?? ''} (${trace.status})`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="12">
<title>${escapeHtml(title)}</title>
<g fill="none" stroke="#888">${lines.join('')}</g>
${boxes.join('\n')}
</svg>
`;
}

/** Columns by the longest way to the asked figure, rows in the order of the trace. */
function place(trace: Trace): Map<string, Placed> {
  const depth = depths(trace);
  const deepest = Math.max(0, ...depth.values());
  const rows = new Map<number, number>();
  const placed = new Map<string, Placed>();
  for (const node of trace.nodes) {
    if (placed.has(node.figure)) continue;
    const column = deepest - (depth.get(node.figure) ?? 0);
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    placed.set(node.figure, { node, x: MARGIN + column * COLUMN, y: MARGIN + row * ROW });
  }
  return placed;
}

function depths({ figure, edges, nodes }: Trace): Map<string, number> {
  const inputs = new Map<string, string[]>();
  for (const { from, to } of edges) inputs.set(to, [...(inputs.get(to) ?? []), from]);
  const depth = new Map<string, number>([[figure, 0]]);
  // A trace has no cycles (a record cites only what was anchored before it), so no way is longer than its nodes.
  for (let level = 0, layer = [figure]; layer.length > 0 && level < nodes.length; level++) {
    layer = [...new Set(layer.flatMap((address) => inputs.get(address) ?? []))];
    for (const address of layer) depth.set(address, level + 1);
  }
  return depth;
}

function edgeLine(from: Placed | undefined, to: Placed | undefined): string {
  if (from === undefined || to === undefined) return '';
  const [x1, y1, x2, y2] = [from.x + BOX.width, from.y + BOX.height / 2, to.x, to.y + BOX.height / 2];
  const bend = (x1 + x2) / 2;
  return `<path d="M${String(x1)} ${String(y1)} C${String(bend)} ${String(y1)} ${String(bend)} ${String(y2)} ${String(x2)} ${String(y2)}"/>`;
}

function nodeBox({ node, x, y }: Placed, isBroken: boolean): string {
  const stroke = isBroken ? '#c00' : node.hidden === true ? '#999' : '#275';
  const [key = '', figure = ''] = node.figure.split('#');
  const value = node.value === null ? '未公开 hidden' : `${node.value} ${node.unit ?? ''}`;
  const place = key.split('/').slice(1).join('/');
  return `<g transform="translate(${String(x)} ${String(y)})"><title>${escapeHtml(`${node.figure} ${node.record} ${node.party} ${node.anchoredAt}`)}</title>
<rect width="${String(BOX.width)}" height="${String(BOX.height)}" rx="6" fill="#fff" stroke="${stroke}"/>
<text x="8" y="18" font-weight="bold">${escapeHtml(figure)} = ${escapeHtml(value)}</text><text x="8" y="36" fill="#555">${escapeHtml(place)}</text></g>`;
}
