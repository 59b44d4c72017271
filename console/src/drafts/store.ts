import { fromBase64, toBase64 } from '@carbon-ledger/core';

/** What seals and opens drafts: the key that is open. */
export interface DraftSeal {
  seal(text: string): Promise<Uint8Array>;
  unseal(sealed: Uint8Array): Promise<string>;
}

/** Where drafts lie: the browser's storage. */
export type DraftPlace = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface Draft {
  /** Address of the form, by which it is found again. */
  readonly address: string;
  readonly title: string;
  /** RFC 3339. */
  readonly savedAt: string;
  readonly value: unknown;
}

const PREFIX = 'draft/';

/** Forms of one key stand apart from those of another. Their addresses are no secret; what was typed is. */
function nameOf(keyId: string, address: string): string {
  return `${PREFIX}${keyId}/${address}`;
}

function namesIn(place: DraftPlace, prefix: string): string[] {
  const names = Array.from({ length: place.length }, (_, at) => place.key(at) ?? '');
  return names.filter((name) => name.startsWith(prefix));
}

/** Drafts that one key keeps in one browser. Everything but the address is encrypted with that key. */
export class Drafts {
  readonly #place: DraftPlace;
  readonly #seal: DraftSeal;
  readonly #keyId: string;

  constructor(place: DraftPlace, seal: DraftSeal, keyId: string) {
    this.#place = place;
    this.#seal = seal;
    this.#keyId = keyId;
  }

  /** Storage that is full or forbidden keeps nothing: false, and the person is told. */
  async save(draft: Draft): Promise<boolean> {
    const sealed = await this.#seal.seal(JSON.stringify(draft));
    try {
      this.#place.setItem(nameOf(this.#keyId, draft.address), toBase64(sealed));
      return true;
    } catch {
      return false;
    }
  }

  /** Undefined where there is none that this key opens. */
  async read(address: string): Promise<Draft | undefined> {
    return this.#open(nameOf(this.#keyId, address));
  }

  drop(address: string): void {
    this.#place.removeItem(nameOf(this.#keyId, address));
  }

  /** Newest first. */
  async list(): Promise<Draft[]> {
    const drafts = await Promise.all(namesIn(this.#place, `${PREFIX}${this.#keyId}/`).map((name) => this.#open(name)));
    return drafts
      .filter((draft) => draft !== undefined)
      .sort((a, b) => (a.savedAt < b.savedAt ? 1 : -Number(a.savedAt > b.savedAt)));
  }

  async #open(name: string): Promise<Draft | undefined> {
    const text = this.#place.getItem(name);
    if (text === null) return undefined;
    try {
      return JSON.parse(await this.#seal.unseal(fromBase64(text))) as Draft;
    } catch {
      return undefined;
    }
  }
}

/** All drafts of all keys, gone. */
export function wipeDrafts(place: DraftPlace): void {
  for (const name of namesIn(place, PREFIX)) place.removeItem(name);
}
