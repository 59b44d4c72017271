import { createHash, type Hash } from 'node:crypto';
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

/** One line of a file of facts. */
const factSchema: z.ZodType<LedgerFact> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('accounts'),
    uscc: text,
    ccer: text.exactOptional(),
    allowance: text.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('obligation'), uscc: text, year: text, due: text }),
  z.strictObject({ kind: z.literal('facility'), code: text, uscc: text }),
  z.strictObject({
    kind: z.literal('cancellation'),
    ...{ record: text, uscc: text, year: text, project: text, serialFrom: text, serialTo: text, qty: text },
  }),
  z.strictObject({
    kind: z.literal('freeze'),
    ...{ record: text, uscc: text, year: text, serialFrom: text, serialTo: text },
  }),
  z.strictObject({
    kind: z.literal('booking'),
    ...{ record: text, uscc: text, year: text, qty: text, cancellation: text },
  }),
]);

/** What a ledger says of accounts, obligations, facilities, freezes, cancellations and bookings, from its current records. */
export async function* factsOfLedger(service: Service): AsyncGenerator<LedgerFact> {
  for (const type of factTypes) for await (const built of service.eachCurrent(type)) yield* factsOfRecord(built);
}

/** Where facts come from, and what the report says of it once all of them were seen. */
export interface FactSource {
  facts(): AsyncIterable<LedgerFact>;
  told(facts: number): ReconciledLedger;
}

export async function ledgerSource(service: Service): Promise<FactSource> {
  const { ledger, logSize } = await service.ledger();
  return {
    facts: () => factsOfLedger(service),
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

async function* hashed(file: string, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of chunksOfGiven(await findPlace(file))) {
    hash.update(chunk);
    yield chunk;
  }
}

/** UTF-8 and nothing else, a byte order mark or none: what was replaced would be read as a name. @throws LedgerError BAD_ENCODING */
async function* linesOf(file: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decoded = (bytes?: Buffer): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch (error) {
      throw new LedgerError('BAD_ENCODING', `${file} is not UTF-8`, { cause: error });
    }
  };
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoded(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest + decoded();
}

/** A file of facts, one JSON object a line, read line by line: a million of them take no more memory than one. */
export function factsFile(file: string): FactSource {
  const hash = createHash('sha256');
  async function* facts(): AsyncGenerator<LedgerFact> {
    try {
      let number = 0;
      for await (const line of linesOf(file, hashed(file, hash))) {
        number += 1;
        if (line.trim() !== '') yield parseFact(file, line, number);
      }
    } catch (error) {
      throw fileError(error, file, 'read');
    }
  }
  return { facts, told: (count) => ({ sha256: `sha256:${hash.digest('hex')}`, facts: count }) };
}
