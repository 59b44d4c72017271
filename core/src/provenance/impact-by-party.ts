import { parseDecimal } from '../decimal';
import { LedgerError } from '../errors';
import { businessKey } from '../records';
import { figureMap } from '../methodology/scope';
import { takenBack, type AccountChange } from './accounts';
import { ConnectedRecords, type Connected } from './connected';
import { goneWith } from './downstream';
import { footprintsOf, type FootprintChange } from './footprints';
import { change, Scenario, type ImpactedFigure } from './scenario';
import type { AnchoredRecord, CitedByPartySource } from './source';
import { moneyOf, tonnesNames, tonnesOf, tonnesUnknown, type Money, type Tonnes, type TonnesName } from './tonnes';

interface Counted {
  /** Records that rest on the one in question. */
  readonly records: number;
  /** Of these, those that cannot stand without it. */
  readonly falls: number;
  /** Figures that would change. */
  readonly figures: number;
  /** Of these, those that could not be computed any more. */
  readonly lost: number;
  /** Records whose figures are not open to who asks: where there is one, nobody can say what it comes to. Absent: none. */
  readonly hidden?: number;
}

/** What would change at one party; at several, where their records hang together. */
export interface PartyImpact extends Counted {
  readonly parties: readonly string[];
  readonly tonnes: Tonnes;
  /** Its products whose footprint would change. Absent: none, or some figures are closed to who asks. */
  readonly footprints?: readonly FootprintChange[];
  readonly accounts: readonly AccountChange[];
  /** At a price. */
  readonly money?: Money;
}

/** What all that came before it comes to; the last of a whole answer. */
export interface WholeImpact extends Counted {
  readonly record: string;
  readonly key: string;
  readonly parties: number;
  /** Sums of what can be computed, and how many parties' change cannot. */
  readonly tonnes: Readonly<Record<TonnesName, { readonly change_t: string; readonly unknown: number }>>;
  /** CNY, at a price: the same. */
  readonly money?: { readonly price: string; readonly change_CNY: string; readonly unknown: number };
}

export type ImpactRow = PartyImpact | { readonly whole: WholeImpact };

/** Text of decimal numbers, summed; what is null is counted. */
class Sum {
  #sum = parseDecimal('0');
  unknown = 0;

  add(value: string | null): void {
    if (value === null) this.unknown += 1;
    else this.#sum = this.#sum.plus(value);
  }

  get text(): string {
    return this.#sum.toFixed();
  }
}

/**
 * What would change if a record were withdrawn on which thousands rest, party by party as it is found: what is held is one party's,
 * however many there are. What comes to the same as `impactOfWithdrawal` has each of its figures once.
 * @param price CNY a tonne, as decimal text
 * @throws LedgerError NOT_FOUND
 */
export async function* impactByParty(
  source: CitedByPartySource,
  id: string,
  price?: string,
): AsyncGenerator<ImpactRow, void, undefined> {
  const [root] = await source.records([id]);
  if (!root) throw new LedgerError('NOT_FOUND', `${id} is not anchored`, { details: { record: id } });
  const connected = new ConnectedRecords(source, root);
  const whole = new Whole(root, price);
  const own = root.record.subject.uscc;
  // Its own party first, with what the record itself says and did.
  const first = await rowOf(root, await connected.of(own), { price, own });
  if (first !== undefined) yield whole.counting(first);
  for await (const party of source.parties()) {
    const row = party === own ? undefined : await rowOf(root, await connected.of(party), { price });
    if (row !== undefined) yield whole.counting(row);
  }
  yield { whole: whole.told };
}

/** @param asked own: the party of the record itself, where this row tells of it too */
async function rowOf(
  root: AnchoredRecord,
  { parties, records, reader }: Connected,
  asked: { readonly price: string | undefined; readonly own?: string },
): Promise<PartyImpact | undefined> {
  await reader.records(records.flatMap(({ record }) => record.cites.map((cited) => cited.record)));
  const scenario = new Scenario(reader, root.id);
  const figures: ImpactedFigure[] = [];
  if (asked.own !== undefined) {
    scenario.see(root);
    figures.push(...ownFigures(root));
  }
  for (const record of records) figures.push(...(await scenario.recompute(record)));
  const gone = goneWith(root, records);
  const falling = records.filter(({ id }) => gone.has(id));
  const done = await takenBack(reader, [...(asked.own === undefined ? [] : [root]), ...falling]);
  const hidden = scenario.closed;
  const { tonnes, footprints } = comingTo(figures, hidden);
  const row = {
    parties: parties.length === 0 && asked.own !== undefined ? [asked.own] : parties,
    ...{ records: records.length, falls: falling.length },
    ...{ figures: figures.length, lost: figures.filter(({ then }) => then === null).length },
    ...(hidden === 0 ? {} : { hidden }),
    ...{ tonnes, ...footprints, accounts: done.accounts },
    ...(asked.price === undefined ? {} : { money: moneyOf(tonnes, done.accounts, asked.price) }),
  };
  return row.records + row.figures + row.accounts.length + hidden === 0 ? undefined : row;
}

/** What figures come to that would change; where some are closed, nobody can say. */
function comingTo(
  figures: readonly ImpactedFigure[],
  hidden: number,
): { readonly tonnes: Tonnes; readonly footprints: Pick<PartyImpact, 'footprints'> } {
  if (hidden > 0) return { tonnes: tonnesUnknown, footprints: {} };
  const footprints = footprintsOf(figures);
  return { tonnes: tonnesOf(figures), footprints: footprints.length === 0 ? {} : { footprints } };
}

function ownFigures({ id, record, figures }: AnchoredRecord): ImpactedFigure[] {
  return [...figureMap(record, figures ?? [])].flatMap(([name, value]) =>
    change(id, businessKey(record), name, value, undefined),
  );
}

/** Adds up what has been told. */
class Whole {
  readonly #root: AnchoredRecord;
  readonly #price: string | undefined;
  readonly #tonnes = new Map(tonnesNames.map((name) => [name, new Sum()]));
  readonly #money = new Sum();
  #counted = { parties: 0, records: 0, falls: 0, figures: 0, lost: 0 };
  #hidden = 0;

  constructor(root: AnchoredRecord, price: string | undefined) {
    this.#root = root;
    this.#price = price;
  }

  counting(row: PartyImpact): PartyImpact {
    const { parties, records, falls, figures, lost } = this.#counted;
    this.#counted = {
      ...{ parties: parties + row.parties.length, records: records + row.records, falls: falls + row.falls },
      ...{ figures: figures + row.figures, lost: lost + row.lost },
    };
    this.#hidden += row.hidden ?? 0;
    for (const [name, sum] of this.#tonnes) sum.add(row.tonnes[name]);
    if (row.money !== undefined) this.#money.add(row.money.change_CNY);
    return row;
  }

  get told(): WholeImpact {
    const tonnes = [...this.#tonnes].map(([name, { text, unknown }]) => [name, { change_t: text, unknown }]);
    const money = { change_CNY: this.#money.text, unknown: this.#money.unknown };
    return {
      ...{ record: this.#root.id, key: businessKey(this.#root.record), ...this.#counted },
      ...(this.#hidden === 0 ? {} : { hidden: this.#hidden }),
      tonnes: Object.fromEntries(tonnes) as WholeImpact['tonnes'],
      ...(this.#price === undefined ? {} : { money: { price: this.#price, ...money } }),
    };
  }
}
