import { xchacha20poly1305 } from '@noble/ciphers/chacha';
import { managedNonce } from '@noble/ciphers/webcrypto';
import { decryptKeystoreJson, encryptKeystoreJson } from 'ethers';
import {
  concat,
  derivedSalts,
  fromHex,
  offerKey,
  type OfferedKey,
  secp256k1Signer,
  sha256,
  type SignatureSuite,
  type Signer,
  sm2Signer,
  toHex,
  utf8Decode,
  utf8Encode,
} from '@carbon-ledger/core';
import { trialKey } from '@carbon-ledger/plant-year/trial';
import { serveCalls } from './serve-calls';

/** What a key file says of itself beside the encrypted key. */
interface KeyFileNote {
  readonly party?: string;
  readonly suite?: SignatureSuite;
}

/** A figure that needs its salt, as `SaltSource` is asked for it. */
export type SaltQuestion = readonly [businessKey: string, version: number, figure: string];

export type KeyQuestion =
  | { readonly kind: 'open'; readonly keystore: string; readonly passphrase: string }
  | { readonly kind: 'trial'; readonly party: string }
  | {
      readonly kind: 'create';
      readonly party: string;
      readonly suite: SignatureSuite;
      readonly passphrase: string;
      readonly createdAt: string;
    }
  | { readonly kind: 'sign'; readonly digest: Uint8Array }
  | { readonly kind: 'salts'; readonly of: readonly SaltQuestion[] }
  /** A draft on its way into the browser's storage, and out of it. */
  | { readonly kind: 'seal'; readonly text: string }
  | { readonly kind: 'unseal'; readonly sealed: Uint8Array };

export interface OpenedKey {
  readonly keyId: string;
  readonly suite: SignatureSuite;
  /** Public key in hex, where the suite registers one. */
  readonly publicKey?: string;
  /** The party that the file says it is of. */
  readonly party?: string;
  /** The file of a key that was made here. */
  readonly keystore?: string;
  /** What the registrar of its party needs to enter it; nothing in it is secret. */
  readonly offered?: OfferedKey;
}

export type KeyAnswer = OpenedKey | string | Uint8Array | readonly string[];

/** The one key of this worker. It came in and never goes out: what leaves are signatures. */
let key: Uint8Array | undefined;
let signer: Signer | undefined;

class KeyError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

function hold(secret: Uint8Array, suite: SignatureSuite): OpenedKey {
  key = secret;
  if (suite === 'sm2-sm3') {
    const own = sm2Signer(secret);
    signer = own;
    return { keyId: own.keyId, suite, publicKey: own.publicKey };
  }
  signer = secp256k1Signer(secret);
  return { keyId: signer.keyId, suite };
}

function noteOf(keystore: string): KeyFileNote {
  try {
    const file = JSON.parse(keystore) as { carbonLedger?: KeyFileNote };
    return file.carbonLedger ?? {};
  } catch {
    throw new KeyError('BAD_JSON', 'not a keystore file');
  }
}

async function open(keystore: string, passphrase: string): Promise<OpenedKey> {
  const { party, suite = 'eip712-secp256k1' } = noteOf(keystore);
  let privateKey: string;
  try {
    ({ privateKey } = await decryptKeystoreJson(keystore, passphrase));
  } catch {
    throw new KeyError('PASSPHRASE_WRONG', 'the passphrase does not open the file');
  }
  return { ...hold(fromHex(privateKey.slice(2)), suite), ...(party === undefined ? {} : { party }) };
}

const KEY_BYTES = 32;

/** Scrypt cost of the file, 2^17 as the command line and the Ethereum tools use. */
const COST = { N: 131_072, r: 8, p: 1 };

async function create(question: Extract<KeyQuestion, { kind: 'create' }>): Promise<OpenedKey> {
  const { party, suite, passphrase, createdAt } = question;
  const secret = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  // The address of the key as an Ethereum key, which is what its id is under the first suite; keystore files name it.
  const account = { address: secp256k1Signer(secret).keyId, privateKey: `0x${toHex(secret)}` };
  const encrypted = JSON.parse(await encryptKeystoreJson(account, passphrase, { scrypt: COST })) as object;
  // The command line reads files of the first suite, and holds them to exactly these members.
  const note = { party, trial: false, createdAt, ...(suite === 'sm2-sm3' ? { suite } : {}) };
  const keystore = `${JSON.stringify({ ...encrypted, carbonLedger: note })}\n`;
  const opened = hold(secret, suite);
  return { ...opened, party, keystore, offered: await offerKey(party, held().signer, createdAt) };
}

function held(): { key: Uint8Array; signer: Signer } {
  if (key === undefined || signer === undefined) throw new KeyError('KEY_NOT_HELD', 'no key is open');
  return { key, signer };
}

/** A cipher that only this key opens (XChaCha20-Poly1305, its nonce in front). The key of the cipher is not the key that signs. */
function draftCipher(): ReturnType<ReturnType<typeof managedNonce<typeof xchacha20poly1305>>> {
  const purpose = utf8Encode('carbon-ledger/draft/v1\n');
  return managedNonce(xchacha20poly1305)(sha256(concat(purpose, held().key)));
}

function unseal(sealed: Uint8Array): string {
  try {
    return utf8Decode(draftCipher().decrypt(sealed));
  } catch {
    throw new KeyError('PASSPHRASE_WRONG', 'this draft was not kept with this key, or it is damaged');
  }
}

/** Salts alone leave: the record is made by the page, whose rules need not be loaded here once more. */
function saltsOf(questions: readonly SaltQuestion[]): string[] {
  const salt = derivedSalts(held().key);
  return questions.map((question) => salt(...question));
}

async function answer(question: KeyQuestion): Promise<KeyAnswer> {
  switch (question.kind) {
    case 'open':
      return open(question.keystore, question.passphrase);
    case 'trial':
      return { ...hold(trialKey(question.party), 'eip712-secp256k1'), party: question.party };
    case 'create':
      return create(question);
    case 'sign':
      return held().signer.sign(question.digest);
    case 'salts':
      return saltsOf(question.of);
    case 'seal':
      return draftCipher().encrypt(utf8Encode(question.text));
    case 'unseal':
      return unseal(question.sealed);
  }
}

serveCalls(answer);
