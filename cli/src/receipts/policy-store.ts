import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Policy } from '@carbon-ledger/core';
import { canonicalize } from '@carbon-ledger/core/canonical';
import { LedgerError } from '@carbon-ledger/core/errors';
import { parsePolicy, policiesBefore, policyId, statedPolicy } from '@carbon-ledger/core/receipt';
import { makeFolder } from '../files/make-folder';
import { readBytes, readTextFile } from '../files/read-file';
import { writeWhole } from '../files/write-file';

export interface StoredPolicy {
  readonly file: string;
  readonly text: string;
}

/** What pinning found: the policy was new, the same as before, or another one stands there, which is kept. */
export type PinOutcome = 'pinned' | 'same' | 'differs';

/**
 * Policies that were pinned on first use, one file per ledger, as known hosts are. Who can write to this folder decides
 * which log is believed; a service cannot, once a ledger is pinned.
 */
export class PolicyStore {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async pin(policy: unknown): Promise<PinOutcome> {
    const text = canonicalize(policy);
    const file = path.join(this.folder, `${parsePolicy(text).ledgerId}.json`);
    if (existsSync(file)) return (await readBytes(file)).toString('utf8') === text ? 'same' : 'differs';
    await makeFolder(this.folder, 0o700);
    await writeFile(file, text, { flag: 'wx' });
    return 'pinned';
  }

  /** Puts a policy in the place of the one before: it says of the keys before it what they may have signed. */
  async replace(next: Policy): Promise<string> {
    const file = path.join(this.folder, `${next.ledgerId}.json`);
    await writeWhole(file, canonicalize(next));
    return file;
  }

  /**
   * The pinned policy that has this id, or had it before a log key was handed over; or the only one that is pinned.
   * @throws LedgerError POLICY_NOT_PINNED
   */
  async find(id: string | undefined): Promise<StoredPolicy> {
    const all = await this.all();
    const named = all.find(({ text }) => idsOf(statedPolicy(text)).some((one) => one === id));
    const found = named ?? (all.length === 1 ? all[0] : undefined);
    if (found === undefined) throw new LedgerError('POLICY_NOT_PINNED', `no fitting policy in ${this.folder}`);
    return found;
  }

  /** One of each ledger. */
  async all(): Promise<StoredPolicy[]> {
    if (!existsSync(this.folder)) return [];
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.json')).sort();
    return Promise.all(names.map((name) => readPolicy(path.join(this.folder, name))));
  }
}

function idsOf(policy: Policy): string[] {
  return [policy, ...policiesBefore(policy)].map(policyId);
}

/** @throws LedgerError FILE_UNREADABLE, BAD_ENCODING; UNSUPPORTED_VERSION, PROOF_MALFORMED or BAD_JSON for what is no policy */
export async function readPolicy(file: string): Promise<StoredPolicy> {
  const text = await readTextFile(file);
  parsePolicy(text);
  return { file, text };
}
