import type { SaltSource, SignatureSuite, Signer } from '@carbon-ledger/core';
import { fromHex } from '@carbon-ledger/core/bytes';
import { LedgerError } from '@carbon-ledger/core/errors';
import { sm2Signer } from '@carbon-ledger/core/signature';
import { secp256k1Signer } from '@carbon-ledger/core/submission';
import type { Io } from '../io';
import type { KeyEntry, KeyStore } from './key-store';
import { readPassphrase } from './passphrase';

/** Where the keys of parties come from. A private key stays inside; what leaves are signatures and salts. */
export interface PartyKeys {
  /** Can this source sign for the party at all? Opens nothing. */
  has(party: string): Promise<boolean>;
  /** @throws LedgerError KEY_NOT_HELD */
  signerOf(party: string): Promise<Signer>;
  /** Salts for figures that the party files: derived from its key, so that a repeated run makes the same records. */
  saltsOf(party: string): Promise<SaltSource>;
}

/** Keys that anybody can derive; only a trial ledger takes them, and only where they sign are they loaded. */
export const trialKeys: PartyKeys = {
  has: () => Promise.resolve(true),
  signerOf: async (party) => (await import('@carbon-ledger/plant-year/trial')).trialSigner(party),
  saltsOf: async (party) => (await import('@carbon-ledger/plant-year/trial')).trialSalts(party),
};

function newest(keys: readonly KeyEntry[]): KeyEntry | undefined {
  return keys.reduce<KeyEntry | undefined>(
    (last, key) => (last === undefined || (key.createdAt ?? '') > (last.createdAt ?? '') ? key : last),
    undefined,
  );
}

interface OpenedKey {
  readonly suite: SignatureSuite;
  readonly privateKey: Uint8Array;
}

/** Keys of a keystore folder; each is opened once, with a passphrase, when it is first needed. */
export class KeystoreKeys implements PartyKeys {
  readonly #store: KeyStore;
  readonly #io: Io;
  readonly #opened = new Map<string, Promise<OpenedKey>>();

  constructor(store: KeyStore, io: Io) {
    this.#store = store;
    this.#io = io;
  }

  async has(party: string): Promise<boolean> {
    return (await this.#store.find(party)).length > 0;
  }

  async signerOf(party: string): Promise<Signer> {
    const { suite, privateKey } = await this.#keyOf(party);
    return suite === 'sm2-sm3' ? sm2Signer(privateKey) : secp256k1Signer(privateKey);
  }

  async saltsOf(party: string): Promise<SaltSource> {
    const { derivedSalts } = await import('@carbon-ledger/core/rulebook');
    return derivedSalts((await this.#keyOf(party)).privateKey);
  }

  #keyOf(party: string): Promise<OpenedKey> {
    const opened = this.#opened.get(party) ?? this.#open(party);
    this.#opened.set(party, opened);
    return opened;
  }

  async #open(party: string): Promise<OpenedKey> {
    const entry = newest(await this.#store.find(party));
    if (entry === undefined) throw new LedgerError('KEY_NOT_HELD', `no key of ${party} in ${this.#store.folder}`);
    const passphrase = await readPassphrase(this.#io, `Passphrase of ${party}: `);
    const privateKey = fromHex((await this.#store.open(entry, passphrase)).slice(2));
    return { suite: entry.suite, privateKey };
  }
}
