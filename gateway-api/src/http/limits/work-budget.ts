import { LedgerError } from '@carbon-ledger/core';

export interface WorkAllowance {
  /** What may be spent at once. */
  readonly burst: number;
  /** What comes back in a second. */
  readonly perSecond: number;
}

/** One who asks: an address, or a party that signed in. */
export interface Account {
  /** @throws LedgerError RATE_LIMITED with the seconds to wait while nothing is left */
  readonly assertOpen: () => void;
  /** Units of work: one is about a millisecond of one core. May go below nothing, once. */
  readonly spend: (units: number) => void;
}

interface Balance {
  units: number;
  /** Milliseconds. */
  at: number;
}

/** Accounts that are remembered; the longest unused is forgotten first. */
const REMEMBERED = 50_000;
const SECOND_MS = 1000;

/**
 * What each of those who ask has left to spend on answers that cost (a token bucket each). Work is paid for when it is
 * known, so that one request may overdraw; the next one waits until the debt has come back.
 */
export class WorkBudget {
  readonly #allowance: WorkAllowance;
  readonly #clock: () => number;
  readonly #balances = new Map<string, Balance>();

  constructor(allowance: WorkAllowance, clock: () => number) {
    this.#allowance = allowance;
    this.#clock = clock;
  }

  account(name: string): Account {
    return {
      assertOpen: () => {
        this.#assertOpen(name);
      },
      spend: (units) => {
        this.#balance(name).units -= units;
      },
    };
  }

  #assertOpen(name: string): void {
    const { units } = this.#balance(name);
    if (units > 0) return;
    const retryAfter = Math.max(1, Math.ceil(-units / this.#allowance.perSecond));
    throw new LedgerError(
      'RATE_LIMITED',
      `Your last requests took up what you have; ask again in ${String(retryAfter)} s.`,
      {
        details: { retryAfter },
      },
    );
  }

  /** As it stands now, and used last. */
  #balance(name: string): Balance {
    const now = this.#clock();
    const { burst, perSecond } = this.#allowance;
    const known = this.#balances.get(name) ?? { units: burst, at: now };
    const units = Math.min(burst, known.units + (Math.max(0, now - known.at) / SECOND_MS) * perSecond);
    const balance = { units, at: now };
    this.#balances.delete(name);
    this.#balances.set(name, balance);
    this.#forget();
    return balance;
  }

  #forget(): void {
    if (this.#balances.size <= REMEMBERED) return;
    const [oldest] = this.#balances.keys();
    if (oldest !== undefined) this.#balances.delete(oldest);
  }
}
