import {
  canonicalBytes,
  canonicalize,
  isLedgerError,
  signSubmission,
  type BuiltRecord,
  type Fault,
  type Rulebooks,
  type SignedSubmission,
  type Signer,
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
  /** Whether all invariants are asked after every step, or once a story is told. */
  readonly asksEveryStep: boolean;
  /** Transaction time of what is submitted next, RFC 3339. */
  now(): string;
  /** All records are of one issuer, and stand or fall together. Returns the faults; none where they were anchored. */
  submit(filing: Filing): Promise<readonly Fault[]>;
  /** The faults that `submit` would return. Where there are none, it may have anchored them. */
  judge(filing: Filing): Promise<readonly Fault[]>;
  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined>;
}

/** What is handed in: records of one issuer, what they cite with earlier versions, and the key that signs for the issuer. */
export interface Filing {
  readonly records: readonly BuiltRecord[];
  readonly cited: readonly BuiltRecord[];
  readonly signer: Signer;
}

/** What became of a transaction, and the block in which it stands. */
export interface Fate {
  readonly block: bigint;
  /** `VALID`, or why it wrote nothing. */
  readonly validation: string;
}

async function signed(
  ledger: string,
  { records, signer }: Omit<Filing, 'cited'>,
  signedAt: string,
): Promise<SignedSubmission> {
  const party = records[0]?.record.issuer ?? '';
  return signSubmission({ ledger, party, records: records.map(({ record }) => record), signedAt }, signer);
}

function founding(msps: readonly string[]): Omit<Filing, 'cited'> {
  const { uscc } = trialNationalAuthority;
  return { records: [trialPartyRecord(trialNationalAuthority, uscc, msps)], signer: trialSigner(uscc) };
}

/** The rules over a state in memory; time stands still until a story moves it. */
export class MemoryPort implements MarketPort {
  readonly msps = ['EmbeddedMSP'];
  readonly asksEveryStep = true;
  readonly #facts = { ledger: 'ab'.repeat(32), msp: 'EmbeddedMSP', time: '2025-03-03T02:00:00Z' };
  /** For questions that no peer is asked: the whole of it. */
  readonly ledger: MemoryLedger;

  private constructor(books: Rulebooks | undefined) {
    this.ledger = new MemoryLedger(this.#facts, books);
  }

  /** @param books editions of the rules that are known; default: those of this build */
  static async open(books?: Rulebooks): Promise<MemoryPort> {
    const port = new MemoryPort(books);
    await port.ledger.found(await signed(port.#facts.ledger, founding(port.msps), port.now()));
    return port;
  }

  now(): string {
    return this.#facts.time;
  }

  /** Moves time: only memory can. */
  at(time: string): void {
    this.#facts.time = time;
  }

  async submit(filing: Filing): Promise<readonly Fault[]> {
    const submission = await signed(this.#facts.ledger, filing, this.now());
    const { refused } = await this.ledger.submit([submission], filing.records);
    return refused.flatMap(({ faults }) => faults);
  }

  judge(filing: Filing): Promise<readonly Fault[]> {
    return this.submit(filing);
  }

  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined> {
    return this.ledger.get(kind, key);
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
    readonly asksEveryStep = true,
  ) {
    this.#ledger = ledger;
    this.#id = id;
  }

  /** Founds the ledger where nobody did. */
  async found(): Promise<void> {
    try {
      await this.#ledger.evaluate({ name: 'info' });
    } catch (error) {
      if (!isLedgerError(error) || error.code !== 'NOT_READY') throw error;
      const submission = await signed(this.#id, founding(this.msps), this.now());
      await this.#ledger.submit({ name: 'init', args: [this.#id, canonicalize(submission)] });
    }
  }

  now(): string {
    return `${new Date().toISOString().slice(0, 19)}Z`;
  }

  async submit(filing: Filing): Promise<readonly Fault[]> {
    try {
      await this.#ledger.submit({ name: 'submit', transient: await this.#transient(filing) });
      return [];
    } catch (error) {
      if (isLedgerError(error) && error.faults.length > 0) return error.faults;
      throw error;
    }
  }

  /** Filings that are endorsed on one state before any of them is sent, and what became of each. */
  async race(filings: readonly Filing[]): Promise<readonly Fate[]> {
    const ids = new Map<Filing, string>();
    const from = await this.#ledger.height();
    let release: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (release = resolve));
    const sent = filings.map(async (filing) => {
      const transient = await this.#transient(filing);
      await this.#ledger.submit({ name: 'submit', transient }, ({ txId }) => {
        ids.set(filing, txId);
        if (ids.size === filings.length) release();
        return all;
      });
    });
    await Promise.allSettled(sent);
    const fates = await this.#fates(new Set(ids.values()), from);
    return filings.map((filing) => fates.get(ids.get(filing) ?? '') as Fate);
  }

  /** Reads blocks until each of the transactions stood in one. */
  async #fates(txIds: ReadonlySet<string>, from: bigint): Promise<ReadonlyMap<string, Fate>> {
    const fates = new Map<string, Fate>();
    const reading = new AbortController();
    for await (const { number, transactions } of this.#ledger.blocks(from, reading.signal)) {
      for (const { txId, validation } of transactions)
        if (txIds.has(txId)) fates.set(txId, { block: number, validation });
      if (fates.size === txIds.size) break;
    }
    reading.abort();
    return fates;
  }

  async judge(filing: Filing): Promise<readonly Fault[]> {
    const transient = await this.#transient(filing);
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

  async #transient(filing: Filing): Promise<{ request: Uint8Array }> {
    const { records, cited } = filing;
    const figures = (built: readonly BuiltRecord[]): Record<string, unknown> =>
      Object.fromEntries(built.filter((one) => one.figures.length > 0).map((one) => [one.id, one.figures]));
    const request = {
      submissions: [await signed(this.#id, filing, this.now())],
      figures: figures(records),
      context: { records: cited.map(({ record }) => record), figures: figures(cited) },
    };
    return { request: canonicalBytes(request) };
  }
}
