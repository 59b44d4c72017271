import { recomputeFigure } from '../methodology/recompute';
import { specNamed } from '../methodology/settle';
import type { Methodology } from '../methodology/spec';
import { figureMap, type RecordScope } from '../methodology/scope';
import { businessKey, recordId, verifyFigures } from '../records';
import { figureSpecsOf } from '../rulebook';
import { isLedgerError } from '../errors';
import { FixedFacts, type Computed, type Joined } from './fixed';
import { KeptTraces, type Footing } from './kept-traces';
import { marksOf, type Mark } from './marks';
import type { AnchoredRecord, RecordSource } from './source';

/** A record of the graph with what it cites, one step deep. */
export interface GraphRecord extends Joined {
  readonly anchored: AnchoredRecord;
  /** Private figures exist but are not open. */
  readonly hidden: boolean;
  /** What the store holds is not what the ledger anchored: `record-hash` or `figures-root`. */
  readonly damage: 'record-hash' | 'figures-root' | undefined;
}

/** What a record cites, in its order: undefined where the source does not hold it. */
type CitedScopes = readonly (RecordScope | undefined)[];

const damages = new FixedFacts<GraphRecord['damage']>();
const shallowScopes = new FixedFacts<RecordScope>();
const joinings = new FixedFacts<Joined & { readonly of: CitedScopes }>();
/** Ids of all that a record was found to rest on: an id is a hash of what it cites too, so that these never are others. */
const restings = new FixedFacts<readonly string[]>();
export const keptTraces = new KeptTraces();

/** Call when private figures were purged: nothing that follows from them is kept either. */
export function forgetFigures(): void {
  for (const facts of [damages, shallowScopes, joinings, keptTraces]) facts.forget();
}

function damageOf(anchored: AnchoredRecord): GraphRecord['damage'] {
  return damages.of(anchored, () => examine(anchored));
}

function examine({ record, id, figures }: AnchoredRecord): GraphRecord['damage'] {
  if (recordId(record) !== id) return 'record-hash';
  if (figures === undefined) return undefined;
  try {
    verifyFigures(record.figuresRoot, figures);
    return undefined;
  } catch (error) {
    if (isLedgerError(error)) return 'figures-root';
    throw error;
  }
}

/** Records loaded once, verified, and joined by their citations. */
export class ProvenanceGraph {
  readonly #source: RecordSource;
  readonly #anchored = new Map<string, Promise<AnchoredRecord | undefined>>();
  readonly #records = new Map<string, Promise<GraphRecord | undefined>>();
  readonly #heads = new Map<string, Promise<AnchoredRecord | undefined>>();
  readonly #marks = new Map<string, Promise<readonly Mark[]>>();
  readonly #scopes = new Map<string, RecordScope>();

  constructor(source: RecordSource) {
    this.#source = source;
  }

  head(key: string): Promise<AnchoredRecord | undefined> {
    const known = this.#heads.get(key) ?? this.#source.head(key);
    this.#heads.set(key, known);
    return known;
  }

  /** What is to be known of a record beside how it stands; nothing where the source knows nothing of it. */
  marks(one: AnchoredRecord): Promise<readonly Mark[]> {
    const { marking } = this.#source;
    const known = this.#marks.get(one.id) ?? (marking === undefined ? Promise.resolve([]) : marksOf(one, marking));
    this.#marks.set(one.id, known);
    return known;
  }

  /**
   * Fetches all that a record rests on with its marks, so that the source is waited for a few times only: level by level, and
   * all at once where it was found before. Returns them as they stand; undefined where one of them is not there.
   */
  async prefetch(root: AnchoredRecord): Promise<readonly Footing[] | undefined> {
    this.#anchored.set(root.id, Promise.resolve(root));
    this.#ask(restings.of(root, () => []).filter((one) => !this.#anchored.has(one)));
    const reached = await this.#prefetchLevels(root.id);
    restings.of(
      root,
      () => reached,
      (known) => known.length === reached.length,
    );
    const found = await Promise.all(reached.map((id) => this.#fetch(id)));
    const there = found.filter((one) => one !== undefined);
    if (there.length < found.length) return undefined;
    return Promise.all(there.map(async (anchored) => ({ anchored, marks: await this.marks(anchored) })));
  }

  /** Ids of all that was looked for. */
  async #prefetchLevels(id: string): Promise<readonly string[]> {
    const marked: Promise<unknown>[] = [];
    const reached = new Set<string>();
    for (let level = [id]; level.length > 0;) {
      for (const one of level) reached.add(one);
      this.#ask(level.filter((one) => !this.#anchored.has(one)));
      const found = await Promise.all(level.map((one) => this.#fetch(one)));
      const marks = Promise.all(found.flatMap((anchored) => (anchored === undefined ? [] : [this.marks(anchored)])));
      // The next level does not wait for them; what fails is told below, whatever else fails before.
      marks.catch(() => undefined);
      marked.push(marks);
      const cited = found.flatMap((anchored) => anchored?.record.cites.map(({ record }) => record) ?? []);
      level = [...new Set(cited)].filter((one) => !reached.has(one));
    }
    await Promise.all(marked);
    return [...reached];
  }

  async turn(): Promise<void> {
    await this.#source.turn?.();
  }

  load(id: string): Promise<GraphRecord | undefined> {
    const known = this.#records.get(id) ?? this.#load(id);
    this.#records.set(id, known);
    return known;
  }

  async #fetch(id: string): Promise<AnchoredRecord | undefined> {
    if (!this.#anchored.has(id)) this.#ask([id]);
    return this.#anchored.get(id);
  }

  #ask(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const answer = this.#source.records(ids);
    for (const [index, id] of ids.entries())
      this.#anchored.set(
        id,
        answer.then((found) => found[index]),
      );
  }

  async #load(id: string): Promise<GraphRecord | undefined> {
    const anchored = await this.#fetch(id);
    if (!anchored) return undefined;
    return {
      ...join(anchored, await this.#cited(anchored)),
      anchored,
      hidden: anchored.figures === undefined && anchored.record.figuresRoot !== null,
      damage: damageOf(anchored),
    };
  }

  async #cited({ record }: AnchoredRecord): Promise<CitedScopes> {
    const targets = await Promise.all(record.cites.map((citation) => this.#fetch(citation.record)));
    return targets.map((target) => target && this.#citedScope(target));
  }

  /** The same methodology is cited by every record, and looks the same to all of them. */
  #citedScope(anchored: AnchoredRecord): RecordScope {
    const known = this.#scopes.get(anchored.id) ?? shallowScopes.of(anchored, () => scopeOf(anchored, NOTHING_CITED));
    this.#scopes.set(anchored.id, known);
    return known;
  }
}

const NOTHING_CITED: RecordScope['cited'] = new Map();

function scopeOf(anchored: AnchoredRecord, cited: RecordScope['cited']): RecordScope {
  const { record, id, figures } = anchored;
  return { id, key: businessKey(record), record, figures: figureMap(record, figures ?? []), cited };
}

/** The same as before, and what was computed of it, where neither the record nor anything that it cites is another one. */
function join(anchored: AnchoredRecord, of: CitedScopes): Joined {
  const isSame = (known: { readonly of: CitedScopes }): boolean =>
    known.of.length === of.length && known.of.every((scope, at) => scope === of[at]);
  return joinings.of(anchored, () => ({ ...joined(anchored, of), of }), isSame);
}

function joined(anchored: AnchoredRecord, of: CitedScopes): Joined {
  const cited = byRole(anchored.record.cites, of);
  const methodology = cited.get('methodology')?.[0]?.record.content as Methodology | undefined;
  const specs = figureSpecsOf(anchored.record, methodology);
  return { scope: scopeOf(anchored, cited), specs, computed: new Map(), nodes: new Map() };
}

function byRole(cites: AnchoredRecord['record']['cites'], of: CitedScopes): Map<string, RecordScope[]> {
  const cited = new Map<string, RecordScope[]>();
  for (const [at, { role }] of cites.entries()) {
    const scope = of[at];
    if (scope !== undefined) cited.set(role, [...(cited.get(role) ?? []), scope]);
  }
  for (const scopes of cited.values()) scopes.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  return cited;
}

/** What a figure comes to by its inputs; of records that cannot change any more it is computed once. @throws MissingInput, LedgerError BAD_FORMULA */
export function computedAnew({ scope, specs, computed }: GraphRecord, name: string): Computed | undefined {
  const known = computed.get(name);
  if (known !== undefined) return known;
  const spec = specNamed(specs, name);
  if (spec === undefined) return undefined;
  const made = { spec, computation: recomputeFigure(spec, scope, name) };
  computed.set(name, made);
  return made;
}
