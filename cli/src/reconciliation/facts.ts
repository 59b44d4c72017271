import { createHash } from 'node:crypto';
import { chunksOfGiven } from '@carbon-ledger/auditor/stored';
import {
  factsOfRecord,
  factTypes,
  fileError,
  LedgerError,
  parseStrict,
  type LedgerFact,
  type ReconciledLedger,
} from '@carbon-ledger/core';
import { z } from 'zod';
import { findPlace } from '../files/place';
import { inShape } from '../files/shape';
import type { Service } from '../service/service';

const text = z.string().max(200);

const doubts = { doubts: text.exactOptional() };

/** One line of a file of facts. */
const factSchema: z.ZodType<LedgerFact> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('accounts'),
    ...{ record: text.exactOptional(), uscc: text, ccer: text.exactOptional(), allowance: text.exactOptional() },
    ...doubts,
  }),
  z.strictObject({
    kind: z.literal('obligation'),
    ...{ record: text.exactOptional(), uscc: text, year: text, due: text, ...doubts },
  }),
  z.strictObject({ kind: z.literal('facility'), record: text.exactOptional(), code: text, uscc: text, ...doubts }),
  z.strictObject({
    kind: z.literal('cancellation'),
    ...{ record: text, uscc: text, year: text, project: text, serialFrom: text, serialTo: text, qty: text, ...doubts },
  }),
  z.strictObject({
    kind: z.literal('freeze'),
    ...{ record: text, uscc: text, year: text, serialFrom: text, serialTo: text, ...doubts },
  }),
  z.strictObject({
    kind: z.literal('booking'),
    ...{ record: text, uscc: text, year: text, qty: text, cancellation: text, ...doubts },
  }),
]);

/** What a ledger says of accounts, obligations, facilities, freezes, cancellations and bookings, from its current records, each after the other. */
export async function eachFactOfLedger(service: Service, see: (fact: LedgerFact) => void): Promise<void> {
  for (const type of factTypes)
    for await (const view of service.eachRecord({ status: 'current', type }))
      for (const fact of factsOfRecord(view)) see(fact);
}

/** Where facts come from, and what the report says of it once all of them were seen. */
export interface FactSource {
  /**
   * Every fact in its order. They are handed over and not iterated over: what goes through promises is kept by the collector far longer
   * than it is looked at, and there may be a million.
   */
  each(see: (fact: LedgerFact) => void): Promise<void>;
  told(facts: number): ReconciledLedger;
  /** Of a ledger to try things on. */
  readonly isTrial?: boolean;
}

export async function ledgerSource(service: Service): Promise<FactSource> {
  const { ledger, logSize, trial: isTrial } = await service.ledger();
  return {
    isTrial,
    each: (see) => eachFactOfLedger(service, see),
    told: (facts) => ({ ledger, size: String(logSize), facts }),
  };
}

function parseFact(file: string, line: string, number: number): LedgerFact {
  const place = `${file}, line ${String(number)}`;
  return inShape(factSchema, parsedLine(line, place), `${place} is no fact`);
}

/** As strictly as a whole file is read: no member twice. */
function parsedLine(line: string, place: string): unknown {
  try {
    return parseStrict(line);
  } catch (error) {
    throw new LedgerError('BAD_JSON', `${place}: ${messageOf(error)}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Longer than any fact in characters: a file without line ends is not gathered in memory. */
const longestLine = 64 * 1024;

/** UTF-8 and nothing else, a byte order mark or none: what was replaced would be read as a name. @throws LedgerError BAD_ENCODING */
function strictDecoder(file: string): (bytes?: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch (error) {
      throw new LedgerError('BAD_ENCODING', `${file} is not UTF-8`, { cause: error });
    }
  };
}

/** Cuts a text that comes in portions into lines. */
class Lines {
  readonly #file: string;
  readonly #see: (line: string) => void;
  #rest = '';

  constructor(file: string, see: (line: string) => void) {
    this.#file = file;
    this.#see = see;
  }

  take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > longestLine)
      throw new LedgerError('TOO_LARGE', `${this.#file} has a line of more than ${String(longestLine)} characters`);
    for (const line of lines) this.#see(line);
  }

  end(): void {
    this.#see(this.#rest);
  }
}

/** A file of facts, one JSON object a line, read line by line: a million of them take no more memory than one. */
export function factsFile(file: string): FactSource {
  const hash = createHash('sha256');
  const each = async (see: (fact: LedgerFact) => void): Promise<void> => {
    let number = 0;
    const lines = new Lines(file, (line) => {
      number += 1;
      if (line.trim() !== '') see(parseFact(file, line, number));
    });
    const decoded = strictDecoder(file);
    try {
      for await (const bytes of chunksOfGiven(await findPlace(file))) {
        hash.update(bytes);
        lines.take(decoded(bytes));
      }
      lines.take(decoded());
      lines.end();
    } catch (error) {
      throw fileError(error, file, 'read');
    }
  };
  return { each, told: (count) => ({ sha256: `sha256:${hash.digest('hex')}`, facts: count }) };
}
