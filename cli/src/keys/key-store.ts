import { scrypt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SignatureSuite } from '@carbon-ledger/core';
import { fromHex } from '@carbon-ledger/core/bytes';
import { LedgerError } from '@carbon-ledger/core/errors';
import { isUscc } from '@carbon-ledger/core/identifiers';
import { sm2KeyId, sm2Signer } from '@carbon-ledger/core/signature';
import { secp256k1Signer, signatureSuites } from '@carbon-ledger/core/submission';
import { z } from 'zod';
import { makeFolder } from '../files/make-folder';
import { readBytes } from '../files/read-file';

/** What a key file says without its passphrase. */
export interface KeyEntry {
  /** Null for a file of another program, which names no party: `keys import` takes it over. */
  readonly party: string | null;
  /** As it is registered: lower-case address with 0x, or `sm2:` and a digest. */
  readonly keyId: string;
  readonly suite: SignatureSuite;
  /** Of an SM2 key, as it is registered. */
  readonly publicKey?: string | undefined;
  /** A trial key is derived from public words: anybody has it. */
  readonly trial: boolean;
  readonly createdAt: string | null;
  readonly file: string;
}

export interface NewKey {
  readonly party: string;
  readonly suite: SignatureSuite;
  /** 0x and 64 hex digits. */
  readonly privateKey: string;
  readonly trial: boolean;
  readonly createdAt: string;
  readonly passphrase: string;
}

const ownSchema = z.strictObject({
  party: z.string().refine(isUscc),
  trial: z.boolean(),
  createdAt: z.string(),
  suite: z.enum(signatureSuites).default('eip712-secp256k1'),
  publicKey: z
    .string()
    .regex(/^04[0-9a-f]{128}$/)
    .optional(),
});

/** Web3 Secret Storage, version 3; programs write its one long member in capitals or not, and some leave the address out. */
const fileSchema = z
  .looseObject({
    version: z.literal(3),
    address: z
      .string()
      .regex(/^(?:0x)?[0-9a-fA-F]{40}$/)
      .optional(),
    crypto: z.looseObject({}).optional(),
    Crypto: z.looseObject({}).optional(),
    carbonLedger: ownSchema.optional(),
  })
  .refine((file) => file.crypto !== undefined || file.Crypto !== undefined);

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
    scrypt(passphrase, salt, length, { N, r, p, maxmem: 256 * r * (N + p + 2) }, (error, key) => {
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

  /** Keys of a party, or the one key with this id. */
  async find(partyOrKeyId: string): Promise<KeyEntry[]> {
    const wanted = partyOrKeyId.toLowerCase();
    return (await this.list()).filter((key) => key.party?.toLowerCase() === wanted || key.keyId === wanted);
  }

  /** Encrypts and stores a key; never overwrites one. */
  async add(key: NewKey): Promise<KeyEntry> {
    const { party, suite, trial, createdAt } = key;
    const { keyId, publicKey } = publicPart(key);
    const file = path.join(this.folder, `${party}.${keyId.replace(':', '-')}.json`);
    const own = { party, trial, createdAt, suite, ...(publicKey === undefined ? {} : { publicKey }) };
    await this.#write(file, { ...(await encrypted(key)), carbonLedger: own });
    return { party, trial, createdAt, keyId, suite, publicKey, file };
  }

  /** The private key, 0x and 64 hex digits. @throws LedgerError PASSPHRASE_WRONG, FILE_UNREADABLE, FILE_FORBIDDEN */
  async open(entry: Pick<KeyEntry, 'file'>, passphrase: string): Promise<string> {
    const { decryptKeystoreJson } = await loadEthers();
    const text = (await readBytes(entry.file)).toString('utf8');
    try {
      return (await decryptKeystoreJson(text, passphrase)).privateKey;
    } catch (cause) {
      throw new LedgerError('PASSPHRASE_WRONG', `the passphrase does not open ${entry.file}`, { cause });
    }
  }

  async #write(file: string, content: unknown): Promise<void> {
    await makeFolder(this.folder, 0o700);
    try {
      await writeFile(file, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
    } catch (cause) {
      throw new LedgerError('FILE_UNREADABLE', `${file} cannot be written, or is there already`, { cause });
    }
  }

  async #entry(file: string): Promise<KeyEntry | undefined> {
    const parsed = fileSchema.safeParse(parseJson((await readBytes(file)).toString('utf8')));
    return parsed.success ? entryOf(parsed.data, file) : undefined;
  }
}

type KeyFile = z.output<typeof fileSchema>;

/** Undefined where nothing says which key it is. */
function entryOf({ address, carbonLedger }: KeyFile, file: string): KeyEntry | undefined {
  if (carbonLedger?.publicKey !== undefined) return { ...carbonLedger, keyId: sm2KeyId(carbonLedger.publicKey), file };
  if (address === undefined) return undefined;
  const keyId = `0x${address.toLowerCase().replace(/^0x/, '')}`;
  const foreign = { party: null, trial: false, createdAt: null, suite: 'eip712-secp256k1' } as const;
  return { ...(carbonLedger ?? foreign), keyId, file };
}

function publicPart({ suite, privateKey }: NewKey): { readonly keyId: string; readonly publicKey?: string } {
  const bytes = fromHex(privateKey.slice(2));
  return suite === 'sm2-sm3' ? sm2Signer(bytes) : { keyId: secp256k1Signer(bytes).keyId };
}

/**
 * The members that other programs read, named as geth names them (`crypto`). The address is left out of SM2 keys: it would be
 * that of another key.
 */
async function encrypted({ suite, privateKey, passphrase }: NewKey): Promise<Record<string, unknown>> {
  const { Wallet, encryptKeystoreJson } = await loadEthers();
  const account = { address: new Wallet(privateKey).address, privateKey };
  const text = await encryptKeystoreJson(account, passphrase, { scrypt: cost });
  const { address, id, version, Crypto } = JSON.parse(text) as Record<string, unknown>;
  return { ...(suite === 'sm2-sm3' ? {} : { address }), id, version, crypto: Crypto };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
