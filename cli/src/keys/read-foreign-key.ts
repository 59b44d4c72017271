import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { SignatureSuite } from '@carbon-ledger/core';
import { LedgerError } from '@carbon-ledger/core/errors';
import { readBytes } from '../files/read-file';
import type { KeyStore } from './key-store';

export interface ForeignKey {
  readonly suite: SignatureSuite;
  /** 0x and 64 hex digits. */
  readonly privateKey: string;
}

/**
 * PKCS #8 of an elliptic curve's key (RFC 5958, RFC 5915): the object id of the curve, and behind INTEGER 1 the 32 bytes. Read here,
 * because node:crypto knows no name for SM2 keys, and ends the process when it is asked for their SEC 1 form.
 */
const PKCS8 =
  /^30[0-9a-f]{2,6}02010030[0-9a-f]{2}06072a8648ce3d0201(06052b8104000a|06082a811ccf5501822d)04[0-9a-f]{2}30[0-9a-f]{2}0201010420([0-9a-f]{64})/;
const SUITES: Readonly<Record<string, SignatureSuite>> = {
  '06052b8104000a': 'eip712-secp256k1',
  '06082a811ccf5501822d': 'sm2-sm3',
};

/**
 * A private key as other programs keep it: a keystore of geth, Foundry or eth-account, or PEM of OpenSSL and GmSSL (SEC 1 or PKCS
 * #8, encrypted or not).
 * @param passphrase asked only where the file needs one
 * @throws LedgerError FILE_UNREADABLE, FILE_FORBIDDEN, PASSPHRASE_WRONG
 */
export async function readForeignKey(
  file: string,
  store: KeyStore,
  passphrase: () => Promise<string>,
): Promise<ForeignKey> {
  const text = (await readBytes(file)).toString('utf8');
  if (text.includes('-----BEGIN'))
    return readPem(file, text, text.includes('ENCRYPTED') ? await passphrase() : undefined);
  if (!/"crypto"/i.test(text))
    throw new LedgerError('FILE_UNREADABLE', `${file} is neither a JSON keystore (version 3) nor PEM`);
  return { suite: 'eip712-secp256k1', privateKey: await store.open({ file }, await passphrase()) };
}

function readPem(file: string, text: string, passphrase: string | undefined): ForeignKey {
  const key = openPem(file, text, passphrase);
  const [, curve = '', privateKey = ''] =
    PKCS8.exec(key.export({ type: 'pkcs8', format: 'der' }).toString('hex')) ?? [];
  const suite = SUITES[curve];
  if (suite !== undefined) return { suite, privateKey: `0x${privateKey}` };
  throw new LedgerError('FILE_UNREADABLE', `${file} holds a key of another curve; parties sign with secp256k1 or SM2`);
}

function openPem(file: string, text: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: text, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (cause) {
    if (passphrase !== undefined)
      throw new LedgerError('PASSPHRASE_WRONG', `the passphrase does not open ${file}`, { cause });
    throw new LedgerError('FILE_UNREADABLE', `${file} is no private key in PEM`, { cause });
  }
}
