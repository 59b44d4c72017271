import { holdsRegion, parseBusinessKey } from '@carbon-ledger/core';
import type { Parties, RegisteredParty } from '../projection/parties';

/** Which part of the ledger a graph shows. */
export interface GraphQuery {
  /** GB/T 2260; parties for which the authority of the region answers. */
  readonly region?: string | undefined;
  readonly party?: string | undefined;
  /** First and last month or year: `2024-03`, `2024`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const PAGE = 100;

function firstMonth(period: string): string {
  return period.length === 4 ? `${period}-01` : period;
}

function lastMonth(period: string): string {
  return period.length === 4 ? `${period}-12` : period;
}

/** Tells of parties and periods whether they are meant. */
export class Selection {
  readonly #parties: Parties;
  readonly #query: GraphQuery;
  readonly #region: string;

  constructor(parties: Parties, query: GraphQuery) {
    this.#parties = parties;
    this.#query = query;
    this.#region = query.region ?? '';
  }

  /** In the order of their codes. */
  async *parties(): AsyncGenerator<RegisteredParty, void, undefined> {
    const { party } = this.#query;
    if (party !== undefined) {
      const one = await this.#parties.find(party);
      if (one !== undefined && this.#has(one)) yield one;
      return;
    }
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await this.#parties.list({ cursor, limit: PAGE });
      yield* page.items.filter((one) => this.#has(one));
      cursor = page.next;
    }
  }

  /** Whether records about a period are meant: it touches the months that are asked for. */
  hasPeriod(period: string): boolean {
    const { from, to } = this.#query;
    if (from === undefined && to === undefined) return true;
    if (period === '-') return false;
    const isAfter = from === undefined || lastMonth(period) >= firstMonth(from);
    return isAfter && (to === undefined || firstMonth(period) <= lastMonth(to));
  }

  /** Whether the record of a business key is meant. */
  async hasKey(key: string): Promise<boolean> {
    const { uscc, period } = parseBusinessKey(key);
    if (!this.hasPeriod(period)) return false;
    const party = await this.#parties.find(uscc);
    return party !== undefined && this.#has(party);
  }

  #has({ uscc, content }: RegisteredParty): boolean {
    return holdsRegion(this.#region, content.region) && (this.#query.party ?? uscc) === uscc;
  }
}
