import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import {
  canonicalize,
  LedgerError,
  parseDocument,
  parseVkey,
  type RetiredKey,
  type RetiredLogKey,
} from '@carbon-ledger/core';
import { z } from 'zod';

/** Beside the key of the log; public, for it becomes part of the policy. */
export const RETIRED_KEYS = 'log-retired.json';

const schema = z.array(z.strictObject({ logKey: z.string(), size: z.string().regex(/^(?:0|[1-9][0-9]{0,19})$/) }));

/** Keys that the log had before, the oldest first. @throws LedgerError STORE_CORRUPT for a file that is no such list */
export function readRetiredKeys(file: string): readonly RetiredLogKey[] {
  if (!existsSync(file)) return [];
  try {
    const keys = schema.parse(parseDocument(readFileSync(file)));
    takenApart(keys);
    return keys;
  } catch (cause) {
    throw new LedgerError('STORE_CORRUPT', `${file} is no list of keys that the log had before.`, { cause });
  }
}

/** The same, ready to verify with. */
export function takenApart(keys: readonly RetiredLogKey[]): readonly RetiredKey[] {
  return keys.map(({ logKey, size }) => ({ key: parseVkey(logKey), size: BigInt(size) }));
}

/** Adds a key, once however often it is told, and gives all of them. */
export function retireKey(file: string, retired: RetiredLogKey): readonly RetiredLogKey[] {
  const keys = [...readRetiredKeys(file).filter(({ logKey }) => logKey !== retired.logKey), retired];
  writeFileSync(`${file}.new`, canonicalize(keys), { flush: true });
  renameSync(`${file}.new`, file);
  return keys;
}

/** As a policy states them: one that never changed its key has no such member. */
export function statedRetired(keys: readonly RetiredLogKey[]): { readonly retiredLogKeys?: readonly RetiredLogKey[] } {
  return keys.length === 0 ? {} : { retiredLogKeys: keys };
}
