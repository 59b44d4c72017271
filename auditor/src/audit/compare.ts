import {
  equalBytes,
  isLedgerError,
  LedgerError,
  parsePolicy,
  toHex,
  verifyLogSignature,
  type Policy,
  type ReadTile,
} from '@carbon-ledger/core';
import { breakBetween, type SizedRoot } from './continuity';
import { parseSeen } from './seen';

/** A signed checkpoint that somebody kept. */
export interface KeptCheckpoint extends SizedRoot {
  readonly note: string;
  /** File that it stands in. */
  readonly file: string;
}

export interface Comparison {
  /** `same`: one log, as far as both have seen it. `cannot-tell`: nothing contradicts, but nothing proves it either. */
  readonly result: 'same' | 'split' | 'cannot-tell';
  readonly reason: string;
  /** Of a split view: two notes by the log's own key that cannot both be true. Together they are the proof. */
  readonly proof?: readonly [KeptCheckpoint, KeptCheckpoint];
}

/** A file of notes: an audit state, or one signed checkpoint. Every note must be signed under the policy. */
export function readKept(
  text: string,
  file: string,
  given: Policy | undefined,
): { policy: Policy; kept: KeptCheckpoint[] } {
  const isState = text.trimStart().startsWith('{');
  const seen = isState ? parseSeen(text, file) : undefined;
  const policy = given ?? (seen?.policy as Policy | undefined);
  if (policy === undefined) throw new LedgerError('POLICY_NOT_PINNED', `${file} is a note: give --policy`);
  const { checkpoint } = parsePolicy(policy);
  const notes = seen?.checkpoints.map(({ note }) => note) ?? [text];
  const kept = notes.map((note) => {
    const { size, rootHash } = verifyLogSignature(note, checkpoint);
    return { size, rootHash, note, file };
  });
  return { policy, kept };
}

function contradiction(a: readonly KeptCheckpoint[], b: readonly KeptCheckpoint[]): Comparison | undefined {
  const bySize = new Map(a.map((one) => [one.size, one]));
  for (const two of b) {
    const one = bySize.get(two.size);
    if (one === undefined || equalBytes(one.rootHash, two.rootHash)) continue;
    const reason = `for ${String(two.size)} records one saw the root ${toHex(one.rootHash)}, the other ${toHex(two.rootHash)}`;
    return { result: 'split', reason, proof: [one, two] };
  }
  return undefined;
}

/** Whether the largest that one saw and the largest that the other saw are of one log, by tiles that the log gives out. */
async function byTiles(a: KeptCheckpoint, b: KeptCheckpoint, tile: ReadTile): Promise<Comparison> {
  try {
    const reason = await breakBetween(a, b, tile);
    return reason === undefined
      ? { result: 'same', reason: 'a proof leads from the smaller to the larger' }
      : { result: 'split', reason, proof: [a, b] };
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return { result: 'cannot-tell', reason: `the log gives no proof: ${error.message}` };
  }
}

function largest(kept: readonly KeptCheckpoint[]): KeptCheckpoint | undefined {
  return kept.reduce<KeptCheckpoint | undefined>(
    (best, one) => (best && best.size >= one.size ? best : one),
    undefined,
  );
}

/**
 * Finds out whether two auditors were shown one log. Two roots for one size are proof enough by themselves; sizes that
 * differ need tiles: from the service, which then must side with one of them, or from a copy.
 */
export async function compareKept(
  a: readonly KeptCheckpoint[],
  b: readonly KeptCheckpoint[],
  tile: ReadTile | undefined,
): Promise<Comparison> {
  const found = contradiction(a, b);
  if (found !== undefined) return found;
  const [one, two] = [largest(a), largest(b)];
  if (one === undefined || two === undefined)
    return { result: 'cannot-tell', reason: 'one of them has seen nothing yet' };
  if (one.size === two.size) return { result: 'same', reason: 'both saw the same root for the same size' };
  if (tile === undefined) return { result: 'cannot-tell', reason: 'they saw different sizes: give the log with --log' };
  return byTiles(one, two, tile);
}
