import { LedgerError } from '../errors';
import { figureMap, type FigureValue, type RecordScope } from '../methodology/scope';
import { businessKey, type Figure, type LedgerRecord } from '../records';

/** A record and those of its private figures that are open. */
export interface OpenRecord {
  readonly id: string;
  readonly record: LedgerRecord;
  /** In the order of their leaves: by name. */
  readonly figures: readonly Figure[];
  /** Names in the order of the leaves; null for closed ones, however many stand side by side. */
  readonly leaves: readonly (string | null)[];
}

/** The leaves of a record of which nothing private is open. */
export function closedLeaves({ figuresRoot }: LedgerRecord): readonly null[] {
  return figuresRoot === null ? [] : [null];
}

/** Told of each figure and each record that a formula looks at. */
export interface Watcher {
  figure(record: OpenRecord, name: string): void;
  record(record: OpenRecord): void;
  /** All figures whose names begin so. */
  family(record: OpenRecord, prefix: string): void;
}

/** Figures of a record that tell when one of them is looked at. */
class WatchedFigures extends Map<string, FigureValue> {
  readonly #owner: OpenRecord;
  readonly #watcher: Watcher;

  constructor(owner: OpenRecord, watcher: Watcher) {
    super(figureMap(owner.record, owner.figures));
    this.#owner = owner;
    this.#watcher = watcher;
  }

  override get(name: string): FigureValue | undefined {
    if (this.has(name)) this.#watcher.figure(this.#owner, name);
    return super.get(name);
  }

  family(prefix: string): void {
    this.#watcher.family(this.#owner, prefix);
  }
}

/**
 * What a record cites in a role: all of it or an error. A sum over eleven of twelve months must never pass for the sum of
 * the year, nor a missing report for "there is none".
 */
class WatchedCitations extends Map<string, readonly RecordScope[]> {
  readonly #owner: LedgerRecord;
  readonly #find: (id: string) => RecordScope;

  constructor(owner: LedgerRecord, find: (id: string) => RecordScope) {
    super();
    this.#owner = owner;
    this.#find = find;
  }

  override get(role: string): readonly RecordScope[] | undefined {
    const cited = this.#owner.cites.filter((citation) => citation.role === role);
    if (cited.length === 0) return undefined;
    return cited.map(({ record }) => this.#find(record)).sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  }
}

/** Records at hand, seen as formulas see them; whatever is looked at is told to the watcher. */
export class ScopeBook {
  readonly #records: ReadonlyMap<string, OpenRecord>;
  readonly #watcher: Watcher;
  readonly #scopes = new Map<string, RecordScope>();

  constructor(records: ReadonlyMap<string, OpenRecord>, watcher: Watcher) {
    this.#records = records;
    this.#watcher = watcher;
  }

  /** @throws LedgerError CITATION_MISSING when the record is not at hand */
  scope(id: string): RecordScope {
    const open = this.open(id);
    this.#watcher.record(open);
    const scope = this.#scopes.get(id) ?? this.#watched(open);
    this.#scopes.set(id, scope);
    return scope;
  }

  /** Made once: every figure of a record looks at the same one. */
  #watched(open: OpenRecord): RecordScope {
    return {
      id: open.id,
      key: businessKey(open.record),
      record: open.record,
      figures: new WatchedFigures(open, this.#watcher),
      cited: new WatchedCitations(open.record, (cited) => this.scope(cited)),
    };
  }

  open(id: string): OpenRecord {
    const open = this.#records.get(id);
    if (open === undefined) {
      throw new LedgerError('CITATION_MISSING', `${id} is cited, and the proof does not hold it.`, { details: { id } });
    }
    return open;
  }
}
