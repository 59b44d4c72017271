import { Decimal, roundHalfUp } from '../decimal';
import { LedgerError } from '../errors';

/** Statistics count in units of 10⁻¹²: sums of whole numbers are exact, so their order and grouping change nothing. */
const digits = 12;

/** A decimal as a whole number of 10⁻¹², rounded half up. */
export function fixed(value: Decimal): bigint {
  return BigInt(
    roundHalfUp(value, digits)
      .times(`1e${String(digits)}`)
      .toFixed(0),
  );
}

/** `power`: how many fixed numbers were multiplied. */
export function fixedDecimal(value: bigint, power = 1): Decimal {
  return new Decimal(`${value.toString()}e-${String(digits * power)}`);
}

/** Count, sums and sums of products of the columns of a table: all that mean, deviation and regression need. */
export class Moments {
  count = 0;
  readonly sums: Record<string, bigint> = {};
  /** By `a b` with a ≤ b. */
  readonly products: Record<string, bigint> = {};

  static readonly pair = (a: string, b: string): string => (a <= b ? `${a} ${b}` : `${b} ${a}`);

  /** Adds a row, or takes it away. */
  add(row: Readonly<Record<string, bigint>>, sign: 1 | -1 = 1): void {
    const entries = Object.entries(row);
    this.count += sign;
    for (const [index, [name, value]] of entries.entries()) {
      const signed = sign === 1 ? value : -value;
      this.sums[name] = (this.sums[name] ?? 0n) + signed;
      for (let at = index; at < entries.length; at += 1) {
        const [other, factor] = entries[at] ?? [name, value];
        const pair = Moments.pair(name, other);
        this.products[pair] = (this.products[pair] ?? 0n) + signed * factor;
      }
    }
  }

  merge(other: Readonly<Pick<Moments, 'count' | 'sums' | 'products'>>): void {
    this.count += other.count;
    for (const [name, value] of Object.entries(other.sums)) this.sums[name] = (this.sums[name] ?? 0n) + value;
    for (const [name, value] of Object.entries(other.products))
      this.products[name] = (this.products[name] ?? 0n) + value;
  }

  negated(): Moments {
    const turned = new Moments();
    turned.count = -this.count;
    for (const [name, value] of Object.entries(this.sums)) turned.sums[name] = -value;
    for (const [name, value] of Object.entries(this.products)) turned.products[name] = -value;
    return turned;
  }

  without(row: Readonly<Record<string, bigint>>): Moments {
    const rest = new Moments();
    rest.merge(this);
    rest.add(row, -1);
    return rest;
  }
}

/**
 * One column of a table of values, as statistics see it. Columns of one table have their moments, and with them their
 * regression on each other, in common.
 */
export class Sample {
  readonly #moments: Moments;
  readonly #name: string;
  readonly #values: (() => readonly bigint[]) | undefined;

  /** @param values the column itself; absent where a window keeps sums only */
  constructor(moments: Moments, name: string, values?: () => readonly bigint[]) {
    this.#moments = moments;
    this.#name = name;
    this.#values = values;
  }

  static of(values: readonly Decimal[]): Sample {
    const column = values.map(fixed);
    const moments = new Moments();
    for (const value of column) moments.add({ x: value });
    return new Sample(moments, 'x', () => column);
  }

  get size(): number {
    return this.#moments.count;
  }

  get sum(): bigint {
    return this.#moments.sums[this.#name] ?? 0n;
  }

  /** Σxy. @throws LedgerError BAD_FORMULA where the two are no columns of one table */
  product(other: Sample): bigint {
    if (other.#moments !== this.#moments)
      throw new LedgerError('BAD_FORMULA', 'a regression takes two series of one window');
    return this.#moments.products[Moments.pair(this.#name, other.#name)] ?? 0n;
  }

  /** n·Σxy − Σx·Σy, exact. */
  spread(other: Sample): bigint {
    return BigInt(this.size) * this.product(other) - this.sum * other.sum;
  }

  /** @throws LedgerError BAD_FORMULA of an empty window */
  mean(): Decimal {
    if (this.size === 0) throw new LedgerError('BAD_FORMULA', 'mean of nothing');
    return fixedDecimal(this.sum).div(this.size);
  }

  /** s = √(Σ(x − x̄)²/(n − 1)). @throws LedgerError BAD_FORMULA of less than two values */
  deviation(): Decimal {
    const n = this.size;
    if (n < 2) throw new LedgerError('BAD_FORMULA', 'stdev of less than two values');
    return fixedDecimal(this.spread(this), 2)
      .div(n * (n - 1))
      .sqrt();
  }

  /** @throws LedgerError BAD_FORMULA where only sums were kept */
  column(): readonly bigint[] {
    if (this.#values === undefined) throw new LedgerError('BAD_FORMULA', 'this window keeps sums, not values');
    return this.#values();
  }

  decimals(): Decimal[] {
    return this.column().map((value) => fixedDecimal(value));
  }
}
