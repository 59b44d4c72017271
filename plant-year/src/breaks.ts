import {
  agrees,
  type Condition,
  contentText,
  type FigureSpec,
  isCompliantTest,
  isLedgerError,
  type Recomputation,
  recomputeFigure,
  type RecordScope,
  type ResolvedInput,
  valuesOf,
  type YearValues,
} from '@carbon-ledger/core';
import { addressOf } from './address';
import type { EvaluatedRecord, EvaluatedYear } from './evaluate';
import type { UnreadFigures } from './unread';

/** A step at which the file's own figures do not follow from one another. */
export interface ChainBreak {
  /** Figure address `USCC/UNIT/PERIOD/KIND#figure`. */
  readonly figure: string;
  /** Id of the methodology's formula, or of the rule. */
  readonly step: string;
  /** Null: there is none. */
  readonly expected: string | null;
  readonly got: string | null;
}

/** A step that was computed and comes to something else than stands there. */
export type BrokenStep = ChainBreak & { readonly expected: string; readonly got: string };

/** One figure as the chain of a year has it: what it takes, and what is wrong with it. */
export interface ChainNode {
  readonly address: string;
  readonly inputs: readonly string[];
  readonly broken?: BrokenStep;
}

function inputAddress({ source }: ResolvedInput): string[] {
  if (source.kind === 'figure') return [addressOf(source.scope.key, source.figure)];
  return source.kind === 'content' ? [addressOf(source.scope.key, source.field)] : [];
}

/** Fields on which the choice of the formula rests. */
function conditionAddresses(conditions: readonly Condition[], scope: RecordScope): string[] {
  return conditions.flatMap((condition) => {
    if (!('of' in condition) || !('content' in condition.of)) return [];
    const owner = condition.of.from === undefined ? scope : scope.cited.get(condition.of.from)?.[0];
    return owner ? [addressOf(owner.key, condition.of.content)] : [];
  });
}

function recompute(spec: FigureSpec, scope: RecordScope): Recomputation | undefined {
  try {
    return recomputeFigure(spec, scope);
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

function figureNode(spec: FigureSpec, scope: RecordScope): ChainNode[] {
  const computed = recompute(spec, scope);
  if (!computed) return [];
  const address = addressOf(scope.key, spec.name);
  const inputs = [...computed.inputs.flatMap(inputAddress), ...conditionAddresses(computed.formula.when ?? [], scope)];
  const got = scope.figures.get(spec.name)?.value;
  if (got === undefined || agrees(spec, got, computed.expected)) return [{ address, inputs }];
  const broken = { figure: address, step: computed.formula.id, expected: computed.expected, got };
  return [{ address, inputs, broken }];
}

/** Does the month have a report by which it must be computed (R-D04, R-L16)? */
function hasCompliantReport(report: RecordScope | undefined, month: string, values: YearValues | undefined): boolean {
  const { issued, received } = report?.record.content ?? {};
  if (report === undefined || typeof issued !== 'string' || typeof received !== 'string') return false;
  try {
    const complete = report.figures.has('Cad_pct') && report.figures.has('Mad_pct');
    return complete && isCompliantTest({ issued, received }, month, values);
  } catch (error) {
    if (isLedgerError(error)) return false;
    throw error;
  }
}

/** R-L16: which carbon content a unit's month must use is a step of the chain, although no formula gives it. */
function basisNode(scope: RecordScope): ChainNode[] {
  const { type, subject, content } = scope.record;
  if (type !== 'monthly-evidence' || subject.unit === 'PLANT') return [];
  const report = scope.cited.get('test-report')?.[0];
  const address = addressOf(scope.key, 'carbonBasis');
  const names = ['issued', 'received', 'Cad_pct', 'Mad_pct'];
  const inputs = report ? names.map((name) => addressOf(report.key, name)) : [];
  const values = valuesOf(scope.cited.get('parameters')?.[0]?.record);
  const expected = hasCompliantReport(report, subject.period, values) ? 'measured' : 'default';
  const got = contentText(content['carbonBasis']) ?? '';
  return got === expected
    ? [{ address, inputs }]
    : [{ address, inputs, broken: { figure: address, step: 'R-L16', expected, got } }];
}

function nodesOf({ scope, specs }: EvaluatedRecord, unread: UnreadFigures): ChainNode[] {
  const read = specs.filter((spec) => !unread.isBehind(spec, scope));
  const nodes = [...basisNode(scope), ...read.flatMap((spec) => figureNode(spec, scope))];
  return nodes.filter(({ address, inputs }) => ![address, ...inputs].some((one) => unread.has(one)));
}

/**
 * The chain of a year: every computed figure with its inputs, in the order of computation. What rests on a value that was
 * not read is no part of it: it neither holds nor breaks.
 */
export function chainOf(year: EvaluatedYear, unread: UnreadFigures): ChainNode[] {
  return [...year.values()].flatMap((record) => nodesOf(record, unread));
}

/** The first break at a figure of which `isStart` is true, or at anything that follows from one. */
export function firstBreak(chain: readonly ChainNode[], isStart: (address: string) => boolean): BrokenStep | undefined {
  const touched = new Set<string>();
  for (const node of chain) {
    const isTouched = [node.address, ...node.inputs].some((address) => touched.has(address) || isStart(address));
    if (!isTouched) continue;
    if (node.broken) return node.broken;
    touched.add(node.address);
  }
  return undefined;
}
