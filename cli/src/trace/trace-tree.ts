import { markTitle, markWords, stepWords, type Trace, type TraceNode } from '@carbon-ledger/core';
import type { Style } from '../output/style';
import { plainText } from '../output/style';
import type { TreeNode } from '../output/tree';
import { formatState } from '../verification/standing';

export interface TreeSettings {
  readonly style: Style;
  /** Levels below the root that are drawn; what lies deeper is counted. */
  readonly depth: number;
}

/** Inputs of each figure. An edge leads from an input to what is computed from it. */
function inputsOf(trace: Trace): ReadonlyMap<string, readonly string[]> {
  const inputs = new Map<string, string[]>();
  for (const { from, to } of trace.edges) inputs.set(to, [...(inputs.get(to) ?? []), from]);
  return inputs;
}

/** The address without the party that the reader knows from the first line. */
function shorten(figure: string, root: string): string {
  const party = `${root.split('/')[0] ?? ''}/`;
  return figure.startsWith(party) ? figure.slice(party.length) : figure;
}

/** Two values that differ, or why what stands there carries nothing: `被引用的记录已撤回 the record was withdrawn: 61.10 (withdrawn)`. */
export function formatBreak({ step, expected, got }: Trace['breaks'][number]): string {
  if (expected !== null && got !== null) return `expected ${expected}, got ${got} (${step})`;
  const { zh, en } = stepWords(step);
  const value = expected ?? got;
  return `${zh} ${en}${value === null ? '' : `: ${value}`} (${step})`;
}

/** The state of its record, where it says more than that it is in force: `〔已退回 returned〕`. */
function describeState(node: TraceNode): string {
  const [key = ''] = node.figure.split('#');
  return node.state === 'CURRENT' ? '' : `  〔${formatState({ key, state: node.state })}〕`;
}

/** `〔逾期 12 天 12 days late〕`; what it is about is told by `show` and in JSON. */
function describeMarks({ marks = [] }: TraceNode): string {
  return marks
    .map((mark) => (mark.mark === 'late' ? markWords(mark) : markTitle(mark)))
    .map(({ zh, en }) => `  〔${zh} ${en}〕`)
    .join('');
}

/** Where a figure comes from: its formula, its party, its files. */
function describeSource(node: TraceNode): string {
  const formula = node.formula === undefined ? '' : ` = ${node.formula}`;
  // A figure that was read out of a workbook has its cell behind the name.
  const places = node.documents.map(({ name, place }) => (place === undefined ? name : `${name} ${place}`));
  const files = places.length === 0 ? '' : `  ${places.join(', ')}`;
  return plainText(`${formula}  by ${node.party}${describeState(node)}${describeMarks(node)}${files}`);
}

function describe(node: TraceNode | undefined, figure: string, trace: Trace, style: Style): string {
  const address = shorten(figure, trace.figure);
  const broken = trace.breaks.find((one) => one.figure === figure);
  const mark = broken === undefined ? '' : `  ${style.bad(`✗ ${formatBreak(broken)}`)}`;
  if (node === undefined) return `${address}${mark}`;
  const value =
    node.value === null ? style.warn('not open to you') : style.bold(`${node.value} ${node.unit ?? ''}`.trim());
  return `${address}  ${value}${style.dim(describeSource(node))}${mark}`;
}

/** The trace as a tree. A figure that several others rest on is drawn once and referred to afterwards. */
export function traceTree(trace: Trace, settings: TreeSettings): TreeNode {
  const nodes = new Map(trace.nodes.map((node) => [node.figure, node]));
  const inputs = inputsOf(trace);
  const drawn = new Set<string>();
  const draw = (figure: string, depth: number): TreeNode => {
    const label = describe(nodes.get(figure), figure, trace, settings.style);
    const below = inputs.get(figure) ?? [];
    if (below.length === 0) return { label, children: [] };
    if (drawn.has(figure)) return { label: `${label}  ↑`, children: [] };
    if (depth === 0) return { label: `${label}  … ${String(below.length)} inputs`, children: [] };
    drawn.add(figure);
    return { label, children: below.map((input) => draw(input, depth - 1)) };
  };
  return draw(trace.figure, settings.depth);
}
