import { LedgerError } from '../errors';
import { formatFigureAddress } from '../identifiers';
import { agrees, recomputeFigure } from '../methodology/recompute';
import { specNamed } from '../methodology/settle';
import type { RecordScope } from '../methodology/scope';
import type { FigureSpec, Methodology } from '../methodology/spec';
import { businessKey } from '../records';
import { figureSpecsOf } from '../rulebook';
import type { Extent } from './extents';
import { missingFigure, neighboursOfFamily } from './family';
import { ScopeBook, type OpenRecord } from './scope';

/** A figure on the way, checked. */
export interface ProvedFigure {
  readonly address: string;
  readonly record: string;
  readonly value: string;
  readonly unit: string;
  /** Formula by which it was computed anew; absent for a figure that is stated, or not followed further. */
  readonly formula?: string;
}

/** What a walk looked at: exactly this is opened, and exactly this must be open. */
export interface Walked {
  readonly figures: readonly ProvedFigure[];
  /** Names of looked-at figures by record id, public ones included. */
  readonly opened: ReadonlyMap<string, ReadonlySet<string>>;
  readonly records: ReadonlySet<string>;
}

interface Place {
  readonly id: string;
  readonly name: string;
}

/** Follows a figure to its sources and computes every step anew. The same walk makes a proof and verifies it. */
class Walk {
  readonly #book: ScopeBook;
  readonly #extent: Extent;
  readonly #looked = new Map<string, Set<string>>();
  /** Opened to show that a family is whole; not followed. */
  readonly #beside = new Map<string, readonly string[]>();
  readonly records = new Set<string>();
  readonly figures = new Map<string, ProvedFigure>();
  readonly #specs = new Map<string, readonly FigureSpec[]>();
  #queue: Place[] = [];

  constructor(records: ReadonlyMap<string, OpenRecord>, extent: Extent) {
    this.#extent = extent;
    this.#book = new ScopeBook(records, {
      figure: ({ id }, name) => {
        this.#open({ id, name });
      },
      record: ({ id }) => this.records.add(id),
      family: (owner, prefix) => {
        this.#beside.set(owner.id, [...(this.#beside.get(owner.id) ?? []), ...neighboursOfFamily(owner, prefix)]);
      },
    });
  }

  follow(target: Place): void {
    this.#open(target);
    for (let place = this.#queue.pop(); place !== undefined; place = this.#queue.pop()) this.#visit(place);
  }

  #open(place: Place): void {
    const names = this.#looked.get(place.id) ?? new Set<string>();
    if (names.has(place.name)) return;
    this.#looked.set(place.id, names.add(place.name));
    this.#queue.push(place);
  }

  get opened(): Map<string, ReadonlySet<string>> {
    const ids = [...this.#looked.keys(), ...this.#beside.keys()];
    return new Map(ids.map((id) => [id, new Set([...(this.#looked.get(id) ?? []), ...(this.#beside.get(id) ?? [])])]));
  }

  #visit({ id, name }: Place): void {
    const scope = this.#book.scope(id);
    const found = scope.figures.get(name);
    if (found === undefined) throw missingFigure(scope, name);
    const address = formatFigureAddress({ key: scope.key, figure: name });
    const formula = this.#follows(scope) ? this.#recompute(scope, name, found.value, address) : undefined;
    const proved = { address, record: id, value: found.value, unit: found.unit };
    this.figures.set(address, formula === undefined ? proved : { ...proved, formula });
  }

  #follows({ record }: RecordScope): boolean {
    if (this.#extent === 'totals') return false;
    return this.#extent !== 'month' || record.type !== 'monthly-evidence';
  }

  /** Once for all figures of a record. */
  #specsOf(scope: RecordScope): readonly FigureSpec[] {
    const known = this.#specs.get(scope.id);
    if (known !== undefined) return known;
    const methodology = scope.cited.get('methodology')?.[0]?.record.content as Methodology | undefined;
    const specs = figureSpecsOf(scope.record, methodology);
    this.#specs.set(scope.id, specs);
    return specs;
  }

  #recompute(scope: RecordScope, name: string, got: string, address: string): string | undefined {
    const spec = specNamed(this.#specsOf(scope), name);
    const computed = spec === undefined ? undefined : recomputeFigure(spec, scope, name);
    if (spec === undefined || computed === undefined) return undefined;
    if (!agrees(spec, got, computed.expected)) {
      throw new LedgerError(
        'FIGURE_MISMATCH',
        `${address}: ${computed.formula.id} gives ${computed.expected}, not ${got}.`,
        {
          details: { figure: address, expected: computed.expected, got, step: computed.formula.id },
        },
      );
    }
    return computed.formula.id;
  }
}

/**
 * Walks a figure to the extent asked for.
 * @throws LedgerError CITATION_MISSING, FIGURE_MISSING, FIGURE_MISMATCH
 */
export function walkFigure(
  records: ReadonlyMap<string, OpenRecord>,
  target: { readonly id: string; readonly name: string },
  extent: Extent,
): Walked {
  const walk = new Walk(records, extent);
  walk.follow(target);
  return { figures: [...walk.figures.values()], opened: walk.opened, records: walk.records };
}

/** The record that a business key names among these. @throws LedgerError NOT_FOUND, PROOF_MALFORMED when several do */
export function recordOfKey(records: ReadonlyMap<string, OpenRecord>, key: string): OpenRecord {
  const found = [...records.values()].filter(({ record }) => businessKey(record) === key);
  const [only, other] = found;
  if (only === undefined) throw new LedgerError('NOT_FOUND', `The proof holds no record ${key}.`, { details: { key } });
  if (other !== undefined) throw new LedgerError('PROOF_MALFORMED', `The proof holds ${key} in two versions.`);
  return only;
}
