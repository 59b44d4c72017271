import { Graph, layout } from '@dagrejs/dagre';
import type { Shown } from './view';

export const BOX = { width: 250, height: 62 };
const MARGIN = 16;

export interface Placed {
  readonly width: number;
  readonly height: number;
  /** Upper left corner of each figure's box. */
  readonly boxes: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  /** Path of each edge, `M … C …`. */
  readonly paths: readonly { readonly from: string; readonly to: string; readonly d: string }[];
}

/** Sources at the left, the asked figure at the right. */
export function layOut({ nodes, edges }: Shown): Placed {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 12, ranksep: 60, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { figure } of nodes) graph.setNode(figure, { ...BOX });
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  const boxes = new Map(
    nodes.map(({ figure }) => {
      const { x, y } = graph.node(figure) as { x: number; y: number };
      return [figure, { x: x - BOX.width / 2, y: y - BOX.height / 2 }];
    }),
  );
  const far = [...boxes.values()];
  return {
    boxes,
    width: Math.max(0, ...far.map(({ x }) => x)) + BOX.width + MARGIN,
    height: Math.max(0, ...far.map(({ y }) => y)) + BOX.height + MARGIN,
    paths: edges.map(({ from, to }) => ({ from, to, d: curve(boxes.get(from), boxes.get(to)) })),
  };
}

type Corner = { readonly x: number; readonly y: number } | undefined;

function curve(from: Corner, to: Corner): string {
  if (from === undefined || to === undefined) return '';
  const [x1, y1] = [from.x + BOX.width, from.y + BOX.height / 2];
  const [x2, y2] = [to.x, to.y + BOX.height / 2];
  const bend = (x1 + x2) / 2;
  return `M${String(x1)} ${String(y1)} C${String(bend)} ${String(y1)} ${String(bend)} ${String(y2)} ${String(x2)} ${String(y2)}`;
}
