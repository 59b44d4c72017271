/** How often a rule ran, found something, and could not be run, by what it lacked. */
export interface RuleCount {
  readonly ran: number;
  readonly found: number;
  readonly notRun: Readonly<Record<string, number>>;
}

interface Counting {
  ran: number;
  found: number;
  notRun: Record<string, number>;
}

/** Counts by rule. Sums of tallies are tallies, in any order. */
export class Tally {
  readonly #counts = new Map<string, Counting>();

  #of(rule: string): Counting {
    const known = this.#counts.get(rule) ?? { ran: 0, found: 0, notRun: {} };
    this.#counts.set(rule, known);
    return known;
  }

  ran(rule: string, times = 1): void {
    this.#of(rule).ran += times;
  }

  found(rule: string, times = 1): void {
    this.#of(rule).found += times;
  }

  notRun(rule: string, why: string, times = 1): void {
    const { notRun } = this.#of(rule);
    notRun[why] = (notRun[why] ?? 0) + times;
  }

  add(counts: Readonly<Record<string, RuleCount>>): void {
    for (const [rule, count] of Object.entries(counts)) {
      this.ran(rule, count.ran);
      this.found(rule, count.found);
      for (const [why, times] of Object.entries(count.notRun)) this.notRun(rule, why, times);
    }
  }

  counts(): Record<string, RuleCount> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : Number(a > b))));
  }
}
