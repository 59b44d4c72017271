import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { isLedgerError, LedgerError } from '@carbon-ledger/core';
import type { LedgerPort } from '../ledger';

/** How a start deals with a peer that holds fewer blocks than were read before. */
export interface PeerWait {
  /** How long it may take to catch up, or another peer of the organisation to stand in for it; in milliseconds, 0 for no wait. */
  readonly waitMs: number;
  /** Told when the wait begins, and when a peer has come further than any before. */
  readonly onBehind: (problem: LedgerError) => void;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** Pause before the peers are asked for their height again. */
const PAUSE_MS = 500;

/**
 * Resolves once a peer holds that many blocks, or the signal aborts. A peer that was restarted, joined anew or cut off for a
 * while is behind, and no roll back; one that stays behind for as long as may be waited cannot be told from one.
 * @throws LedgerError ROLLED_BACK; UNREACHABLE where no peer answers, unless one was behind before
 */
export async function awaitHeight(ledger: LedgerPort, least: bigint, wait: PeerWait): Promise<void> {
  const until = performance.now() + wait.waitMs;
  let known: bigint | undefined;
  while (!wait.signal.aborted) {
    const height = await heightOr(ledger, known);
    if (height >= least) return;
    const left = until - performance.now();
    if (left <= 0) throw new LedgerError('ROLLED_BACK', staysBehind(height, least, wait.waitMs));
    // Of several that are behind, each in turn, only progress is news.
    if (known === undefined || height > known) wait.onBehind(new LedgerError('NOT_READY', isBehind(height, least)));
    known = known === undefined || height > known ? height : known;
    ledger.leavePeer();
    await pause(Math.min(left, PAUSE_MS), undefined, { signal: wait.signal }).catch(() => undefined);
  }
}

/** While it is waited for, a peer may also be away for a moment. */
async function heightOr(ledger: LedgerPort, known: bigint | undefined): Promise<bigint> {
  try {
    return await ledger.height();
  } catch (error) {
    if (known === undefined || !isLedgerError(error) || error.code !== 'UNREACHABLE') throw error;
    return known;
  }
}

function isBehind(height: bigint, least: bigint): string {
  return `The peer is behind: it holds ${String(height)} blocks, but ${String(least)} were read before. Waiting for it, or for another one of the profile.`;
}

function staysBehind(height: bigint, least: bigint, waitMs: number): string {
  const inTime = waitMs === 0 ? '' : ` and has not caught up in ${String(waitMs / 1000)} s`;
  return `The peer holds ${String(height)} blocks, but ${String(least)} were read before${inTime}: it is behind, or was set back.`;
}
