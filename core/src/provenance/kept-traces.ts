import type { Mark } from './marks';
import type { AnchoredRecord, FirstAnchor } from './source';
import type { Trace } from './traced';
import { bears } from './resting';
import { isFixed } from './fixed';

/** A record that was read for a trace, as it stood, with its marks: all that a trace is made of. */
export interface Footing {
  readonly anchored: AnchoredRecord;
  readonly marks: readonly Mark[];
}

interface Kept {
  readonly footing: readonly Footing[];
  readonly trace: Trace;
}

/** A year of a plant with its records is about a megabyte. */
const MOST_KEPT = 8;
const MOST_NODES = 2_000;

/**
 * Traces that were told last, told again where every record that they rest on was read again and is the very same, stands as it stood
 * and bears the same marks: nothing else goes into a trace. Each record is read and its text compared for that; only what follows is not
 * computed again.
 */
export class KeptTraces {
  readonly #kept = new Map<string, Kept>();

  /** Undefined where anything is another than it was. */
  get(figure: string, footing: readonly Footing[]): Trace | undefined {
    const kept = this.#kept.get(figure);
    return kept !== undefined && isSameFooting(kept.footing, footing) ? kept.trace : undefined;
  }

  /** Only what rests on records that cannot change, each of which counts by itself: else others were looked at too. */
  keep(figure: string, footing: readonly Footing[], trace: Trace): void {
    this.#kept.delete(figure);
    if (trace.nodes.length > MOST_NODES || !footing.every(({ anchored }) => isFixed(anchored) && bears(anchored)))
      return;
    this.#kept.set(figure, { footing, trace });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** What was purged must not stay in memory. */
  forget(): void {
    this.#kept.clear();
  }
}

function isSameFooting(before: readonly Footing[], now: readonly Footing[]): boolean {
  return before.length === now.length && before.every((one, at) => isSame(one, now[at]));
}

function isSame({ anchored: before, marks }: Footing, now: Footing | undefined): boolean {
  if (now === undefined) return false;
  const { anchored } = now;
  const isSameRecord = before.record === anchored.record && before.figures === anchored.figures;
  const isSameStanding = before.status === anchored.status && before.state === anchored.state;
  return isSameRecord && isSameStanding && isSameAnchor(before, anchored) && isSameList(marks, now.marks);
}

function isSameAnchor(before: AnchoredRecord, now: AnchoredRecord): boolean {
  return before.id === now.id && before.anchoredAt === now.anchoredAt && isSameEarlier(before.earlier, now.earlier);
}

function isSameEarlier(before: FirstAnchor | undefined, now: FirstAnchor | undefined): boolean {
  return before?.ledger === now?.ledger && before?.anchoredAt === now?.anchoredAt;
}

function isSameList(before: readonly Mark[], now: readonly Mark[]): boolean {
  if (before.length === 0 && now.length === 0) return true;
  return JSON.stringify(before) === JSON.stringify(now);
}
