import {
  assertPurgeOrdered,
  canonicalBytes,
  type CosignerState,
  digestSubmission,
  type Founding,
  judgeCosignature,
  judgeFounding,
  type Judgement,
  judgePurge,
  judgeTransaction,
  LedgerError,
  parsePurgeOrder,
  parsePurgeRequest,
  parseStrict,
  parseSubmission,
  type PartyState,
  type PurgeRequest,
  sha256,
  type SignedSubmission,
  StoredView,
  toHex,
  type TransactionRequest,
} from '@carbon-ledger/core';
import { Simulation } from './simulation';
import {
  commitInvalid,
  type Committed,
  type Endorsed,
  type LedgerBlock,
  type LedgerCall,
  type LedgerPort,
  type OrderingService,
  type TransactionFate,
} from '../ledger';

export interface FakeLedgerOptions {
  readonly ledgerId: string;
  readonly mspId: string;
  readonly clock: () => Date;
}

/** What a test may make go wrong with the next submission. */
export type Fault = 'not-sent' | 'outcome-unknown' | 'lost-race';

/**
 * A ledger in memory behind the port: the real rules of core decide, blocks follow each other, state keys have versions,
 * and two transactions that were endorsed on the same state lose the race as on Fabric. Faults are injected by name.
 */
export class FakeLedger implements LedgerPort {
  readonly channel = 'audit';
  readonly mspId: string;
  readonly blocksCut: LedgerBlock[] = [];
  /** One for each submission to come, undefined for none; shifted as they are used. */
  readonly faults: (Fault | undefined)[] = [];
  /** Names of the functions that were called. */
  readonly calls: string[] = [];
  /** Transactions hold here between endorsement and block, if set: resolve to let them go on. */
  gate: Promise<void> | undefined;
  /** Blocks are cut but not delivered any more. */
  holdBlocks = false;
  /** Where the private figures are: at this peer, on their way to it, not for its organisation; or nobody answers. */
  figuresAt: 'here' | 'late' | 'elsewhere' | 'away' = 'here';
  /** A purge is judged as if these years had passed. */
  yearsBeforePurging = 0;
  /** Called when a transaction stands in a block. */
  onCut: () => void = () => undefined;
  readonly #options: FakeLedgerOptions;
  readonly #state = new Map<string, { readonly value: Uint8Array; readonly version: number }>();
  readonly #private = new Map<string, Uint8Array>();
  readonly #listeners = new Set<() => void>();
  #transactions = 0;

  constructor(options: FakeLedgerOptions) {
    this.mspId = options.mspId;
    this.#options = options;
  }

  async submit(call: LedgerCall, beforeSending?: (endorsed: Endorsed) => Promise<void>): Promise<Committed> {
    this.calls.push(call.name);
    const fault = this.faults.shift();
    if (fault === 'not-sent') throw new LedgerError('NOT_SENT');
    const simulation = new Simulation(this.#state);
    const txId = toHex(sha256(canonicalBytes(`transaction ${String(this.#transactions++)}`)));
    const result = await this.#simulate(call, simulation, txId);
    await beforeSending?.({ txId, result });
    await this.gate;
    const isValid = fault !== 'lost-race' && simulation.isCurrent();
    const blockNumber = this.#cut(txId, isValid ? simulation : undefined);
    if (!isValid) throw commitInvalid(txId, 'MVCC_READ_CONFLICT');
    if (fault === 'outcome-unknown') throw new LedgerError('OUTCOME_UNKNOWN', undefined, { details: { txId } });
    return { txId, result, blockNumber };
  }

  async evaluate(call: LedgerCall): Promise<Uint8Array> {
    this.calls.push(call.name);
    if (call.name === 'figures') return this.#figures(call.args?.[0] ?? '');
    if (call.name === 'info') return this.#state.get('ledger')?.value ?? raise(new LedgerError('NOT_READY'));
    const { accepted, refused } = await this.#judge(call, new Simulation(this.#state));
    return Buffer.from(JSON.stringify({ accepted: accepted.map(({ digested }) => digested.id), refused }));
  }

  /** In Fabric's words, as a driver hands them on. */
  #figures(txId: string): Uint8Array {
    if (this.figuresAt === 'away') throw new LedgerError('UNREACHABLE');
    if (this.figuresAt === 'elsewhere') {
      throw new LedgerError(
        'INTERNAL',
        'tx creator does not have read access permission on privatedata in chaincodeName:c',
      );
    }
    const value = this.#private.get(txId);
    if (this.figuresAt === 'late' && value !== undefined) {
      throw new LedgerError('INTERNAL', 'private data matching public hash version is not available.');
    }
    return value ?? canonicalBytes(null);
  }

  async *blocks(from: bigint, signal: AbortSignal): AsyncGenerator<LedgerBlock, void, undefined> {
    for (let next = Number(from); !signal.aborted;) {
      const block = this.holdBlocks ? undefined : this.blocksCut[next];
      if (block === undefined) await this.#nextBlock(signal);
      else {
        next += 1;
        yield block;
      }
    }
  }

  height(): Promise<bigint> {
    return Promise.resolve(BigInt(this.blocksCut.length));
  }

  endorsersAway: readonly string[] = [];

  ordering(): Promise<OrderingService> {
    return Promise.resolve({ consensus: 'solo', orderers: [] });
  }

  leavePeer(): void {
    this.calls.push('leavePeer');
  }

  transaction(txId: string): Promise<TransactionFate | undefined> {
    const found = this.blocksCut.flatMap(({ transactions }) => transactions).find((one) => one.txId === txId);
    return Promise.resolve(found === undefined ? undefined : { txId, validation: found.validation });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #simulate(call: LedgerCall, simulation: Simulation, txId: string): Promise<Uint8Array> {
    if (call.name === 'info') return this.evaluate(call);
    if (call.name === 'init') return this.#found(call, simulation, txId);
    if (call.name === 'cosign') return this.#cosign(call, simulation);
    if (call.name === 'purge') return this.#purge(call, simulation, txId);
    const { accepted, refused, view } = await this.#judge(call, simulation);
    if (accepted.length === 0) throw allRefused(refused);
    simulation.put(`tx/${txId}`, { submissions: accepted.map(({ digested }) => digested.submission) });
    const figures = Object.assign({}, ...accepted.map((one) => one.figures)) as object;
    this.#private.set(txId, canonicalBytes({ figures }));
    simulation.take(view);
    return canonicalBytes({
      accepted: accepted.map(({ digested }) => ({ submission: digested.id, records: digested.leafHashes.length })),
      refused: refused.map(({ index, submission, code }) => ({ index, submission, code })),
    });
  }

  async #found(
    { args: [ledgerId = '', text = ''] = [] }: LedgerCall,
    simulation: Simulation,
    txId: string,
  ): Promise<Uint8Array> {
    const digested = digestSubmission(parseSubmission(parseStrict(text)));
    const { mspId, clock } = this.#options;
    const { founder, record, view } = await judgeFounding(digested, {
      ...{ ledger: ledgerId, msp: mspId, time: wholeSeconds(clock()) },
    });
    simulation.put('ledger', { ledgerId, founder, record });
    simulation.take(view);
    simulation.put(`tx/${txId}`, { submissions: [digested.submission] });
    return canonicalBytes({ ledgerId });
  }

  #cosign(
    { args: [note = '', key = '', replaces = '', proof = ''] = [] }: LedgerCall,
    simulation: Simulation,
  ): Uint8Array {
    const { ledgerId, mspId, clock } = this.#options;
    const facts = { ledger: ledgerId, msp: mspId, time: wholeSeconds(clock()) };
    const place = `cosigner/${mspId}`;
    const current = simulation.json(place) as CosignerState | undefined;
    simulation.put(place, judgeCosignature({ note, key, replaces, proof }, current, facts));
    return canonicalBytes({ organisation: mspId });
  }

  #purge({ args: [text = '', order = ''] = [] }: LedgerCall, simulation: Simulation, txId: string): Uint8Array {
    const request = parsePurgeRequest(text);
    this.#assertOrdered(request, order, simulation);
    const found = new Map(
      request.transactions.map((id) => {
        const { submissions } = (simulation.json(`tx/${id}`) ?? { submissions: [] }) as {
          submissions: SignedSubmission[];
        };
        return [id, { signedAt: submissions.map(({ signedAt }) => signedAt), isHeld: this.#private.has(id) }] as const;
      }),
    );
    const time = this.#options.clock();
    time.setUTCFullYear(time.getUTCFullYear() + this.yearsBeforePurging);
    const state = judgePurge(request, found, wholeSeconds(time));
    simulation.put(`purge/${txId}`, state);
    return canonicalBytes({ ...state });
  }

  #assertOrdered(request: PurgeRequest, order: string, simulation: Simulation): void {
    const { ledgerId: ledger, clock } = this.#options;
    const { founder } = simulation.json('ledger') as Founding;
    const party = simulation.json(`party/${founder}`) as PartyState | undefined;
    assertPurgeOrdered(request, parsePurgeOrder(order), party, { ledger, founder, time: wholeSeconds(clock()) });
  }

  #judge(call: LedgerCall, simulation: Simulation): Promise<Judgement> {
    const bytes = call.transient?.['request'] ?? raise(new LedgerError('BAD_REQUEST'));
    const request = parseStrict(bytes, { maxBytes: 64 * 1024 * 1024 }) as object as TransactionRequest;
    const { ledgerId, mspId, clock } = this.#options;
    return judgeTransaction(request, new StoredView(simulation), {
      ledger: ledgerId,
      founder: (simulation.json('ledger') as Founding).founder,
      msp: mspId,
      time: wholeSeconds(clock()),
    });
  }

  #cut(txId: string, simulation: Simulation | undefined): bigint {
    const changes = simulation?.commit() ?? { writes: [], removed: [] };
    const validation = simulation === undefined ? 'MVCC_READ_CONFLICT' : 'VALID';
    const number = BigInt(this.blocksCut.length);
    this.blocksCut.push({
      number,
      hash: toHex(sha256(canonicalBytes(`block ${number.toString()}`))),
      previousHash: this.blocksCut.at(-1)?.hash ?? '',
      transactions: [{ txId, validation, timestamp: wholeSeconds(this.#options.clock()), ...changes }],
    });
    for (const listener of this.#listeners) listener();
    this.onCut();
    return number;
  }

  #nextBlock(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#listeners.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#listeners.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}

/** Faults that one error of this ledger carries. */
const MOST_FAULTS = 20;

/** Like the contract, which tells codes only where the faults would make the error too long for the wire. */
function allRefused(refused: Judgement['refused']): LedgerError {
  const [first] = refused;
  const isLong = refused.flatMap(({ faults }) => faults).length > MOST_FAULTS;
  const told = isLong ? refused.map(({ index, submission, code }) => ({ index, submission, code })) : refused;
  return new LedgerError(first?.code ?? 'BAD_SUBMISSION', first?.message, { details: { refused: told } });
}

function wholeSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

function raise(error: LedgerError): never {
  throw error;
}
