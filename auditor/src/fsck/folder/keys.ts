import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { formatVkey, isLedgerError, noteSigner, originOf, parsePolicy, statedPolicy } from '@carbon-ledger/core';
import { parseSecret, readGiven, readText } from '../../stored';
import { isAbsent } from '../absent';
import type { Finding } from '../finding';
import { readGuard } from '../stores/guard';

const KEYS = 'keys';
const LOG_KEY = join(KEYS, 'log.key');
const POLICY = 'policy.json';

/** Keys of a gateway's folder against their own checksums; the log key and the policy against the ledger and each other. */
export async function checkKeys(dataDir: string, ledgerId: string): Promise<readonly Finding[]> {
  const files = await readdir(join(dataDir, KEYS)).catch(() => []);
  const findings = await Promise.all(
    files.filter((file) => file.endsWith('.key')).map((file) => keyFinding(dataDir, join(KEYS, file))),
  );
  const key = await readLogKey(dataDir, ledgerId);
  return [
    ...findings.flat(),
    ...(await guardFindings(dataDir, key)),
    ...(await policyFindings(dataDir, ledgerId, key)),
  ];
}

async function keyFinding(dataDir: string, file: string): Promise<Finding[]> {
  const text = await readText(join(dataDir, file)).catch(() => '');
  return attempt(file, 'IDENTITY_DAMAGED', () => parseSecret(text, file));
}

/** The log's C2SP verifier key, by its private key; undefined where that cannot be read, which is told elsewhere. */
async function readLogKey(dataDir: string, ledgerId: string): Promise<string | undefined> {
  const text = await readText(join(dataDir, LOG_KEY)).catch(() => '');
  try {
    return formatVkey(noteSigner(originOf(ledgerId), 'ed25519', parseSecret(text, LOG_KEY)).key);
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

/** The guard names the key that signed: every line the same, and the one that lies beside. */
async function guardFindings(dataDir: string, key: string | undefined): Promise<Finding[]> {
  const { keys } = await readGuard(dataDir);
  if (key === undefined) return [];
  return keys
    .filter((one) => one.key !== key)
    .map(({ field }) => ({ code: 'IDENTITY_DAMAGED', field, message: `it was signed by another key than ${LOG_KEY}` }));
}

/** The policy that the service writes for others to pin; none where it never ran. */
async function policyFindings(dataDir: string, ledgerId: string, key: string | undefined): Promise<Finding[]> {
  const bytes = await readGiven(join(dataDir, POLICY)).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (bytes === undefined) return [];
  return attempt(POLICY, 'STORE_CORRUPT', () => {
    // Read whole: every verifier key in it has its own check, and roots of time-stamping authorities are certificates.
    parsePolicy(bytes);
    const policy = statedPolicy(bytes);
    if (policy.ledgerId !== ledgerId) throw new Error('it is of another ledger');
    if (policy.origin !== originOf(ledgerId)) throw new Error('it names another log');
    if (key !== undefined && policy.logKey !== key) throw new Error(`its log key is not that of ${LOG_KEY}`);
  });
}

function attempt(field: string, code: Finding['code'], check: () => unknown): Finding[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [{ code, field, message: error.message }];
  }
}
