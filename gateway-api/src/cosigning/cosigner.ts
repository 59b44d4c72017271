import type { Logger } from 'pino';
import {
  cosignedCheckpoint,
  cosignedNote,
  cosignerName,
  equalBytes,
  formatCheckpoint,
  formatVkey,
  LedgerError,
  noteSigner,
  originOf,
  proveCosignerKey,
  toHex,
  type Checkpoint,
  type NoteSigner,
} from '@carbon-ledger/core';
import type { LedgerPort } from '../ledger';
import type { LogRoots } from '@carbon-ledger/auditor/stored';
import { assertNotRolledBack, type RollbackGuard } from '../log/rollback-guard';
import type { Cosigners } from '../projection/cosigners';
import { knownProblem } from '../witness';

/** What an operator decides about cosigning. */
export interface CosigningOptions {
  /** Shortest time between two checkpoints that this organisation proposes, in milliseconds; default 60,000. */
  readonly intervalMs?: number | undefined;
  /** Take the place of the key that is registered for this organisation. */
  readonly replaceKey?: boolean | undefined;
}

export interface CosignerParts extends CosigningOptions {
  readonly ledger: Pick<LedgerPort, 'mspId' | 'submit'>;
  readonly log: LogRoots;
  readonly cosigners: Pick<Cosigners, 'of' | 'all'>;
  /** Hex. */
  readonly ledgerId: string;
  /** Ed25519 seed of the cosigning key, 32 bytes. */
  readonly seed: Uint8Array;
  /** Remembers what was cosigned, apart from everything that can be built again. */
  readonly guard: RollbackGuard;
  /** Other gateways cosign in the name of this organisation, with the same key. */
  readonly hasOthers?: boolean | undefined;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly schedule: (task: () => void, ms: number) => () => void;
}

const DEFAULT_INTERVAL_MS = 60_000;
/** Others' proposals are joined sooner than own ones are made, so that all come to one size. */
const JOIN_FACTOR = 10;
/** With other gateways of the organisation: one of them has cosigned what our blocks have not reached yet. */
const OF_OTHERS = new Set(['COSIGNED_ALREADY', 'ROLLED_BACK']);
/** After these, cosigning again would only repeat the quarrel: a person must look. */
const LASTING = new Set(['COSIGNER_KEY_OTHER', 'ROLLED_BACK', 'SPLIT_VIEW', 'STORE_CORRUPT']);

/**
 * Cosigns checkpoints in its organisation's name through the contract: joins the largest that another organisation has
 * cosigned and that its own blocks bear out, else proposes its own newest, on a cadence and only when the log has grown.
 * A cosignature is no record, so that cosigning never gives cause to cosign.
 */
export class Cosigner {
  readonly #parts: CosignerParts;
  readonly #signer: NoteSigner;
  readonly #key: string;
  #problem: LedgerError | undefined;
  #cancel: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #replaceKey: boolean;
  /** Size that is committed, though its block may not have reached us yet. */
  #committed = 0n;
  #lastAt = 0;
  /** Last word of an organisation that our own blocks do not bear out, by its name. */
  readonly #disowned = new Map<string, string>();
  #started = false;
  #stopped = false;

  constructor(parts: CosignerParts) {
    this.#parts = parts;
    this.#signer = noteSigner(cosignerName(parts.ledger.mspId), 'cosignature-v1', parts.seed);
    this.#key = formatVkey(this.#signer.key);
    this.#replaceKey = parts.replaceKey === true;
  }

  /** Why the last round came to nothing, if so. */
  get problem(): LedgerError | undefined {
    return this.#problem;
  }

  /** Call once the log has caught up with the ledger. A log that is behind its own cosignature is not cosigned. */
  async start(): Promise<void> {
    try {
      await assertNotRolledBack(this.#parts.guard, this.#parts.log);
      this.#started = true;
      this.nudge();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Call when the log has grown, or somebody has cosigned. */
  nudge(): void {
    const due = this.#started && !this.#stopped && this.#running === undefined ? this.#due() : undefined;
    if (due === undefined) return;
    this.#cancel?.();
    this.#cancel = this.#parts.schedule(
      () => {
        this.#running ??= this.#round().finally(() => {
          this.#running = undefined;
          this.nudge();
        });
      },
      Math.max(0, due - this.#parts.clock().getTime()),
    );
  }

  /** Nothing is cosigned any more once this resolves. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#running;
    this.#parts.guard.close();
  }

  /** When the next round may be, in milliseconds since 1970; undefined while there is nothing to cosign. */
  #due(): number | undefined {
    const { log, intervalMs = DEFAULT_INTERVAL_MS } = this.#parts;
    const said = this.#said();
    if (this.#others(said).length > 0) return this.#lastAt + intervalMs / JOIN_FACTOR;
    return BigInt(log.size) > said || this.#mayReplace() ? this.#lastAt + intervalMs : undefined;
  }

  /** Size that stands on the ledger as this organisation's last word; 0 for none. */
  #said(): bigint {
    const own = this.#parts.cosigners.of(this.#parts.ledger.mspId);
    const read = own === undefined ? 0n : cosignedCheckpoint(own).size;
    return read > this.#committed ? read : this.#committed;
  }

  /** What others said that may be joined, the largest first: not what our blocks have not reached, or do not bear out. */
  #others(said: bigint): { organisation: string; note: string; checkpoint: Checkpoint }[] {
    const { cosigners, log } = this.#parts;
    return cosigners
      .all()
      .filter(({ mspId, note }) => this.#disowned.get(mspId) !== note)
      .map((other) => ({ organisation: other.mspId, note: other.note, checkpoint: cosignedCheckpoint(other) }))
      .filter(({ checkpoint: { size } }) => size > said && size <= BigInt(log.size))
      .sort((a, b) => Number(b.checkpoint.size - a.checkpoint.size));
  }

  #mayReplace(): boolean {
    const registered = this.#parts.cosigners.of(this.#parts.ledger.mspId)?.key;
    return this.#replaceKey && registered !== undefined && registered !== this.#key;
  }

  async #round(): Promise<void> {
    this.#lastAt = this.#parts.clock().getTime();
    try {
      const size = await this.#target();
      if (size !== undefined) await this.#cosign(size);
      this.#problem = undefined;
    } catch (error) {
      this.#fail(error);
    }
  }

  async #target(): Promise<number | undefined> {
    const { log } = this.#parts;
    const said = this.#said();
    for (const { organisation, note, checkpoint } of this.#others(said)) {
      if (await isOf(log, checkpoint)) return Number(checkpoint.size);
      this.#disowned.set(organisation, note);
    }
    return BigInt(log.size) > said || this.#mayReplace() ? log.size : undefined;
  }

  async #cosign(size: number): Promise<void> {
    const { ledger, log, guard, ledgerId, clock } = this.#parts;
    const origin = originOf(ledgerId);
    const rootHash = Uint8Array.from(await log.rootAt(size));
    // Before anything leaves this process: if we crash here, the same is cosigned again, and never anything else.
    await guard.advance({ origin, size, root: toHex(rootHash) });
    const seconds = BigInt(Math.floor(clock().getTime() / 1000));
    const note = cosignedNote(formatCheckpoint({ origin, size: BigInt(size), rootHash }), this.#signer, seconds);
    await ledger.submit({ name: 'cosign', args: [note, this.#key, ...this.#registration()] });
    this.#replaceKey = false;
    this.#committed = BigInt(size);
  }

  /** The key that this one takes the place of, and its proof; both empty where it stands on the ledger with one. */
  #registration(): [replaces: string, proof: string] {
    const { ledger, cosigners, ledgerId } = this.#parts;
    const registered = cosigners.of(ledger.mspId);
    if (registered?.key === this.#key && registered.proof !== undefined) return ['', ''];
    const proof = proveCosignerKey({ ledger: ledgerId, msp: ledger.mspId }, this.#signer);
    return [this.#mayReplace() ? (registered?.key ?? '') : '', proof];
  }

  #fail(error: unknown): void {
    const problem = knownProblem(error, 'Cosigning failed.');
    // Said before, by the block that has not reached us yet: nothing is wrong.
    if (problem.code === 'COSIGNED_ALREADY') return;
    if (this.#started && this.#parts.hasOthers === true && OF_OTHERS.has(problem.code)) return;
    if (LASTING.has(problem.code)) this.#stopped = true;
    if (this.#problem?.code !== problem.code) this.#parts.logger.error({ err: problem }, 'cosigning');
    this.#problem = problem;
  }
}

/** Does this log begin with that checkpoint? */
export async function isOf(log: LogRoots, { size, rootHash }: Checkpoint): Promise<boolean> {
  if (size > BigInt(log.size)) return false;
  return equalBytes(Uint8Array.from(await log.rootAt(Number(size))), rootHash);
}
