import { LRUCache } from 'lru-cache';
import type { Remembered, ScreeningMemory } from '@carbon-ledger/core';

/** Characters of JSON that are kept, of all parties together. */
const mostKept = 64 * 1024 * 1024;

/**
 * What screenings left for the next ones, while the service runs. Each party has its own, because what it found depends on
 * what is open to it; the longest unused is forgotten first.
 */
export class ScreeningMemories {
  readonly #kept = new LRUCache<string, string>({ maxSize: mostKept, sizeCalculation: (text) => text.length + 1 });

  of(party: string, year: string): (ruleSet: string) => ScreeningMemory {
    return (ruleSet) => {
      const name = (uscc: string): string => `${party} ${year} ${ruleSet} ${uscc}`;
      // What was forgotten in the middle of a run is looked at anew, and comes out the same.
      return {
        get: (uscc) => {
          const text = this.#kept.get(name(uscc));
          return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as Remembered));
        },
        set: (uscc, remembered) => {
          this.#kept.set(name(uscc), JSON.stringify(remembered));
          return Promise.resolve();
        },
      };
    };
  }
}
