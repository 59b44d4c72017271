import { wordsOfAnySector, type Trace, type TraceNode } from '@carbon-ledger/core';
import { escapeHtml } from '../http/pages';

const COLUMN = 400;
const ROW = 96;
const BOX = { width: 300, height: 82 };
const MARGIN = 20;
/** Letters that a line of a box holds; one of Chinese takes the room of two. */
const LINE = 46;

interface Placed {
  readonly node: TraceNode;
  readonly x: number;
  readonly y: number;
  /** Inputs that lie deeper than was asked. */
  readonly deeper: number;
}

/**
 * The graph of a trace, sources at the left and the asked figure at the right. Broken figures are drawn red, hidden ones grey.
 * Every edge has the colour of the figure that it leads to, an arrow there, and both names as its title.
 * @param deepest levels below the asked figure that are drawn; what lies deeper is counted
 */
export function traceSvg(trace: Trace, deepest = Infinity): string {
  const placed = place(trace, deepest);
  const broken = new Set(trace.breaks.map(({ figure }) => figure));
  const all = [...placed.values()];
  const width = Math.max(0, ...all.map(({ x }) => x)) + BOX.width + MARGIN;
  const height = Math.max(0, ...all.map(({ y }) => y)) + BOX.height + MARGIN;
  const colours = new Map([...placed.keys()].map((figure, at) => [figure, colourOf(at)]));
  const lines = trace.edges.map(({ from, to }) =>
    edgeLine(placed.get(from), placed.get(to), colours.get(to) ?? '#888'),
  );
  const boxes = all.map((one) => nodeBox(one, broken.has(one.node.figure)));
  const size = `width="${String(width)}" height="${String(height)}" viewBox="0 0 ${String(width)} ${String(height)}"`;
  const title = `${trace.figure} ${trace.value ?? ''} ${trace.unit ?? ''} (${trace.status})`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="12">
<title>${escapeHtml(title)}</title>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="context-stroke"/></marker></defs>
<g fill="none" stroke-width="1.5" marker-end="url(#arrow)">${lines.join('\n')}</g>
${boxes.join('\n')}
</svg>
`;
}

/** Hues far from one another for neighbours: the golden angle. */
function colourOf(at: number): string {
  return `hsl(${String(Math.round(at * 137.508) % 360)} 60% 40%)`;
}

/** Columns by the longest way to the asked figure, rows in the order of the trace. */
function place(trace: Trace, deepest: number): Map<string, Placed> {
  const depth = depths(trace);
  const drawn = trace.nodes.filter(({ figure }) => (depth.get(figure) ?? 0) <= deepest);
  const columns = Math.max(0, ...drawn.map(({ figure }) => depth.get(figure) ?? 0));
  const shown = new Set(drawn.map(({ figure }) => figure));
  const rows = new Map<number, number>();
  const placed = new Map<string, Placed>();
  for (const node of drawn) {
    if (placed.has(node.figure)) continue;
    const column = columns - (depth.get(node.figure) ?? 0);
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    const deeper = trace.edges.filter(({ from, to }) => to === node.figure && !shown.has(from)).length;
    placed.set(node.figure, { node, x: MARGIN + column * COLUMN, y: MARGIN + row * ROW, deeper });
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

function edgeLine(from: Placed | undefined, to: Placed | undefined, colour: string): string {
  if (from === undefined || to === undefined) return '';
  const [x1, y1, x2, y2] = [from.x + BOX.width, from.y + BOX.height / 2, to.x, to.y + BOX.height / 2];
  const bend = (x1 + x2) / 2;
  const title = escapeHtml(`${from.node.figure} → ${to.node.figure}`);
  return `<path stroke="${colour}" d="M${String(x1)} ${String(y1)} C${String(bend)} ${String(y1)} ${String(bend)} ${String(y2)} ${String(x2)} ${String(y2)}"><title>${title}</title></path>`;
}

/** As much of a text as a line of a box holds. */
function fitting(text: string): string {
  let room = LINE;
  let shown = '';
  for (const letter of text) {
    room -= letter.charCodeAt(0) > 0x2e7f ? 2 : 1;
    if (room < 0) return `${shown}…`;
    shown += letter;
  }
  return shown;
}

function strokeOf({ hidden }: TraceNode, isBroken: boolean): string {
  if (isBroken) return '#c00';
  return hidden === true ? '#999' : '#275';
}

function linesOf({ node, deeper }: Placed): string[] {
  const [key = '', figure = ''] = node.figure.split('#');
  const value = node.value === null ? '未公开 hidden' : `${node.value} ${node.unit ?? ''}`.trim();
  const { zh } = wordsOfAnySector(figure);
  const place = key.split('/').slice(1).join('/');
  return [
    zh === figure ? figure : `${zh} ${figure}`,
    `= ${value}`,
    deeper > 0 ? `${place}  … ${String(deeper)}` : place,
    node.expression === undefined ? '' : `= ${node.expression}`,
  ];
}

const looks = [' font-weight="bold"', '', ' fill="#555"', ' fill="#555" font-style="italic"'];

function nodeBox(placed: Placed, isBroken: boolean): string {
  const { node, x, y } = placed;
  const lines = linesOf(placed).map(
    (line, at) => `<text x="8" y="${String(18 + at * 19)}"${looks[at] ?? ''}>${escapeHtml(fitting(line))}</text>`,
  );
  const title = [node.figure, node.expression, node.formula, node.record, node.party, node.anchoredAt, node.state];
  return `<g transform="translate(${String(x)} ${String(y)})"><title>${escapeHtml(title.filter((part) => part !== undefined && part !== '').join(' · '))}</title>
<rect width="${String(BOX.width)}" height="${String(BOX.height)}" rx="6" fill="#fff" stroke="${strokeOf(node, isBroken)}"/>
${lines.join('')}</g>`;
}
