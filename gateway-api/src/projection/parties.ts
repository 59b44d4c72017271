import { holdsRegion, LedgerError, type PartyContent } from '@carbon-ledger/core';
import { keys, parseStored, prefixes, rebuildIt, type Store } from '@carbon-ledger/auditor/stored';
import type { Page } from './record-list';

/** A registered party, as the contract keeps it. */
export interface RegisteredParty {
  readonly uscc: string;
  readonly content: PartyContent;
  /** Id of the party's current record. */
  readonly record: string;
  readonly version: number;
  /** RFC 3339: its registration was withdrawn then, and its keys with it. */
  readonly ended?: string;
}

const REMEMBERED = 2_000;
/** Entries that are read in one turn. */
const AT_ONCE = 200;
/** A page never looks at more parties than this. */
const EXAMINED_PER_PAGE = 2_000;

/** Registered parties, the current version of each. */
export class Parties {
  readonly #store: Store;
  readonly #known = new Map<string, RegisteredParty>();
  /** How often a party was forgotten: what was read before is not remembered after. */
  #forgotten = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  async find(uscc: string): Promise<RegisteredParty | undefined> {
    const known = this.#known.get(uscc);
    if (known !== undefined) return known;
    const asOf = this.#forgotten;
    const text = await this.#store.text(keys.party(uscc));
    if (text === undefined) return undefined;
    const party = parseParty(uscc, text);
    if (this.#forgotten !== asOf) return party;
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(uscc, party);
    return party;
  }

  /** Call when a block changed a party. */
  forget(uscc: string): void {
    this.#forgotten += 1;
    this.#known.delete(uscc);
  }

  /** Every party that a filter asks for, by code. */
  async *all(filter: PartyFilter): AsyncGenerator<RegisteredParty, void, undefined> {
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await this.list({ ...filter, cursor, limit: AT_ONCE });
      yield* page.items;
      cursor = page.next;
    }
  }

  /** A page is full where there is as much; one that looked at many parties may be short or empty, and still have a next one. */
  async list({ cursor, limit, order, ...filter }: PartyQuery): Promise<Page<RegisteredParty>> {
    const items: RegisteredParty[] = [];
    let last = cursor;
    for (let examined = 0; examined < EXAMINED_PER_PAGE; examined += AT_ONCE) {
      const parties = await this.#read(last, order === 'desc');
      for (const party of parties) {
        last = party.uscc;
        if (isParty(party, filter)) items.push(party);
        if (items.length === limit) return { items, next: last };
      }
      if (parties.length < AT_ONCE) return { items };
    }
    return last === undefined ? { items } : { items, next: last };
  }

  async #read(behind: string | undefined, reverse: boolean): Promise<RegisteredParty[]> {
    const after = behind === undefined ? undefined : keys.party(behind);
    const rows = await this.#store.range({ prefix: prefixes.parties, after, limit: AT_ONCE, reverse });
    return rows.map(([key, text]) => parseParty(key.slice(prefixes.parties.length), text));
  }
}

/** Whose registration was withdrawn has ended, whatever it said. */
export function statusOf({ content, ended }: RegisteredParty): PartyContent['status'] {
  return ended === undefined ? content.status : 'ended';
}

/** Whether a party is one that a filter asks for. */
export function isParty(party: RegisteredParty, { kind, region = '', text = '', status }: PartyFilter): boolean {
  const { uscc, content } = party;
  const words = `${uscc} ${content.name}`.toLowerCase();
  const isOfKind = kind === undefined || content.kind === kind;
  const isInStatus = status === undefined || statusOf(party) === status;
  return isOfKind && isInStatus && holdsRegion(region, content.region) && words.includes(text.toLowerCase());
}

export interface PartyFilter {
  readonly kind?: string | undefined;
  /** A region, or its leading digits: parties for which its authority answers. */
  readonly region?: string | undefined;
  readonly text?: string | undefined;
  readonly status?: PartyContent['status'] | undefined;
}

export interface PartyQuery extends PartyFilter {
  readonly cursor?: string | undefined;
  /** By code. */
  readonly order?: 'asc' | 'desc' | undefined;
  readonly limit: number;
}

/** What every question about a party looks at is looked at once. @throws LedgerError STORE_CORRUPT naming the entry */
function parseParty(uscc: string, text: string): RegisteredParty {
  const key = keys.party(uscc);
  const party = { uscc, ...(parseStored(text, key) as Omit<RegisteredParty, 'uscc'>) };
  const { content } = party as Partial<RegisteredParty>;
  if (!Array.isArray(content?.keys) || typeof content.region !== 'string' || typeof content.name !== 'string')
    throw new LedgerError('STORE_CORRUPT', `The entry ${key} of the projection is no party: ${rebuildIt}`);
  return party;
}
