import { LRUCache } from 'lru-cache';
import { parseStored } from '@carbon-ledger/auditor/stored';
import { deepFreeze } from './deep-freeze';

interface Parsed {
  readonly text: string;
  readonly value: unknown;
}

/** Characters of text whose values are kept; a plant-year of records and figures is about 600,000. */
const KEPT_CHARACTERS = 2_000_000;

/**
 * Values of stored JSON that is read again and again. The store decides each time: a value is given again only for the
 * very same text. Values are frozen through and through, so that whoever has verified one need not do so again.
 */
export class ParsedTexts {
  readonly #parsed = new LRUCache<string, Parsed>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: ({ text }) => Math.max(1, text.length),
  });

  /** @param key under which the text is stored. @throws LedgerError STORE_CORRUPT for what is no JSON */
  parse(key: string, text: string): unknown {
    const known = this.#parsed.get(key);
    if (known?.text === text) return known.value;
    const value = deepFreeze(parseStored(text, key));
    this.#parsed.set(key, { text, value });
    return value;
  }

  /** Keeps nothing of what must not be kept any more. */
  forget(key: string): void {
    this.#parsed.delete(key);
  }
}
