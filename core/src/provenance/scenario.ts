import { parseDecimal } from '../decimal';
import { settleFigures } from '../methodology/settle';
import { figureMap, type FigureValue, type RecordScope } from '../methodology/scope';
import type { Methodology } from '../methodology/spec';
import { businessKey, type LedgerRecord } from '../records';
import { expectedBasis, figureSpecsOf, recordTypes } from '../rulebook';
import type { AnchoredRecord, RecordSource } from './source';

/** A figure whose value would change, or that would lose what it stands on (`then` is null). */
export interface ImpactedFigure {
  readonly figure: string;
  readonly record: string;
  readonly unit: string;
  readonly now: string;
  readonly then: string | null;
  /** `then − now`, or null. */
  readonly delta: string | null;
}

/** What a record would say: figures by name, as decimal text, and fields of its content. */
export interface Instead {
  readonly figures?: Readonly<Record<string, string>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

/** Figures and content of records as they would be; records not in it stand as they are. */
export class Scenario {
  readonly #source: Pick<RecordSource, 'records'>;
  readonly #withdrawn: string | undefined;
  readonly #changed = new Map<string, RecordScope>();
  /** Records that were read and whose figures are not open: what is computed from them nobody knows. */
  readonly #closed = new Set<string>();

  constructor(source: Pick<RecordSource, 'records'>, withdrawn?: string) {
    this.#source = source;
    this.#withdrawn = withdrawn;
  }

  /** Of how many records that were read the figures are not open. */
  get closed(): number {
    return this.#closed.size;
  }

  /** Takes note of a record that is looked at. */
  see({ id, record, figures }: AnchoredRecord): void {
    if (record.figuresRoot !== null && figures === undefined) this.#closed.add(id);
  }

  /** @param instead values in the place of what the record has; what is computed from them follows. */
  async recompute(anchored: AnchoredRecord, instead: Instead = {}): Promise<ImpactedFigure[]> {
    this.see(anchored);
    const cited = await this.#cited(anchored.record);
    const now = figureMap(anchored.record, anchored.figures ?? []);
    const { id } = anchored;
    const standing = { id, key: businessKey(anchored.record), record: anchored.record, figures: now, cited };
    const record = { ...anchored.record, content: { ...contentThen(standing), ...instead.content } };
    const then = new Map<string, FigureValue>([...now].filter(([, value]) => value.formula === undefined));
    for (const [name, value] of Object.entries(instead.figures ?? {})) {
      const own = now.get(name);
      if (own !== undefined) then.set(name, { ...own, value });
    }
    const scope: RecordScope = { id: anchored.id, key: businessKey(record), record, figures: then, cited };
    const methodology = cited.get('methodology')?.[0]?.record.content as Methodology | undefined;
    settleFigures(figureSpecsOf(record, methodology), then, scope);
    this.#changed.set(anchored.id, scope);
    return [...now].flatMap(([name, value]) => change(anchored.id, scope.key, name, value, then.get(name)));
  }

  async #cited(record: LedgerRecord): Promise<Map<string, RecordScope[]>> {
    const cited = new Map<string, RecordScope[]>();
    for (const { role, record: id } of record.cites) {
      const scope = id === this.#withdrawn ? undefined : await this.#scope(id);
      if (scope) cited.set(role, [...(cited.get(role) ?? []), scope]);
    }
    for (const scopes of cited.values()) scopes.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
    return completeOnly(cited, record);
  }

  async #scope(id: string): Promise<RecordScope | undefined> {
    const changed = this.#changed.get(id);
    if (changed) return changed;
    const anchored = (await this.#source.records([id]))[0];
    if (!anchored) return undefined;
    this.see(anchored);
    const { record } = anchored;
    return {
      id,
      key: businessKey(record),
      record,
      figures: figureMap(record, anchored.figures ?? []),
      cited: new Map(),
    };
  }
}

/**
 * A sum over fewer records than were cited is no sum: where one of several falls away, the whole role does. Of what counts
 * severally the others go on counting.
 */
function completeOnly(cited: Map<string, RecordScope[]>, record: LedgerRecord): Map<string, RecordScope[]> {
  const several = new Set(severalRoles(record));
  for (const [role, scopes] of cited) {
    if (several.has(role)) continue;
    if (scopes.length < record.cites.filter((citation) => citation.role === role).length) cited.delete(role);
  }
  return cited;
}

function severalRoles(record: LedgerRecord): readonly string[] {
  return recordTypes[record.type].cites(record).flatMap(({ role, severally }) => (severally === true ? [role] : []));
}

/** A month without a compliant test falls to the default carbon content (R-L16): one of which a day or batch is untested too. */
function contentThen(scope: RecordScope): LedgerRecord['content'] {
  const { record } = scope;
  const isOfUnit = record.type === 'monthly-evidence' && record.subject.unit !== 'PLANT';
  return isOfUnit ? { ...record.content, carbonBasis: expectedBasis(scope).basis } : record.content;
}

export function change(
  record: string,
  key: string,
  name: string,
  now: FigureValue,
  then: FigureValue | undefined,
): ImpactedFigure[] {
  if (then?.value === now.value) return [];
  const delta = then ? parseDecimal(then.value).minus(now.value).toFixed() : null;
  return [{ figure: `${key}#${name}`, record, unit: now.unit, now: now.value, then: then?.value ?? null, delta }];
}
