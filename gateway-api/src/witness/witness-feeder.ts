import { formatNote, LedgerError, parseNote, toBase64, type NoteSignature, type SignedNote } from '@carbon-ledger/core';
import type { PublishedCheckpoint } from '../log/checkpoint-keeper';
import { knownProblem } from './outside';
import type { ProvableLog, WitnessClient } from './witness-client';

export interface CosignedCheckpoint extends PublishedCheckpoint {
  /** Names of the witnesses that cosigned, each once. */
  readonly witnesses: readonly string[];
}

export interface WitnessFeederOptions {
  readonly witnesses: readonly WitnessClient[];
  /** How many different witnesses make a checkpoint final: 1 to the number of witnesses. */
  readonly quorum: number;
  readonly log: ProvableLog;
  /** The newest signed checkpoint; waits for the first. */
  readonly newest: () => Promise<PublishedCheckpoint>;
  /** Time between two rounds in milliseconds, 5 minutes if not given. */
  readonly intervalMs?: number;
  /** Runs something once after a time, and returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
}

export const WITNESS_INTERVAL_MS = 300_000;

/** Under this name stands why the log itself gives no checkpoint; no key name holds a space. */
const LOG = 'this log';

interface Waiter {
  readonly size: number;
  readonly resolve: (checkpoint: CosignedCheckpoint) => void;
  readonly reject: (error: LedgerError) => void;
}

/**
 * Takes the newest checkpoint to the witnesses, on a stable cadence and never per record. Once enough of them have
 * cosigned, the note with their lines is final and is given out; later lines of the same round join it.
 */
export class WitnessFeeder {
  readonly #options: WitnessFeederOptions;
  readonly #problems = new Map<string, LedgerError>();
  #final: CosignedCheckpoint | undefined;
  #waiters: Waiter[] = [];
  #cancel: (() => void) | undefined;
  #stopped = false;

  /** @throws LedgerError USAGE for a quorum that cannot be reached, or that one key could reach alone under two names */
  constructor(options: Readonly<WitnessFeederOptions>) {
    const keys = new Set(options.witnesses.map(({ key }) => toBase64(key.publicKey)));
    if (options.quorum < 1 || options.quorum > keys.size || keys.size < options.witnesses.length) {
      throw new LedgerError('USAGE', 'The witnesses are not different, or fewer than the quorum.');
    }
    this.#options = options;
  }

  /** The last checkpoint that enough witnesses cosigned. */
  get final(): CosignedCheckpoint | undefined {
    return this.#final;
  }

  /** Why a witness did not cosign the last time, by its name; and why there was nothing to cosign, as `this log`. */
  get problems(): ReadonlyMap<string, LedgerError> {
    return this.#problems;
  }

  /** Resolves with the first final checkpoint that covers this size. @throws LedgerError NOT_READY when stopped */
  covering(size: number): Promise<CosignedCheckpoint> {
    if (this.#final !== undefined && this.#final.size >= size) return Promise.resolve(this.#final);
    if (this.#stopped) return Promise.reject(stopping());
    return new Promise((resolve, reject) => this.#waiters.push({ size, resolve, reject }));
  }

  /** Feeds at once and then on the cadence; resolves after the first round. */
  async start(): Promise<void> {
    await this.round();
    if (this.#stopped) return;
    const { schedule, intervalMs = WITNESS_INTERVAL_MS } = this.#options;
    this.#cancel = schedule(() => void this.start(), intervalMs);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    for (const waiter of this.#waiters) waiter.reject(stopping());
    this.#waiters = [];
  }

  /** One round with the newest checkpoint. Never throws: what went wrong is in {@link problems}. */
  async round(): Promise<void> {
    const newest = await this.#newest();
    if (newest === undefined) return;
    const note = parseNote(newest.note);
    const lines: { name: string; line: NoteSignature }[] = [];
    await Promise.all(
      this.#options.witnesses.map(async (witness) => {
        const line = await this.#ask(witness, newest.note);
        if (line === undefined) return;
        lines.push({ name: witness.key.name, line });
        if (lines.length >= this.#options.quorum) this.#publish(cosigned(newest, note, lines));
      }),
    );
  }

  async #newest(): Promise<PublishedCheckpoint | undefined> {
    try {
      const newest = await this.#options.newest();
      this.#problems.delete(LOG);
      return newest;
    } catch (cause) {
      this.#problems.set(LOG, knownProblem(cause, 'There is no checkpoint.'));
      return undefined;
    }
  }

  async #ask(witness: WitnessClient, note: string): Promise<NoteSignature | undefined> {
    const { name } = witness.key;
    try {
      const line = await witness.cosignature(note, this.#options.log);
      this.#problems.delete(name);
      return line;
    } catch (cause) {
      this.#problems.set(name, knownProblem(cause, `Asking ${name} failed.`));
      return undefined;
    }
  }

  #publish(checkpoint: CosignedCheckpoint): void {
    this.#final = checkpoint;
    const covered = this.#waiters.filter((waiter) => waiter.size <= checkpoint.size);
    this.#waiters = this.#waiters.filter((waiter) => waiter.size > checkpoint.size);
    for (const waiter of covered) waiter.resolve(checkpoint);
  }
}

function cosigned(
  checkpoint: PublishedCheckpoint,
  note: SignedNote,
  lines: readonly { name: string; line: NoteSignature }[],
): CosignedCheckpoint {
  const signatures = [...note.signatures, ...lines.map(({ line }) => line)];
  return {
    ...checkpoint,
    note: formatNote({ text: note.text, signatures }),
    witnesses: lines.map(({ name }) => name),
  };
}

function stopping(): LedgerError {
  return new LedgerError('NOT_READY', 'The service is stopping.');
}
