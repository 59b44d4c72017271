import { parseDecimal } from '../decimal';
import { LedgerError } from '../errors';
import { settleFigures } from '../methodology/settle';
import { figureMap, type FigureValue, type RecordScope } from '../methodology/scope';
import type { Methodology } from '../methodology/spec';
import { businessKey, type LedgerRecord } from '../records';
import { figureSpecsOf, isCompliantTest } from '../rulebook';
import type { AnchoredRecord, CitedBySource } from './source';

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

export interface Impact {
  readonly record: string;
  readonly key: string;
  /** Withdrawn, or with other values in the place of its own. */
  readonly assume: 'withdrawn' | 'replaced';
  readonly figures: readonly ImpactedFigure[];
  /** Records that rest on this one, in log order. */
  readonly records: readonly { readonly id: string; readonly key: string }[];
  readonly plants: readonly string[];
  /** Change of the plants' emissions, allowances and purchases, in tonnes; null where a figure could no longer be computed. */
  readonly tonnes: Readonly<
    Record<'emission_tCO2' | 'allowance_tCO2' | 'gap_tCO2' | 'allowancesToBuy_tCO2', string | null>
  >;
  /** At a price in CNY a tonne: what the plants would have to pay more, or less; null where it cannot be computed. */
  readonly money?: {
    readonly price: string;
    readonly of: 'allowancesToBuy_tCO2' | 'gap_tCO2';
    readonly change_CNY: string | null;
  };
}

/** Once it is surrendered, by what is to be bought; before that, by the gap. */
function moneyOf(tonnes: Impact['tonnes'], price: string): NonNullable<Impact['money']> {
  const of = tonnes.allowancesToBuy_tCO2 === '0' ? 'gap_tCO2' : 'allowancesToBuy_tCO2';
  const change = tonnes[of];
  return { price, of, change_CNY: change === null ? null : parseDecimal(change).times(price).toFixed() };
}

/** All records that rest on one, in log order: a record can only cite what was anchored before it. */
async function dependents(source: CitedBySource, root: string): Promise<AnchoredRecord[]> {
  const found = new Map<string, AnchoredRecord>();
  const queue = [root];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const record of await source.citedBy(next)) {
      const isFresh = !found.has(record.id) && record.status === 'current' && !isCorrection(record.record);
      if (!isFresh) continue;
      found.set(record.id, record);
      queue.push(record.id);
    }
  }
  return [...found.values()].sort((a, b) => a.logIndex - b.logIndex);
}

function isCorrection(record: LedgerRecord): boolean {
  return record.type === 'supersession' || record.type === 'revocation';
}

/** What a record would say: figures by name, as decimal text, and fields of its content. */
export interface Instead {
  readonly figures?: Readonly<Record<string, string>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

/** Figures and content of records as they would be; records not in it stand as they are. */
class Scenario {
  readonly #source: CitedBySource;
  readonly #withdrawn: string | undefined;
  readonly #changed = new Map<string, RecordScope>();

  constructor(source: CitedBySource, withdrawn?: string) {
    this.#source = source;
    this.#withdrawn = withdrawn;
  }

  /** @param instead values in the place of what the record has; what is computed from them follows. */
  async recompute(anchored: AnchoredRecord, instead: Instead = {}): Promise<ImpactedFigure[]> {
    const cited = await this.#cited(anchored.record);
    const content = { ...contentThen(anchored.record, cited), ...instead.content };
    const record = { ...anchored.record, content };
    const now = figureMap(anchored.record, anchored.figures ?? []);
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

/** A sum over fewer records than were cited is no sum: where one of several falls away, the whole role does. */
function completeOnly(cited: Map<string, RecordScope[]>, record: LedgerRecord): Map<string, RecordScope[]> {
  for (const [role, scopes] of cited) {
    if (scopes.length < record.cites.filter((citation) => citation.role === role).length) cited.delete(role);
  }
  return cited;
}

/** A month without a compliant test falls to the default carbon content (R-L16). */
function contentThen(record: LedgerRecord, cited: RecordScope['cited']): LedgerRecord['content'] {
  if (record.type !== 'monthly-evidence' || record.subject.unit === 'PLANT') return record.content;
  const report = cited.get('test-report')?.[0]?.record.content as { issued: string; received: string } | undefined;
  const compliant = report !== undefined && isCompliantTest(report, record.subject.period);
  return { ...record.content, carbonBasis: compliant ? 'measured' : 'default' };
}

function change(
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

const summed = {
  emission_tCO2: /\/PLANT\/[0-9]{4}\/annual-report#emission_tCO2$/,
  allowance_tCO2: /\/PLANT\/[0-9]{4}\/allowance-issuance#allowance_tCO2$/,
  gap_tCO2: /\/PLANT\/[0-9]{4}\/allowance-issuance#gap_tCO2$/,
  allowancesToBuy_tCO2: /\/PLANT\/[0-9]{4}\/surrender#allowancesToBuy_tCO2$/,
} as const;

function sumOf(figures: readonly ImpactedFigure[], pattern: RegExp): string | null {
  const hit = figures.filter((figure) => pattern.test(figure.figure));
  if (hit.some((figure) => figure.delta === null)) return null;
  return hit.reduce((total, figure) => total.plus(figure.delta ?? '0'), parseDecimal('0')).toFixed();
}

/**
 * What would change if a record were withdrawn: every figure that rests on it is computed anew without it. A withdrawn test
 * report sends its month to the default carbon content; what cannot be computed without the record is told as lost.
 * @param price CNY a tonne, as decimal text
 * @throws LedgerError NOT_FOUND
 */
export async function impactOfWithdrawal(source: CitedBySource, id: string, price?: string): Promise<Impact> {
  const root = await rootOf(source, id);
  const scenario = new Scenario(source, id);
  const key = businessKey(root.record);
  const own = [...figureMap(root.record, root.figures ?? [])].flatMap(([name, value]) =>
    change(id, key, name, value, undefined),
  );
  return told(source, { root, scenario, own, assume: 'withdrawn' }, price);
}

/**
 * What would change if a record said something else: its own computed figures and every figure that rests on it. Figures that
 * it does not have are left out.
 * @throws LedgerError NOT_FOUND
 */
export async function impactOfValues(source: CitedBySource, id: string, instead: Instead): Promise<Impact> {
  const root = await rootOf(source, id);
  const scenario = new Scenario(source);
  const own = await scenario.recompute(root, instead);
  return told(source, { root, scenario, own, assume: 'replaced' }, undefined);
}

async function rootOf(source: CitedBySource, id: string): Promise<AnchoredRecord> {
  const [root] = await source.records([id]);
  if (root) return root;
  throw new LedgerError('NOT_FOUND', `${id} is not anchored`, { details: { record: id } });
}

interface Assumption extends Pick<Impact, 'assume'> {
  readonly root: AnchoredRecord;
  readonly scenario: Scenario;
  /** What changes in the record itself. */
  readonly own: readonly ImpactedFigure[];
}

async function told(
  source: CitedBySource,
  { root, scenario, own, assume }: Assumption,
  price: string | undefined,
): Promise<Impact> {
  const touched = await dependents(source, root.id);
  const figures: ImpactedFigure[] = [];
  for (const record of touched) figures.push(...(await scenario.recompute(record)));
  const tonnes = Object.fromEntries(
    Object.entries(summed).map(([name, pattern]) => [name, sumOf([...own, ...figures], pattern)]),
  ) as Impact['tonnes'];
  const money = price === undefined ? {} : { money: moneyOf(tonnes, price) };
  const plants = new Set(
    [root, ...touched].filter(({ record }) => record.subject.unit !== '-').map(({ record }) => record.subject.uscc),
  );
  return {
    record: root.id,
    key: businessKey(root.record),
    assume,
    figures: [...own, ...figures],
    records: touched.map((record) => ({ id: record.id, key: businessKey(record.record) })),
    plants: [...plants],
    tonnes,
    ...money,
  };
}
