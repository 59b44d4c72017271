import type { Recomputation } from '../methodology/recompute';
import type { RecordScope } from '../methodology/scope';
import type { FigureSpec } from '../methodology/spec';
import type { LedgerRecord } from '../records';
import type { AnchoredRecord } from './source';
import type { TraceNode } from './traced';

/** A figure's spec, and what the figure comes to by it; undefined where it is a stated one. */
export interface Computed {
  readonly spec: FigureSpec;
  readonly computation: Recomputation | undefined;
}

/** A record with what it cites, as formulas see it, and what was computed of it. */
export interface Joined {
  readonly scope: RecordScope;
  readonly specs: readonly FigureSpec[];
  readonly computed: Map<string, Computed>;
  /** As they were last told in a trace, by the names of their figures. */
  readonly nodes: Map<string, TraceNode>;
}

interface Kept<Value> extends Pick<AnchoredRecord, 'id' | 'figures'> {
  readonly value: Value;
}

/**
 * What follows from a record and its figures alone, kept as long as they are and told again for these very objects only: a value that
 * was read from another text is another object, and is looked at anew. Of what may still change nothing is kept.
 */
export class FixedFacts<Value> {
  #kept = new WeakMap<LedgerRecord, Kept<Value>>();

  /** @param isStill whether a value that was kept still goes for what else it was made of */
  of(anchored: AnchoredRecord, make: () => Value, isStill: (value: Value) => boolean = () => true): Value {
    const { record, id, figures } = anchored;
    const known = this.#kept.get(record);
    if (known?.id === id && known.figures === figures && isStill(known.value)) return known.value;
    const value = make();
    if (isFixed(anchored)) this.#kept.set(record, { id, figures, value });
    return value;
  }

  /** What was purged must not stay in memory, and an input stays in what was computed of it. */
  forget(): void {
    this.#kept = new WeakMap();
  }
}

/** Frozen through and through, as a source gives what it will give again. */
export function isFixed({ record, figures }: AnchoredRecord): boolean {
  return Object.isFrozen(record) && (figures === undefined || Object.isFrozen(figures));
}
