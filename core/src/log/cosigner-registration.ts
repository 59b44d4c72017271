import { fromBase64, toBase64, utf8Encode } from '../bytes';
import { ed25519Verify } from '#digest-platform';
import { LedgerError } from '../errors';
import { formatVkey, type NoteSigner, type VerifierKey } from './keys';

/*
 * Proof of possession (as in RFC 2986, section 3, or RFC 4211, section 4). A cosignature signs time and checkpoint, not the
 * name of its key; without a proof, whoever reads the ledger could register another organisation's key as its own.
 */

const VERSION = 'carbon-ledger/cosigner-registration/v1';

/** Whose key it is to be, and on which ledger. */
export interface CosignerRegistration {
  /** Ledger id, hex. */
  readonly ledger: string;
  readonly msp: string;
}

/**
 * The text that the key signs when it is registered: four lines. Its first line is that of no checkpoint and no
 * cosignature, so that neither is ever a proof, nor a proof one of them.
 */
function registrationText({ ledger, msp }: CosignerRegistration, key: VerifierKey): string {
  return [VERSION, ledger, msp, formatVkey(key), ''].join('\n');
}

/** Base64 of the Ed25519 signature of the key itself over {@link registrationText}. */
export function proveCosignerKey(registration: CosignerRegistration, signer: Readonly<NoteSigner>): string {
  return toBase64(signer.sign(utf8Encode(registrationText(registration, signer.key))));
}

/** @throws LedgerError COSIGNER_KEY_UNPROVED where the key did not sign this registration */
export function assertCosignerKeyProved(registration: CosignerRegistration, key: VerifierKey, proof: string): void {
  const message = utf8Encode(registrationText(registration, key));
  if (ed25519Verify(message, signatureOf(proof), key.publicKey)) return;
  throw unproved(`${formatVkey(key)} did not sign that ${registration.msp} registers it here.`);
}

function signatureOf(proof: string): Uint8Array {
  if (proof === '') throw unproved('A key is registered with its own signature over the registration; there is none.');
  try {
    return fromBase64(proof);
  } catch (cause) {
    throw unproved('The proof is not base64.', cause);
  }
}

function unproved(message: string, cause?: unknown): LedgerError {
  return new LedgerError('COSIGNER_KEY_UNPROVED', message, { cause });
}
