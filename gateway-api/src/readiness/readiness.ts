import { isLedgerError, LedgerError, type Fault } from '@carbon-ledger/core';
import type { LedgerPort, OrderingService } from '../ledger';
import { ordererQuorum, silentOrderers } from './orderer-probe';

/** A part that takes longer counts as away. */
const PATIENCE_MS = 3_000;
/** What was found is good for so long, however many ask. */
const FRESH_MS = 1_000;

export interface ReadinessParts {
  readonly ledger: Pick<LedgerPort, 'height' | 'evaluate' | 'ordering'>;
  /** The channel's orderers are processes of their own, and are asked too. */
  readonly asksOrderers: boolean;
  readonly clock: () => number;
  readonly patienceMs?: number;
}

/**
 * Whether this gateway can do its work: its peer answers for the channel, the contract runs, and enough orderers are there.
 * Each of them is asked anew, and each that does not answer is named.
 */
export class Readiness {
  readonly #parts: ReadinessParts;
  readonly #patienceMs: number;
  #ordering: OrderingService | undefined;
  #found: { readonly at: number; readonly problem: LedgerError | undefined } | undefined;
  #asking: Promise<LedgerError | undefined> | undefined;

  constructor(parts: ReadinessParts) {
    this.#parts = parts;
    this.#patienceMs = parts.patienceMs ?? PATIENCE_MS;
  }

  /** Why it cannot, with each part that is missing; undefined where it can. Never rejects. */
  async problem(): Promise<LedgerError | undefined> {
    const { clock } = this.#parts;
    if (this.#found !== undefined && clock() - this.#found.at < FRESH_MS) return this.#found.problem;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<LedgerError | undefined> {
    const atPeer = await this.#peerFault();
    // What only the peer could tell is not known then.
    const atContract = atPeer === undefined ? this.#contractFault() : Promise.resolve(undefined);
    const behind = await Promise.all([atContract, this.#ordererFault()]);
    const faults = [atPeer, ...behind].filter((fault) => fault !== undefined);
    const problem = faults.length === 0 ? undefined : notReady(faults);
    this.#found = { at: this.#parts.clock(), problem };
    return problem;
  }

  async #peerFault(): Promise<Fault | undefined> {
    const error = await this.#failure(this.#parts.ledger.height());
    if (error === undefined) return undefined;
    const isAway = error.code === 'UNREACHABLE';
    return faultAt(isAway ? '/peer' : '/channel', isAway ? 'the peer' : 'the channel at the peer', error);
  }

  async #contractFault(): Promise<Fault | undefined> {
    const error = await this.#failure(this.#parts.ledger.evaluate({ name: 'info' }));
    return error === undefined ? undefined : faultAt('/contract', 'the contract', error);
  }

  async #ordererFault(): Promise<Fault | undefined> {
    if (!this.#parts.asksOrderers) return undefined;
    const error = await this.#failure(this.#refreshOrdering());
    if (this.#ordering === undefined) return error && faultAt('/orderers', 'who orders', error);
    const { consensus, orderers } = this.#ordering;
    const silent = await silentOrderers(this.#ordering, this.#patienceMs);
    const needed = ordererQuorum(consensus, orderers.length);
    if (orderers.length - silent.length >= needed) return undefined;
    const named = silent.map(({ endpoint, reason }) => `${endpoint} (${reason})`).join(', ');
    const message = `${String(needed)} of ${String(orderers.length)} orderers are needed; away: ${named}`;
    return { path: '/orderers', code: 'UNREACHABLE', message };
  }

  /** As the peer knows it now; while it is away, as it was known last. */
  async #refreshOrdering(): Promise<void> {
    this.#ordering = await this.#parts.ledger.ordering();
  }

  /** Undefined where it went well in time. */
  async #failure(question: Promise<unknown>): Promise<LedgerError | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new LedgerError('UNREACHABLE', `no answer within ${String(this.#patienceMs / 1000)} s`));
      }, this.#patienceMs);
    });
    try {
      await Promise.race([question, late]);
      return undefined;
    } catch (error) {
      return isLedgerError(error) ? error : new LedgerError('INTERNAL', String(error), { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}

function faultAt(path: string, part: string, { code, message }: LedgerError): Fault {
  return { path, code, message: `${part}: ${message}` };
}

function notReady(faults: readonly Fault[]): LedgerError {
  const parts = faults.map(({ message }) => message).join('; ');
  return new LedgerError('NOT_READY', `This gateway cannot do its work: ${parts}`, { faults });
}
