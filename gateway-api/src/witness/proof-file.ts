import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { fromBase64, toBase64 } from '@carbon-ledger/core';
import type { PublishedCheckpoint } from '../log/checkpoint-keeper';
import type { EvmAnchor } from './evm-client';

/** A checkpoint with everything that outsiders said of it. */
export interface ProvedCheckpoint extends PublishedCheckpoint {
  /** RFC 3161 token over the checkpoint's text, DER. */
  readonly timestamp?: Uint8Array;
  readonly anchor?: EvmAnchor;
}

export interface KeptProofs {
  /** The last one that witnesses and time-stamping authority finished. */
  readonly final?: ProvedCheckpoint | undefined;
  /** The last one that was posted to the chain, and when. */
  readonly posted?:
    { readonly checkpoint: ProvedCheckpoint & { readonly anchor: EvmAnchor }; readonly at: string } | undefined;
}

const anchor = z.object({ chainId: z.string(), contract: z.string(), transaction: z.string() });
const published = {
  note: z.string(),
  size: z.int().min(0),
  publishedAt: z.iso.datetime(),
  timestamp: z.base64().optional(),
};
const shape = z.object({
  final: z.object(published).optional(),
  posted: z.object({ checkpoint: z.object({ ...published, anchor }), at: z.iso.datetime() }).optional(),
});

/**
 * Keeps the last proofs across restarts. Nothing rests on it: what it holds is signed by others and is checked by
 * whoever verifies a receipt, and what is lost is asked for again. So it is not synced, and damage counts as absence.
 */
export class ProofFile {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  read(): KeptProofs {
    const parsed = shape.safeParse(readJson(this.#file));
    if (!parsed.success) return {};
    const { final, posted } = parsed.data;
    return {
      ...(final === undefined ? {} : { final: fromStored(final) }),
      ...(posted === undefined
        ? {}
        : {
            posted: {
              at: posted.at,
              checkpoint: { ...fromStored(posted.checkpoint), anchor: posted.checkpoint.anchor },
            },
          }),
    };
  }

  write({ final, posted }: KeptProofs): void {
    const stored = {
      final: final && toStored(final),
      posted: posted && { at: posted.at, checkpoint: toStored(posted.checkpoint) },
    };
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const temporary = `${this.#file}.new`;
    writeFileSync(temporary, JSON.stringify(stored), { mode: 0o600 });
    renameSync(temporary, this.#file);
  }
}

type Stored = Omit<ProvedCheckpoint, 'timestamp' | 'anchor'> & { readonly timestamp?: string | undefined };

function fromStored({ note, size, publishedAt, timestamp }: Stored): ProvedCheckpoint {
  return { note, size, publishedAt, ...(timestamp === undefined ? {} : { timestamp: fromBase64(timestamp) }) };
}

function toStored({ timestamp, ...rest }: ProvedCheckpoint): Stored {
  return { ...rest, ...(timestamp === undefined ? {} : { timestamp: toBase64(timestamp) }) };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
