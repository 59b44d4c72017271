import { Moments, Sample } from '../formula';

export type Row = Readonly<Record<string, bigint>>;

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
    const rest = new Group(false);
    rest.moments.merge(this.moments);
    rest.moments.merge(inner.moments.negated());
    return rest;
  }

  sample(name: string): Sample {
    return new Sample(this.moments, name, this.#keepsRows ? () => this.rows.map((row) => row[name] ?? 0n) : undefined);
  }
}
