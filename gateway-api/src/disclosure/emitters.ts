import { LedgerError, type Doubt } from '@carbon-ledger/core';
import type { KeyEmitter } from '@carbon-ledger/client-sdk';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { RegisteredParty } from '../projection/parties';
import type { Projection } from '../projection/projection';
import { standingRecords } from './standing';

type Entries = readonly { readonly uscc: string; readonly sector: string; readonly listed: boolean }[];
type Named = KeyEmitter['listed'];

/** Why a record is in doubt. */
export type DoubtsOf = (entry: AnchoredEntry) => Promise<readonly Doubt[]>;

/** The record on which a public answer rests; who relies on one whose word is in doubt is told so. */
export async function namedRecord(entry: AnchoredEntry, doubtsOf: DoubtsOf): Promise<Named> {
  const { id, key, anchoredAt } = entry;
  const doubts = [...new Set((await doubtsOf(entry)).map(({ why }) => why))];
  return { record: id, key, anchoredAt, ...(doubts.length === 0 ? {} : { doubts }) };
}

/** Current records of a query, page by page. */
export async function* currentEntries(
  projection: Pick<Projection, 'list'>,
  filter: Parameters<Projection['list']>[0],
): AsyncGenerator<AnchoredEntry, void, undefined> {
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await projection.list(filter, { cursor, limit: 200 });
    yield* page.items;
    cursor = page.next;
  }
}

interface Listed {
  readonly sector: string;
  readonly list: AnchoredEntry;
}

/** An enterprise that a list names, and whose registration stands. */
export interface ListedEmitter extends Listed {
  readonly party: RegisteredParty;
}

/** What the rules make public of key emitters, and nothing else. */
export class EmitterRegister {
  readonly #projection: Projection;
  readonly #doubtsOf: DoubtsOf;

  constructor(projection: Projection, doubtsOf: DoubtsOf) {
    this.#projection = projection;
    this.#doubtsOf = doubtsOf;
  }

  /** Enterprises that the lists of a year name, by their codes. */
  async listed(year: string): Promise<Map<string, Listed>> {
    const found = new Map<string, Listed>();
    for (const list of await standingRecords(this.#projection, 'emitter-list', year)) {
      const entries = list.record.content['entries'] as Entries;
      for (const { uscc, sector, listed } of entries) {
        if (listed) found.set(uscc, { sector, list });
        else found.delete(uscc);
      }
    }
    return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The same with their registrations; who has none is left out. */
  async emitters(year: string): Promise<ListedEmitter[]> {
    const found: ListedEmitter[] = [];
    for (const [uscc, listed] of await this.listed(year)) {
      const party = await this.#projection.parties.find(uscc);
      if (party !== undefined) found.push({ ...listed, party });
    }
    return found;
  }

  /** @throws LedgerError NOT_FOUND for whoever is not listed, registered or not */
  async one(uscc: string, year: string): Promise<KeyEmitter> {
    const listed = (await this.listed(year)).get(uscc);
    const party = listed && (await this.#projection.parties.find(uscc));
    if (listed === undefined || party === undefined)
      throw new LedgerError('NOT_FOUND', `${uscc} is no key emitter of ${year}.`);
    return this.view({ ...listed, party }, year);
  }

  async view({ party, sector, list }: ListedEmitter, year: string): Promise<KeyEmitter> {
    const { uscc } = party;
    const [verified, disclosure] = await Promise.all([
      this.#current(`${uscc}/PLANT/${year}/verification-conclusion`),
      this.#current(`${uscc}/PLANT/${year}/disclosure`),
    ]);
    const tonnes = verified?.record.totals['verifiedEmission_tCO2']?.value;
    const { name, region } = party.content;
    return {
      ...{ uscc, name, region, sector, year, listed: await this.#named(list) },
      ...(verified === undefined || tonnes === undefined
        ? {}
        : { verified: { ...(await this.#named(verified)), tonnes, by: verified.record.issuer } }),
      surrender: await this.#surrender(uscc, year),
      ...(disclosure === undefined
        ? {}
        : { disclosure: { ...(await this.#named(disclosure)), content: disclosure.record.content } }),
    };
  }

  #named(entry: AnchoredEntry): Promise<Named> {
    return namedRecord(entry, this.#doubtsOf);
  }

  async #current(key: string): Promise<AnchoredEntry | undefined> {
    const head = await this.#projection.reader.head(key);
    const entry = head && (await this.#projection.reader.record(head.record));
    return entry?.status === 'current' ? entry : undefined;
  }

  async #surrender(uscc: string, year: string): Promise<KeyEmitter['surrender']> {
    const ended = await this.#projection.world.get('compliance', `${uscc}/${year}`);
    if (ended === undefined) {
      const surrender = await this.#current(`${uscc}/PLANT/${year}/surrender`);
      if (surrender === undefined) return { status: 'none' };
      return { status: 'surrendered', rests: await this.#named(surrender) };
    }
    const entry = await this.#projection.reader.record(`rec:${ended.r}`);
    return {
      status: ended.outcome,
      ...(ended.outcome === 'default' ? { shortfall: ended.shortfall } : {}),
      ...(entry === undefined ? {} : { rests: await this.#named(entry) }),
    };
  }
}
