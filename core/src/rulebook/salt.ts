import { concat, toHex, utf8Encode } from '../bytes';
import { sha256 } from '../digest';
import type { SaltSource } from './build';

/**
 * Salts derived from a secret of the filer: the same figure of the same record version always gets the same salt, so a
 * repeated import makes the same records. Nobody without the secret can tell a salt from random bytes (SHA-256 as PRF).
 */
export function derivedSalts(secret: Uint8Array): SaltSource {
  const key = sha256(concat(utf8Encode('carbon-ledger/figure-salt/v1\n'), secret));
  return (businessKey, version, figure) =>
    toHex(sha256(concat(key, utf8Encode(`${businessKey}\n${String(version)}\n${figure}`))).subarray(0, 16));
}
