import type { ErrorCode } from '@carbon-ledger/core';

/** One thing that is wrong, and where: as much of the place as is known. */
export interface Finding {
  readonly code: ErrorCode;
  readonly message: string;
  /** Block number. */
  readonly block?: number;
  /** Transaction id. */
  readonly transaction?: string;
  /** Record id. */
  readonly record?: string;
  /** The field, key or file that is wrong. */
  readonly field: string;
}

/** Where a check looks: added to what it finds. */
export type Place = Pick<Finding, 'block' | 'transaction' | 'record'>;

/** How much was looked at. Numbers of things, not of bytes. */
export interface Counts {
  blocks: number;
  transactions: number;
  /** Transactions that stand in a block and wrote nothing. */
  invalid: number;
  submissions: number;
  records: number;
  /** Records whose private figures were not at hand: their formulas and figures root were not recomputed. */
  recordsWithoutFigures: number;
  figures: number;
}

export function noCounts(): Counts {
  return {
    blocks: 0,
    transactions: 0,
    invalid: 0,
    submissions: 0,
    records: 0,
    recordsWithoutFigures: 0,
    figures: 0,
  };
}

export function addCounts(sum: Counts, more: Partial<Counts>): void {
  for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += more[name] ?? 0;
}

/** Findings up to a number; beyond it they are only counted, so that a broken ledger does not fill the memory. */
export class Findings {
  readonly #list: Finding[] = [];
  readonly #most: number;
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get list(): readonly Finding[] {
    return this.#list;
  }

  /** All that were found, listed or not. */
  get count(): number {
    return this.#count;
  }

  add(...findings: readonly Finding[]): void {
    this.#count += findings.length;
    this.#list.push(...findings.slice(0, Math.max(0, this.#most - this.#list.length)));
  }
}
