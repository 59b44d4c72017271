import { nothing, type Broken, type HeldRecord, type Invariant, type StandingKey, type WholeLedger } from './view';

/** One side of a movement of allowances. */
interface Moved {
  /** Key of the row in the state: `account/vintage/pool/record-line`. */
  readonly key: string;
  readonly tonnes: bigint;
}

/** One movement: of a vintage, from a place to a place (`account pool`). */
interface Movement {
  readonly vintage: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly qty: bigint;
}

interface SurrenderRow {
  readonly vintage: string;
  readonly qty: string;
  readonly account?: string;
}

type Movements = (held: HeldRecord, ledger: WholeLedger) => Promise<Movement[]>;

async function creditMovements({ record }: HeldRecord, ledger: WholeLedger): Promise<Movement[]> {
  const { uscc, period: vintage } = record.subject;
  const { credited_t, deducted_t, account } = record.content as Readonly<Record<string, string>>;
  const cited = record.cites.find(({ role }) => role === 'issuance');
  const issuance = await ledger.record(cited?.record ?? '');
  const off = BigInt(deducted_t ?? '0');
  const [issued, deducted] = [`${uscc} issued`, `${uscc} deducted`];
  const holder = account === 'provincial' ? (issuance?.issuer ?? '') : uscc;
  return [
    { vintage, line: 0, from: issued, to: `${holder} held`, qty: BigInt(credited_t ?? '0') },
    off < 0n
      ? { vintage, line: 1, from: deducted, to: issued, qty: -off }
      : { vintage, line: 1, from: issued, to: deducted, qty: off },
  ];
}

function surrenderMovements({ record }: HeldRecord): Promise<Movement[]> {
  const { uscc } = record.subject;
  const rows = (record.content['allowances'] ?? []) as readonly SurrenderRow[];
  const moved = rows.map(({ vintage, qty, account = uscc }, line) => ({
    ...{ vintage, line, from: `${account} held`, to: `${uscc} surrendered`, qty: BigInt(qty) },
  }));
  return Promise.resolve(moved);
}

const ends: Readonly<Record<string, string>> = {
  ...{ cancellation: 'cancelled', 'hand-back': 'issued', 'carry-over': 'issued' },
};

function transferMovements({ record }: HeldRecord): Promise<Movement[]> {
  const { uscc, period: vintage } = record.subject;
  const { how = '', to = '', quantity_t = '0', toVintage } = record.content as Readonly<Record<string, string>>;
  const end = ends[how];
  const qty = BigInt(quantity_t);
  const held = `${uscc} held`;
  const given = { vintage, line: 0, from: held, to: end === undefined ? `${to} held` : `${uscc} ${end}`, qty };
  const carried =
    toVintage === undefined ? [] : [{ vintage: toVintage, line: 1, from: `${uscc} issued`, to: held, qty }];
  return Promise.resolve([given, ...carried]);
}

/** What each kind of record moves of allowances, said a second time: by its content alone, and not by the rules' own code. */
const movements: Readonly<Record<string, Movements>> = {
  'allowance-credit': creditMovements,
  surrender: surrenderMovements,
  'allowance-transfer': transferMovements,
};

async function movedBy(held: HeldRecord, ledger: WholeLedger): Promise<Moved[]> {
  const all = (await movements[held.record.type]?.(held, ledger)) ?? [];
  return all.flatMap(({ vintage, line, from, to, qty }) => {
    const key = (place: string): string => `${place.replace(' ', `/${vintage}/`)}/${held.id.slice(4)}-${String(line)}`;
    return qty === 0n
      ? []
      : [
          { key: key(from), tonnes: -qty },
          { key: key(to), tonnes: qty },
        ];
  });
}

/**
 * Of every vintage: issued = held + surrendered + cancelled + deducted over all accounts, no place but the unissued one below
 * zero; and the rows of the state are those that the records lead to, no more and no fewer. Memory: one sum a place.
 */
export class Conservation implements Invariant {
  readonly #ledger: WholeLedger;
  readonly #sums = new Map<string, bigint>();

  constructor(ledger: WholeLedger) {
    this.#ledger = ledger;
  }

  take({ versions }: StandingKey): readonly Broken[] | Promise<readonly Broken[]> {
    const moving = versions.filter(({ record }) => Object.hasOwn(movements, record.type));
    return moving.length === 0 ? nothing : this.#move(moving);
  }

  async #move(versions: readonly HeldRecord[]): Promise<readonly Broken[]> {
    const broken: Broken[] = [];
    for (const held of versions)
      for (const { key, tonnes } of await movedBy(held, this.#ledger)) {
        this.#add(key, tonnes);
        const got = (await this.#ledger.get('holding', key))?.q;
        if (got !== tonnes.toString())
          broken.push({ record: held.id, message: `${key} holds ${String(got)} t, not ${tonnes.toString()} t` });
      }
    return broken;
  }

  async end(): Promise<readonly Broken[]> {
    return [...this.#signFaults(), ...this.#lost(), ...(await this.#strangers())];
  }

  #add(key: string, tonnes: bigint): void {
    const place = key.slice(0, key.lastIndexOf('/'));
    this.#sums.set(place, (this.#sums.get(place) ?? 0n) + tonnes);
  }

  #signFaults(): Broken[] {
    return [...this.#sums]
      .filter(([place, sum]) => (place.endsWith('/issued') ? sum > 0n : sum < 0n))
      .map(([place, sum]) => ({ message: `${place} comes to ${sum.toString()} t` }));
  }

  #lost(): Broken[] {
    const vintages = new Map<string, bigint>();
    for (const [place, sum] of this.#sums) {
      const vintage = place.split('/')[1] ?? '';
      vintages.set(vintage, (vintages.get(vintage) ?? 0n) + sum);
    }
    return [...vintages]
      .filter(([, sum]) => sum !== 0n)
      .map(([vintage, sum]) => ({ message: `${sum.toString()} t of ${vintage} come from nowhere` }));
  }

  /** Rows that no record leads to. */
  async #strangers(): Promise<Broken[]> {
    const broken: Broken[] = [];
    for await (const [key, { q }] of this.#ledger.rows?.('holding') ?? []) {
      const id = `rec:${key.slice(key.lastIndexOf('/') + 1).replace(/-\d+$/, '')}`;
      const record = await this.#ledger.record(id);
      const moved = record === undefined ? [] : await movedBy({ id, index: 0, record }, this.#ledger);
      if (!moved.some((one) => one.key === key))
        broken.push({ message: `${key} holds ${q} t, and no record moves them there` });
    }
    return broken;
  }
}
