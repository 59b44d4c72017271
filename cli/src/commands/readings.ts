import {
  decimalPlaces,
  formatDecimal,
  LedgerError,
  meterKinds,
  parseDecimal,
  parseReadings,
  proveReading,
  summariseReadings,
  verifyReading,
  type MeterKind,
  type ReadingProof,
  type ReadingSummary,
} from '@carbon-ledger/core';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import type { Context } from '../context';
import { readJsonFile, readTextFile } from '../files/read-file';
import { inShape } from '../files/shape';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { noteStanding } from '../verification/standing';
import { stands } from '../verification/stands';
import { withExample, type Register } from '../tool';

const meters = Object.keys(meterKinds) as MeterKind[];
const proofSchema = 'carbon-ledger/reading-proof/v1';

const readingProof = z.strictObject({
  schema: z.literal(proofSchema),
  reading: z.strictObject({ at: z.string().max(20), value: z.string().max(60) }),
  index: z.int().min(0),
  count: z.int().min(1),
  path: z.array(z.string().regex(/^[0-9a-f]{64}$/, 'not 32 bytes in hex')).max(64),
});

interface BatchOptions {
  readonly meter: MeterKind;
  readonly meterId: string;
  readonly output?: string;
}

/** The sum with the decimals of its kind of meter. @throws LedgerError USAGE where it has more of them */
function sumOf({ sum }: ReadingSummary, meter: MeterKind): string {
  const { unit, decimals } = meterKinds[meter];
  if (decimalPlaces(sum) <= decimals) return formatDecimal(parseDecimal(sum), decimals);
  throw new LedgerError(
    'USAGE',
    `the readings come to ${sum} ${unit}; a month is stated with ${String(decimals)} decimals: round what the meter tells first`,
  );
}

/** Facts of a batch, for `file device-batch --from`. */
async function batch(context: Context, file: string, { meter, meterId, output }: BatchOptions): Promise<number> {
  const summary = summariseReadings(parseReadings(await readTextFile(file)));
  const { count, first, last, gap_h, root } = summary;
  const facts = {
    content: { meterId, meter, count, first, last, gap_h, root },
    figures: { sum: sumOf(summary, meter) },
  };
  const text = `${JSON.stringify(facts, null, 2)}\n`;
  if (output === undefined) context.output.data(text);
  else {
    await writeWhole(output, text, { isPrivate: true });
    context.output.result(
      facts,
      () => `${output}: ${String(count)} readings, ${facts.figures.sum} ${meterKinds[meter].unit}`,
    );
  }
  return exitCodes.yes;
}

interface ProveOptions {
  readonly at: string;
  readonly output?: string;
}

async function prove(context: Context, file: string, { at, output }: ProveOptions): Promise<number> {
  const readings = parseReadings(await readTextFile(file));
  const index = readings.findIndex((reading) => reading.at === at);
  if (index < 0) throw new LedgerError('NOT_FOUND', `${file} has no reading at ${at} (UTC, 2024-02-01T00:00:00Z)`);
  const proof = { schema: proofSchema, ...proveReading(readings, index) };
  const text = `${JSON.stringify(proof, null, 2)}\n`;
  if (output === undefined) context.output.data(text);
  else {
    await writeWhole(output, text, { isPrivate: true });
    context.output.result(proof, () => `${output}: reading ${String(index + 1)} of ${String(proof.count)}`);
  }
  return exitCodes.yes;
}

/** Why a reading is none of a batch; undefined where it is one. */
function reasonAgainst(proof: ReadingProof, of: Pick<ReadingSummary, 'count' | 'root'>): string | undefined {
  try {
    verifyReading(proof, of);
    return undefined;
  } catch (error) {
    if (error instanceof LedgerError && error.code.startsWith('INCLUSION_')) return error.message;
    throw error;
  }
}

async function verify(context: Context, file: string, { batch: name }: { readonly batch: string }): Promise<number> {
  const proof = inShape(readingProof, await readJsonFile(file), `${file} is no proof of a reading`);
  const found = await (await context.service()).recordNamed(name);
  const { id, key, record, status } = found;
  if (record.type !== 'device-batch') throw new LedgerError('USAGE', `${key} is no device-batch`);
  const { count, root, meterId } = record.content as { count: number; root: string; meterId: string };
  const reason = reasonAgainst(proof, { count, root });
  const isSound = reason === undefined && stands(found);
  noteStanding(context, found);
  const answer = { proven: isSound, reading: proof.reading, batch: { record: id, key, status, meterId }, reason };
  context.output.result(answer, () => {
    const { at, value } = proof.reading;
    if (reason !== undefined) return `${at} ${value}: no reading of ${key}: ${reason}`;
    const standing = status === 'current' ? '' : `, which is ${status} by now`;
    return `${at} ${value}: reading ${String(proof.index + 1)} of ${String(count)} of ${key} (${meterId})${standing}`;
  });
  return isSound ? exitCodes.yes : exitCodes.no;
}

export const registerReadings: Register = (program, tool) => {
  const parent = program
    .command('readings')
    .summary('readings of a meter: their batch, and one of them proved')
    .description(
      'Readings of a meter as CSV (time,value; UTC, in order): the facts of their batch, a proof of one of them, and its verification against the batch on the ledger. The readings themselves stay where they are.',
    );
  withExample(parent, 'carbon-ledger readings batch belt.csv --meter belt-scale --meter-id PDC-01 -o batch.json');
  withExample(
    parent
      .command('batch')
      .summary('what is filed of them: number, first, last, sum, root')
      .argument('<csv>')
      .addOption(new Option('--meter <kind>', 'kind of meter').choices(meters).makeOptionMandatory())
      .requiredOption('--meter-id <id>', 'number of the meter')
      .option('-o, --output <file>', 'where to write it, for file device-batch --from')
      .action(function (this: Command, file: string, options: BatchOptions) {
        return tool.run(this, (context) => batch(context, file, options));
      }),
    'carbon-ledger readings batch belt.csv --meter belt-scale --meter-id PDC-01 -o batch.json',
  );
  withExample(
    parent
      .command('prove')
      .summary('a proof of one reading, that shows no other')
      .argument('<csv>')
      .requiredOption('--at <instant>', 'when it was read, as the CSV has it')
      .option('-o, --output <file>', 'where to write it')
      .action(function (this: Command, file: string, options: ProveOptions) {
        return tool.run(this, (context) => prove(context, file, options));
      }),
    'carbon-ledger readings prove belt.csv --at 2024-02-01T00:00:00Z -o reading.json',
  );
  withExample(
    parent
      .command('verify')
      .summary('hold a proof to the batch that is anchored')
      .argument('<proof>')
      .requiredOption('--batch <record>', 'record id (rec:…) or business key of the batch')
      .action(function (this: Command, file: string, options: { readonly batch: string }) {
        return tool.run(this, (context) => verify(context, file, options));
      }),
    'carbon-ledger readings verify reading.json --batch 91140000MA0FAKE01X/U1/2024-02/device-batch.1',
  );
};
