import { fromHex, toHex } from '../bytes';
import { sha256 } from '../digest';
import { LedgerError } from '../errors';
import type { AnchoredRecord } from '../provenance';
import { drawnSample, type ContentOf } from '../rulebook';
import type { DrawnSample } from './report';

/** @throws LedgerError USAGE for what is no seed */
export function assertSeed(seed: string): void {
  if (!/^[0-9a-f]{64}$/.test(seed)) throw new LedgerError('USAGE', 'a seed is 32 bytes in hex');
}

export interface DrawFrame {
  readonly frame: readonly string[];
  readonly size: number;
  readonly tickets?: readonly number[] | undefined;
}

/** A sample with everything from which anybody draws it again. @throws LedgerError USAGE */
export function drawSample(seed: string, { frame, size, tickets }: DrawFrame): DrawnSample {
  assertSeed(seed);
  if (size > frame.length)
    throw new LedgerError('USAGE', `--size ${String(size)}: only ${String(frame.length)} can be drawn`);
  const content = { frame: [...frame], size, ...(tickets === undefined ? {} : { tickets: [...tickets] }) };
  return {
    rule: tickets === undefined ? 'lowest-hash' : 'lowest-ticket',
    ...content,
    ...{ seed, commitment: toHex(sha256(fromHex(seed))), drawn: drawnSample(seed, content) },
  };
}

/** What the ledger says a plan draws, and whether it is what was opened. @throws LedgerError SAMPLE_DIFFERS, USAGE */
export function redrawn({ record }: Pick<AnchoredRecord, 'record'>, given: string | undefined): DrawnSample {
  const content = record.content as ContentOf<'inspection'>;
  const seed = content.seed ?? given;
  if (seed === undefined) throw new LedgerError('USAGE', 'the plan is still under seal: give its --seed, or wait');
  const sample = drawSample(seed, content);
  if (sample.commitment !== content.commitment)
    throw new LedgerError('SAMPLE_DIFFERS', 'the seed is not what the plan committed to');
  const named = content.covered?.map(({ uscc }) => uscc).sort();
  if (named !== undefined && named.join() !== sample.drawn.join())
    throw new LedgerError('SAMPLE_DIFFERS', `the seed draws ${sample.drawn.join(', ')}, not ${named.join(', ')}`);
  return sample;
}
