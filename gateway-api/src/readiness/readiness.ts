import { setTimeout as pause } from 'node:timers/promises';
import { isLedgerError, LedgerError, type Fault } from '@carbon-ledger/core';
import type { LedgerPort, OrderingService } from '../ledger';
import { ordererQuorum, silentOrderers } from './orderer-probe';

/** A part that takes longer counts as away. */
const PATIENCE_MS = 3_000;
/** Work that takes longer has the parts behind it asked whether they are there: with the patience that is a word within five seconds. */
const ASKED_AFTER_MS = 1_500;
/** A machine that is so late is busy itself. */
const HELD_UP_MS = 1_000;
/** What was found is good for so long, however many ask. */
const FRESH_MS = 1_000;

export interface ReadinessParts {
  readonly ledger: Pick<LedgerPort, 'mspId' | 'height' | 'submit' | 'ordering' | 'endorsersAway'>;
  /** The channel's orderers are processes of their own, and are asked too. */
  readonly asksOrderers: boolean;
  readonly clock: () => number;
  readonly patienceMs?: number;
  readonly askedAfterMs?: number;
}

/**
 * Whether this gateway can do its work: its peer answers for the channel, the contract runs at its own organisation and at
 * those that must endorse too, and enough orderers are there.
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

  /**
   * What others are to do for whoever waits, and, where they are away, that instead of waiting for as long as they may take. What
   * was handed over goes on: it may still be done. Where all of it runs in this process there is nobody to be away.
   * @throws LedgerError NOT_READY naming each part that is missing, and whatever the work throws
   */
  async attended<T>(work: Promise<T>): Promise<T> {
    if (!this.#parts.asksOrderers) return work;
    const over = new AbortController();
    try {
      return await Promise.race([work, this.#awayWhile(over.signal)]);
    } finally {
      over.abort();
    }
  }

  async #awayWhile(over: AbortSignal): Promise<never> {
    for (;;) {
      const { clock, askedAfterMs = ASKED_AFTER_MS } = this.#parts;
      const began = clock();
      await pause(askedAfterMs, undefined, { ref: false });
      const problem = over.aborted ? undefined : await this.problem();
      if (over.aborted) return await new Promise<never>(() => undefined);
      // Whoever was held up himself took others for silent.
      const wasHeldUp = clock() - began > askedAfterMs + this.#patienceMs + HELD_UP_MS;
      if (problem !== undefined && !wasHeldUp && isBeforeOrdering(problem)) throw waiting(problem);
    }
  }

  async #ask(): Promise<LedgerError | undefined> {
    // Side by side: a silent part costs its patience once.
    const asked = await Promise.all([this.#behindPeer(), this.#ordererFault()]);
    const faults = asked.flat().filter((fault) => fault !== undefined);
    const problem = faults.length === 0 ? undefined : notReady(faults);
    this.#found = { at: this.#parts.clock(), problem };
    return problem;
  }

  async #behindPeer(): Promise<(Fault | undefined)[]> {
    const { mspId, endorsersAway } = this.#parts.ledger;
    // Side by side: one that answers late and one that never does are waited for once.
    const [atPeer, atContract] = await Promise.all([this.#peerFault(), this.#contractFault()]);
    if (atPeer === undefined) return [atContract];
    // What only the peer could tell is not known then. But a peer whose contract is silent is silent too.
    return [atPeer, endorsersAway.includes(mspId) ? goneRound(mspId) : undefined];
  }

  async #peerFault(): Promise<Fault | undefined> {
    const error = await this.#failure(this.#parts.ledger.height());
    if (error === undefined) return undefined;
    const isAway = error.code === 'UNREACHABLE' && error.details['missing'] !== 'channel';
    return faultAt(isAway ? '/peer' : '/channel', isAway ? 'the peer' : 'the channel at the peer', error);
  }

  /** A question is endorsed as a submission would be, by this organisation and by those that the policy wants, and sent to nobody. */
  async #contractFault(): Promise<Fault | undefined> {
    const { ledger } = this.#parts;
    const endorsed = new Error('endorsed');
    const rehearsal = ledger
      .submit({ name: 'info' }, () => Promise.reject(endorsed))
      .catch((error: unknown) => {
        if (error !== endorsed) throw error;
      });
    const error = await this.#failure(rehearsal);
    if (error !== undefined) return faultAt('/contract', 'the contract', error);
    return ledger.endorsersAway.includes(ledger.mspId) ? goneRound(ledger.mspId) : undefined;
  }

  async #ordererFault(): Promise<Fault | undefined> {
    if (!this.#parts.asksOrderers) return undefined;
    const refreshed = this.#failure(this.#refreshOrdering());
    // Those known last are asked at once: the peer, which knows them, may be silent.
    const error = this.#ordering === undefined ? await refreshed : undefined;
    if (this.#ordering === undefined) return error && faultAt('/orderers', 'who orders', error);
    const { consensus, orderers } = this.#ordering;
    // Whom nothing leads to nobody can ask; what they order shows at the peer.
    if (orderers.length === 0) return undefined;
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

function goneRound(mspId: string): Fault {
  const message = `the contract: that of ${mspId} itself does not answer; others endorse in its place`;
  return { path: '/contract', code: 'UNREACHABLE', message };
}

/** What is sent to be ordered has an outcome of its own, and nobody is told that it waits here. */
function isBeforeOrdering({ faults }: LedgerError): boolean {
  return faults.some(({ path }) => path !== '/orderers');
}

/** To whoever waits: what it sent is not lost, and sending it again anchors it once. */
function waiting({ code, message, faults }: LedgerError): LedgerError {
  const told = `${message}. What you sent waits here and may still be anchored: send the same again, or ask for it by its id.`;
  return new LedgerError(code, told, { faults });
}

function notReady(faults: readonly Fault[]): LedgerError {
  const parts = faults.map(({ message }) => message).join('; ');
  return new LedgerError('NOT_READY', `This gateway cannot do its work: ${parts}`, { faults });
}
