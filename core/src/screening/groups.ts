import { Moments, Sample } from '../formula';

export type Row = Readonly<Record<string, bigint>>;
type Texts = Readonly<Record<string, string>>;

/** A group as plain JSON. */
export interface GroupState {
  readonly count: number;
  readonly sums: Texts;
  readonly products: Texts;
  readonly rows: readonly Texts[];
}

function texts(values: Readonly<Record<string, bigint>>): Texts {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.toString()]));
}

function numbers(values: Texts): Record<string, bigint> {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, BigInt(text)]));
}

function nameOf(row: Row): string {
  return Object.entries(texts(row))
    .map((pair) => pair.join(' '))
    .sort()
    .join(', ');
}

/** What several enterprises have in common at one check: sums, and the values where a rule asks for more than sums. */
export class Group {
  readonly moments = new Moments();
  readonly rows: Row[] = [];
  readonly #keepsRows: boolean;

  constructor(keepsRows: boolean) {
    this.#keepsRows = keepsRows;
  }

  add(row: Row): void {
    this.moments.add(row);
    if (this.#keepsRows) this.rows.push(row);
  }

  merge({ count, sums, products, rows }: GroupState): void {
    this.moments.merge({ count, sums: numbers(sums), products: numbers(products) });
    this.rows.push(...rows.map(numbers));
  }

  state(): GroupState {
    const { count, sums, products } = this.moments;
    return { count, sums: texts(sums), products: texts(products), rows: this.rows.map(texts) };
  }

  /** The group as one of its members sees it: without itself. */
  others(own: Row): Group {
    const rest = new Group(this.#keepsRows);
    rest.moments.merge(this.moments.without(own));
    const at = this.rows.findIndex((row) => Object.entries(own).every(([name, value]) => row[name] === value));
    rest.rows.push(...this.rows.filter((_, index) => index !== at));
    return rest;
  }

  /** Without what a group inside it holds. */
  beyond(inner: Group): Group {
    const rest = new Group(this.#keepsRows);
    rest.moments.merge(this.moments);
    rest.moments.merge(inner.moments.negated());
    const inside = new Map<string, number>();
    for (const name of inner.rows.map(nameOf)) inside.set(name, (inside.get(name) ?? 0) + 1);
    for (const row of this.rows) {
      const name = nameOf(row);
      const left = inside.get(name) ?? 0;
      if (left > 0) inside.set(name, left - 1);
      else rest.rows.push(row);
    }
    return rest;
  }

  sample(name: string): Sample {
    return new Sample(this.moments, name, this.#keepsRows ? () => this.rows.map((row) => row[name] ?? 0n) : undefined);
  }
}
