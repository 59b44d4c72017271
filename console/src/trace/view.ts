import type { Language } from '../language/language';
import { figureWords } from '../words/figure-words';
import { titleOfRecord } from '../words/place-words';
import type { Trace, TraceNode } from './answer';

/** A trace as it is walked: what each figure is computed from, and where the chain breaks. */
export interface Walk {
  readonly root: string;
  readonly nodes: ReadonlyMap<string, TraceNode>;
  readonly inputs: ReadonlyMap<string, readonly string[]>;
  readonly breaks: ReadonlyMap<string, Trace['breaks'][number]>;
}

export function walkOf(trace: Trace): Walk {
  const nodes = new Map(trace.nodes.map((node) => [node.figure, node]));
  const inputs = new Map<string, string[]>();
  for (const { from, to } of trace.edges) if (nodes.has(from)) inputs.set(to, [...(inputs.get(to) ?? []), from]);
  return { root: trace.figure, nodes, inputs, breaks: new Map(trace.breaks.map((one) => [one.figure, one])) };
}

/** Figures on a way from the root to a break, ends included. */
export function waysToBreaks({ root, inputs, breaks }: Walk): Set<string> {
  const on = new Set<string>();
  const known = new Map<string, boolean>();
  const leads = (figure: string): boolean => {
    const before = known.get(figure);
    if (before !== undefined) return before;
    known.set(figure, false);
    // Every input is looked at, not only the first that leads to a break.
    const found = (inputs.get(figure) ?? []).map(leads).includes(true) || breaks.has(figure);
    known.set(figure, found);
    if (found) on.add(figure);
    return found;
  };
  leads(root);
  return on;
}

/** Levels that are open at first, and figures of one level that a screen takes. */
const LEVELS = 2;
const MOST_AT_ONCE = 14;

/** What is open when a trace is first shown: two levels as far as a screen takes them, and every way to a break. */
export function openAtFirst(walk: Walk): Set<string> {
  const open = waysToBreaks(walk);
  for (const figure of walk.breaks.keys()) open.delete(figure);
  let level = [walk.root];
  for (let depth = 0; depth < LEVELS; depth++) {
    const next = [...new Set(level.flatMap((figure) => walk.inputs.get(figure) ?? []))];
    if (depth > 0 && next.length > MOST_AT_ONCE) break;
    for (const figure of level) open.add(figure);
    level = next;
  }
  return open;
}

export interface Shown {
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** Nodes that are reached through open ones, and the edges between them. */
export function shownOf({ root, nodes, inputs }: Walk, open: ReadonlySet<string>): Shown {
  const shown = new Map<string, TraceNode>();
  const edges: { from: string; to: string }[] = [];
  const queue = [root];
  for (let figure = queue.shift(); figure !== undefined; figure = queue.shift()) {
    const node = nodes.get(figure);
    if (node === undefined || shown.has(figure)) continue;
    shown.set(figure, node);
    if (!open.has(figure)) continue;
    for (const from of inputs.get(figure) ?? []) {
      edges.push({ from, to: figure });
      queue.push(from);
    }
  }
  return { nodes: [...shown.values()], edges };
}

/** A figure's address in two parts, as people call them: the figure, and the record in which it stands. */
export function partsOf(figure: string, language: Language): { readonly name: string; readonly place: string } {
  const [key = '', name = ''] = figure.split('#');
  return { name: figureWords(name)[language], place: titleOfRecord(key, language) };
}

type Doubt = NonNullable<Trace['doubts']>[number];

/** Doubts of one reason together: a finding about a year is one line and not one for each of its months. */
export function doubtsByReason(doubts: readonly Doubt[]): (readonly [Doubt, ...Doubt[]])[] {
  const found = new Map<string, [Doubt, ...Doubt[]]>();
  for (const doubt of doubts) {
    const reason = `${doubt.step} ${doubt.by ?? ''}`;
    const same = found.get(reason);
    if (same === undefined) found.set(reason, [doubt]);
    else same.push(doubt);
  }
  return [...found.values()];
}
