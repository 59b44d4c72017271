import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import {
  factsOfRecord,
  factTypes,
  fileError,
  LedgerError,
  type LedgerFact,
  type ReconciledLedger,
} from '@carbon-ledger/core';
import { z } from 'zod';
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
]);

/** What a ledger says of accounts, obligations, facilities and cancellations, from its current records. */
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
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new LedgerError('BAD_JSON', `${place}: not JSON`, { cause: error });
  }
  const read = factSchema.safeParse(value);
  if (read.success) return read.data;
  throw new LedgerError('BAD_FILE', `${place}: ${z.prettifyError(read.error)}`);
}

/** A file of facts, one JSON object a line, read line by line: a million of them take no more memory than one. */
export function factsFile(file: string): FactSource {
  const hash = createHash('sha256');
  async function* facts(): AsyncGenerator<LedgerFact> {
    const stream = createReadStream(file);
    stream.on('data', (chunk) => hash.update(chunk));
    try {
      let number = 0;
      for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
        number += 1;
        if (line.trim() !== '') yield parseFact(file, line, number);
      }
    } catch (error) {
      throw error instanceof LedgerError ? error : fileError(error, file, 'read');
    }
  }
  return { facts, told: (count) => ({ sha256: `sha256:${hash.digest('hex')}`, facts: count }) };
}
