import type { FigureSpec, Methodology } from '../methodology/spec';
import { figureMap, type RecordScope } from '../methodology/scope';
import { businessKey, recordId, verifyFigures } from '../records';
import { figureSpecsOf } from '../rulebook';
import { isLedgerError } from '../errors';
import { marksOf, type Mark } from './marks';
import type { AnchoredRecord, RecordSource } from './source';

/** A record of the graph with what it cites, one step deep. */
export interface GraphRecord {
  readonly anchored: AnchoredRecord;
  readonly scope: RecordScope;
  readonly specs: readonly FigureSpec[];
  /** Private figures exist but are not open. */
  readonly hidden: boolean;
  /** What the store holds is not what the ledger anchored: `record-hash` or `figures-root`. */
  readonly damage: 'record-hash' | 'figures-root' | undefined;
}

interface Verdict extends Pick<AnchoredRecord, 'id' | 'figures'> {
  readonly damage: GraphRecord['damage'];
}

/** Of records that cannot change any more: hashing them once is enough. */
const verdicts = new WeakMap<AnchoredRecord['record'], Verdict>();

function damageOf(anchored: AnchoredRecord): GraphRecord['damage'] {
  const { record, id, figures } = anchored;
  const known = verdicts.get(record);
  if (known?.id === id && known.figures === figures) return known.damage;
  const damage = examine(anchored);
  if (Object.isFrozen(record) && (figures === undefined || Object.isFrozen(figures)))
    verdicts.set(record, { id, figures, damage });
  return damage;
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

  /** Fetches all that a record rests on with its marks, level by level, so that the source is waited for a few times only. */
  async prefetch(id: string): Promise<void> {
    for (let level = [id]; level.length > 0;) {
      this.#ask(level.filter((one) => !this.#anchored.has(one)));
      const found = await Promise.all(level.map((one) => this.#fetch(one)));
      await Promise.all(found.flatMap((anchored) => (anchored === undefined ? [] : [this.marks(anchored)])));
      const cited = found.flatMap((anchored) => anchored?.record.cites.map(({ record }) => record) ?? []);
      level = [...new Set(cited)].filter((one) => !this.#anchored.has(one));
    }
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
    const cited = await this.#cited(anchored);
    const methodology = cited.get('methodology')?.[0]?.record.content as Methodology | undefined;
    return {
      anchored,
      scope: shallowScope(anchored, cited),
      specs: figureSpecsOf(anchored.record, methodology),
      hidden: anchored.figures === undefined && anchored.record.figuresRoot !== null,
      damage: damageOf(anchored),
    };
  }

  async #cited({ record }: AnchoredRecord): Promise<Map<string, RecordScope[]>> {
    const cited = new Map<string, RecordScope[]>();
    for (const { role, record: id } of record.cites) {
      const target = await this.#fetch(id);
      if (target) cited.set(role, [...(cited.get(role) ?? []), this.#citedScope(target)]);
    }
    for (const scopes of cited.values()) scopes.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
    return cited;
  }

  /** The same methodology is cited by every record, and looks the same to all of them. */
  #citedScope(anchored: AnchoredRecord): RecordScope {
    const scope = this.#scopes.get(anchored.id) ?? shallowScope(anchored, NOTHING_CITED);
    this.#scopes.set(anchored.id, scope);
    return scope;
  }
}

const NOTHING_CITED: RecordScope['cited'] = new Map();

function shallowScope(anchored: AnchoredRecord, cited: RecordScope['cited']): RecordScope {
  const { record, id, figures } = anchored;
  return { id, key: businessKey(record), record, figures: figureMap(record, figures ?? []), cited };
}
