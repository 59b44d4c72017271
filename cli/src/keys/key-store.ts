import { scrypt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isUscc, LedgerError } from '@carbon-ledger/core';
import { z } from 'zod';

/** What a key file says without its passphrase. */
export interface KeyEntry {
  readonly party: string;
  /** Lower-case address with 0x: the key id of suite eip712-secp256k1. */
  readonly address: string;
  /** A trial key is derived from public words: anybody has it. */
  readonly trial: boolean;
  readonly createdAt: string;
  readonly file: string;
}

export interface NewKey {
  readonly party: string;
  /** 0x and 64 hex digits. */
  readonly privateKey: string;
  readonly trial: boolean;
  readonly createdAt: string;
  readonly passphrase: string;
}

const fileSchema = z.looseObject({
  address: z.string(),
  carbonLedger: z.strictObject({ party: z.string().refine(isUscc), trial: z.boolean(), createdAt: z.string() }),
});

/** ethers with its scrypt led to OpenSSL's: a third of a second instead of several. */
async function loadEthers() {
  const ethers = await import('ethers');
  if (!scryptIsNative) ethers.scrypt.register(nativeScrypt);
  scryptIsNative = true;
  return ethers;
}

let scryptIsNative = false;

function nativeScrypt(
  passphrase: Uint8Array,
  salt: Uint8Array,
  N: number,
  r: number,
  p: number,
  length: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, length, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** Scrypt cost of the keystore, 2^17 as the Ethereum tools use. */
const cost = { N: 131_072, r: 8, p: 1 } as const;

/**
 * A folder of Ethereum JSON keystore files (version 3), one per key. Who can read the folder can try passphrases; who
 * can write to it can at most take keys away.
 */
export class KeyStore {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async list(): Promise<KeyEntry[]> {
    if (!existsSync(this.folder)) return [];
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.json')).sort();
    const entries = await Promise.all(names.map((name) => this.#entry(path.join(this.folder, name))));
    return entries.filter((entry) => entry !== undefined);
  }

  /** Keys of a party, or the one key with this address. */
  async find(partyOrAddress: string): Promise<KeyEntry[]> {
    const wanted = partyOrAddress.toLowerCase();
    return (await this.list()).filter((key) => key.party.toLowerCase() === wanted || key.address === wanted);
  }

  /** Encrypts and stores a key; never overwrites one. */
  async add(key: NewKey): Promise<KeyEntry> {
    const { Wallet, encryptKeystoreJson } = await loadEthers();
    const wallet = new Wallet(key.privateKey);
    const account = { address: wallet.address, privateKey: wallet.privateKey };
    const keystore = JSON.parse(await encryptKeystoreJson(account, key.passphrase, { scrypt: cost })) as Record<
      string,
      unknown
    >;
    const { party, trial, createdAt } = key;
    const address = wallet.address.toLowerCase();
    const file = path.join(this.folder, `${party}.${address}.json`);
    await this.#write(file, { ...keystore, carbonLedger: { party, trial, createdAt } });
    return { party, trial, createdAt, address, file };
  }

  /** The private key, 0x and 64 hex digits. @throws LedgerError PASSPHRASE_WRONG */
  async open(entry: KeyEntry, passphrase: string): Promise<string> {
    const { decryptKeystoreJson } = await loadEthers();
    try {
      return (await decryptKeystoreJson(await readFile(entry.file, 'utf8'), passphrase)).privateKey;
    } catch (cause) {
      throw new LedgerError('PASSPHRASE_WRONG', `the passphrase does not open ${entry.file}`, { cause });
    }
  }

  async #write(file: string, content: unknown): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(file, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
    } catch (cause) {
      throw new LedgerError('FILE_UNREADABLE', `${file} cannot be written, or is there already`, { cause });
    }
  }

  async #entry(file: string): Promise<KeyEntry | undefined> {
    const parsed = fileSchema.safeParse(parseJson(await readFile(file, 'utf8')));
    if (!parsed.success) return undefined;
    const { address, carbonLedger } = parsed.data;
    return { ...carbonLedger, address: `0x${address.toLowerCase().replace(/^0x/, '')}`, file };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
