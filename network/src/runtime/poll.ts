import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, NetworkError } from '../errors';

export interface PollOptions {
  readonly timeoutMs: number;
  readonly intervalMs?: number;
  /** What is waited for, in words: `orderer1 to answer`. */
  readonly what: string;
  readonly remedy: string;
}

/**
 * Repeats `attempt` until it returns a value. Neither `undefined` nor an error ends the wait before `timeoutMs`;
 * then the last error is told.
 */
export async function pollUntil<T>(attempt: () => Promise<T | undefined>, options: PollOptions): Promise<T> {
  const deadline = Date.now() + options.timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await attempt();
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
    if (Date.now() >= deadline) throw timedOut(options, last);
    await delay(options.intervalMs ?? 100);
  }
}

function timedOut(options: PollOptions, last: unknown): NetworkError {
  const seconds = Math.round(options.timeoutMs / 1000);
  const reason = last === undefined ? '' : `; last: ${messageOf(last)}`;
  return new NetworkError(`Waited ${seconds} s for ${options.what}${reason}`, options.remedy, { cause: last });
}
