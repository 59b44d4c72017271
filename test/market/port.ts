import {
  canonicalBytes,
  canonicalize,
  isLedgerError,
  signSubmission,
  type BuiltRecord,
  type Fault,
  type StateKind,
  type StateValues,
} from '@carbon-ledger/core';
import { trialNationalAuthority, trialPartyRecord, trialSigner } from '@carbon-ledger/plant-year/trial';
import type { LedgerPort } from '../../gateway-api/src/ledger';
import { MemoryLedger } from '../support/memory-ledger';

/** What a story needs of a ledger: the same on the rules in memory, on the embedded peer and on genuine Fabric. */
export interface MarketPort {
  /** Organisations whose gateways may submit. */
  readonly msps: readonly string[];
  /** Transaction time of what is submitted next, RFC 3339. */
  now(): string;
  /** All records are of one issuer, and stand or fall together. Returns the faults; none where they were anchored. */
  submit(records: readonly BuiltRecord[], cited: readonly BuiltRecord[]): Promise<readonly Fault[]>;
  /** The faults that `submit` would return. Where there are none, it may have anchored them. */
  judge(records: readonly BuiltRecord[], cited: readonly BuiltRecord[]): Promise<readonly Fault[]>;
  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined>;
}

async function signed(ledger: string, records: readonly BuiltRecord[], signedAt: string): Promise<unknown> {
  const party = records[0]?.record.issuer ?? '';
  const body = { ledger, party, records: records.map(({ record }) => record), signedAt };
  return signSubmission(body, trialSigner(party));
}

/** The rules over a state in memory; time stands still until a story moves it. */
export class MemoryPort implements MarketPort {
  readonly msps = ['EmbeddedMSP'];
  readonly #facts = { ledger: 'ab'.repeat(32), msp: 'EmbeddedMSP', time: '2025-03-03T02:00:00Z' };
  readonly #ledger = new MemoryLedger(this.#facts);

  static async open(): Promise<MemoryPort> {
    const port = new MemoryPort();
    const founder = trialPartyRecord(trialNationalAuthority, trialNationalAuthority.uscc, port.msps);
    const submission = await signed(port.#facts.ledger, [founder], port.now());
    await port.#ledger.found(submission as Parameters<MemoryLedger['found']>[0]);
    return port;
  }

  now(): string {
    return this.#facts.time;
  }

  /** Moves time: only memory can. */
  at(time: string): void {
    this.#facts.time = time;
  }

  async submit(records: readonly BuiltRecord[]): Promise<readonly Fault[]> {
    const submission = await signed(this.#facts.ledger, records, this.now());
    const given = [submission] as Parameters<MemoryLedger['submit']>[0];
    const { refused } = await this.#ledger.submit(given, records);
    return refused.flatMap(({ faults }) => faults);
  }

  judge(records: readonly BuiltRecord[]): Promise<readonly Fault[]> {
    return this.submit(records);
  }

  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined> {
    return this.#ledger.get(kind, key);
  }
}

/** A peer behind a driver: the embedded one, or one of a Fabric network. Time is the machine's. */
export class PeerPort implements MarketPort {
  readonly #ledger: LedgerPort;
  readonly #id: string;

  /** @param id of the ledger: hex of the hash of its genesis block */
  constructor(
    ledger: LedgerPort,
    id: string,
    readonly msps: readonly string[],
  ) {
    this.#ledger = ledger;
    this.#id = id;
  }

  /** Founds the ledger where nobody did. */
  async found(): Promise<void> {
    const { uscc } = trialNationalAuthority;
    const founder = trialPartyRecord(trialNationalAuthority, uscc, this.msps);
    try {
      await this.#ledger.evaluate({ name: 'info' });
    } catch (error) {
      if (!isLedgerError(error) || error.code !== 'NOT_READY') throw error;
      const submission = await signed(this.#id, [founder], this.now());
      await this.#ledger.submit({ name: 'init', args: [this.#id, canonicalize(submission)] });
    }
  }

  now(): string {
    return `${new Date().toISOString().slice(0, 19)}Z`;
  }

  async submit(records: readonly BuiltRecord[], cited: readonly BuiltRecord[]): Promise<readonly Fault[]> {
    try {
      await this.#ledger.submit({ name: 'submit', transient: await this.#transient(records, cited) });
      return [];
    } catch (error) {
      if (isLedgerError(error) && error.faults.length > 0) return error.faults;
      throw error;
    }
  }

  async judge(records: readonly BuiltRecord[], cited: readonly BuiltRecord[]): Promise<readonly Fault[]> {
    const transient = await this.#transient(records, cited);
    const judged = await this.#ledger.evaluate({ name: 'judge', transient });
    const { refused } = JSON.parse(Buffer.from(judged).toString()) as {
      readonly refused: readonly { readonly faults: readonly Fault[] }[];
    };
    return refused.flatMap(({ faults }) => faults);
  }

  async get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined> {
    const text = Buffer.from(await this.#ledger.evaluate({ name: 'state', args: [kind, key] })).toString();
    return (JSON.parse(text) ?? undefined) as StateValues[Kind] | undefined;
  }

  async #transient(records: readonly BuiltRecord[], cited: readonly BuiltRecord[]): Promise<{ request: Uint8Array }> {
    const figures = (built: readonly BuiltRecord[]): Record<string, unknown> =>
      Object.fromEntries(built.filter((one) => one.figures.length > 0).map((one) => [one.id, one.figures]));
    const request = {
      submissions: [await signed(this.#id, records, this.now())],
      figures: figures(records),
      context: { records: cited.map(({ record }) => record), figures: figures(cited) },
    };
    return { request: canonicalBytes(request) };
  }
}
