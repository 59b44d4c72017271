import { weakTag } from '../http/send-reply';
import type { Services } from '../services';

/**
 * What is told as it is read cannot be tagged by its hash: its tag follows from the blocks that are in, the question, who asks, and the
 * program. Read before the answer: what came meanwhile is told anew to who comes back with it. None while private figures of those
 * blocks are still to come.
 */
export async function stateTag(
  { projection, facts }: Pick<Services, 'projection' | 'facts'>,
  question: object,
  party: string | undefined,
): Promise<{ readonly etag?: string }> {
  const { ledgerId, version } = facts;
  const state = JSON.stringify([version, ledgerId, String(projection.height), question, party]);
  return (await projection.awaited.isEmpty()) ? { etag: weakTag(state) } : {};
}
