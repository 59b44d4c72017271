import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';

const LINES = /^([0-9a-f]{64})\n([0-9a-f]{16})\n$/;
const SECRET_BYTES = 32;

/** The secret in hex, and in a second line the first eight bytes of its SHA-256: a flipped bit makes no other key. */
export function formatSecret(secret: Uint8Array): string {
  return `${Buffer.from(secret).toString('hex')}\n${checksum(secret)}\n`;
}

/** @param file what it is called in an error @throws LedgerError IDENTITY_DAMAGED */
export function parseSecret(text: string, file: string): Uint8Array {
  const [, digits, sum] = LINES.exec(text) ?? [];
  if (digits === undefined)
    throw new LedgerError('IDENTITY_DAMAGED', `${file} does not hold 64 hex digits and their checksum.`);
  const secret = Uint8Array.from(Buffer.from(digits, 'hex'));
  if (checksum(secret) !== sum) throw new LedgerError('IDENTITY_DAMAGED', `${file} does not fit its checksum.`);
  return secret;
}

function checksum(secret: Uint8Array): string {
  return createHash('sha256').update('carbon-ledger key').update(secret).digest('hex').slice(0, 16);
}

/**
 * A 32-byte secret in a file that only its owner may read, made on first use.
 * Who can read the log key can sign checkpoints in this service's name, but can alter no record that witnesses or
 * holders of receipts have seen. @throws LedgerError IDENTITY_DAMAGED
 */
export function readOrCreateSecret(file: string): Uint8Array {
  if (!existsSync(file)) createSecret(file);
  const secret = parseSecret(readFileSync(file, 'utf8'), file);
  chmodSync(file, 0o600);
  return secret;
}

/** Puts a new secret in the place of the one in the file, whole or not at all. */
export function replaceSecret(file: string): void {
  renameSync(writeNew(file), file);
}

function writeNew(file: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const own = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(own, formatSecret(randomBytes(SECRET_BYTES)), { mode: 0o600, flag: 'wx', flush: true });
  return own;
}

function createSecret(file: string): void {
  // Whole or not at all, and of two processes that start at once only one makes the key, which the other takes.
  const own = writeNew(file);
  try {
    linkSync(own, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(own);
  }
}
