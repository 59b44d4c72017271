import type { Policy } from '@carbon-ledger/core';
import { canonicalize } from '@carbon-ledger/core/canonical';
import { LedgerError } from '@carbon-ledger/core/errors';
import { policyAfter, policyId, statedPolicy } from '@carbon-ledger/core/receipt';
import type { Context } from '../context';
import { readTextFile } from '../files/read-file';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { readPolicy, type StoredPolicy } from './policy-store';

interface HandoverOptions {
  readonly handover: readonly string[];
  /** The policy from which it goes on; by default the one that is pinned. */
  readonly from?: string | undefined;
  readonly output?: string | undefined;
}

/** Of several ledgers nobody but the user can tell which is meant: then the handover itself says it. */
async function pinned(context: Context, note: string): Promise<StoredPolicy> {
  const all = await context.policies.all();
  const named = all.find(({ text }) => note.split('\n')[1] === statedPolicy(text).origin);
  if (named !== undefined) return named;
  throw new LedgerError('POLICY_NOT_PINNED', `no policy of this log in ${context.policies.folder}`);
}

async function writePolicy(context: Context, next: Policy, { from, output }: HandoverOptions): Promise<string> {
  if (output !== undefined) {
    await writeWhole(output, canonicalize(next));
    return output;
  }
  if (from !== undefined) throw new LedgerError('USAGE', 'say where the new policy is to be written: -o FILE');
  return context.policies.replace(next);
}

/**
 * Takes over a log's new key on the word of the old one, without asking anybody: a pinned policy is replaced by one that holds
 * the old key to what it had signed. Handovers that followed one another are given in their order.
 * @throws LedgerError POLICY_NOT_PINNED, CHECKPOINT_UNSIGNED, CHECKPOINT_SIGNATURE_INVALID, CHECKPOINT_ORIGIN_MISMATCH, CHECKPOINT_MALFORMED
 */
export async function takeHandover(context: Context, options: HandoverOptions): Promise<number> {
  const notes = await Promise.all(options.handover.map((file) => readTextFile(file)));
  const { from } = options;
  const stored = from === undefined ? await pinned(context, notes[0] ?? '') : await readPolicy(from);
  const before = statedPolicy(stored.text);
  const next = notes.reduce(policyAfter, before);
  const file = await writePolicy(context, next, options);
  context.output.result({ policy: file, from: before.logKey, to: next.logKey, id: policyId(next) }, () =>
    [`old key ${before.logKey}`, `new key ${next.logKey}`, `policy  ${file}`].join('\n'),
  );
  return exitCodes.yes;
}
