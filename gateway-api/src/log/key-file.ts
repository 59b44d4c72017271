import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';

const SEED = /^[0-9a-f]{64}\n?$/;

/**
 * A 32-byte secret in a file that only its owner may read, made on first use.
 * Who can read the log key can sign checkpoints in this service's name, but can alter no record that witnesses or
 * holders of receipts have seen. @throws LedgerError STORE_CORRUPT
 */
export function readOrCreateSecret(file: string): Uint8Array {
  if (!existsSync(file)) createSecret(file);
  const text = readFileSync(file, 'utf8');
  if (!SEED.test(text)) throw new LedgerError('STORE_CORRUPT', `${file} does not hold 64 hex digits.`);
  chmodSync(file, 0o600);
  return Uint8Array.from(Buffer.from(text.trim(), 'hex'));
}

function createSecret(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // `wx`: of two processes that start at once only one may make the key.
  writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
}
