import type { Context } from '../context';

/** Trust on first use: what is pinned now is what later receipts of this ledger are checked with. */
export async function pinPolicy(context: Context, policy: unknown): Promise<void> {
  const outcome = await context.policies.pin(policy);
  if (outcome === 'pinned') context.output.note(`Pinned the policy of this ledger in ${context.policies.folder}.`);
  if (outcome === 'differs') {
    context.output.note(
      `WARNING: ${context.url} offers another policy than the one pinned in ${context.policies.folder}. The pinned one is kept.`,
    );
  }
}
