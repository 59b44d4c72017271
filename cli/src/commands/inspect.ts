import { randomBytes } from 'node:crypto';
import { assertSeed, canonicalize, drawSample, LedgerError, redrawn, type DrawnSample } from '@carbon-ledger/core';
import { screenLedger } from '@carbon-ledger/client-sdk';
import type { Command } from 'commander';
import type { Context } from '../context';
import { registerVerb } from '../filing/command';
import { inspectionVerbs } from '../filing/verbs';
import { writeWhole } from '../files/write-file';
import { readSignedFinding, signFinding } from '../inspection/finding';
import { makePack } from '../inspection/make-pack';
import { ticketsOf } from '../inspection/sample';
import { openedPack } from '../inspection/source';
import { formatSample } from '../inspection/words';
import { exitCodes } from '../output/problem';
import { withExample, type Register, type Tool } from '../tool';
import { collect, registerChecks } from './inspect-check';
import { registerReports } from './inspect-report';

interface SampleOptions {
  readonly plan?: string;
  readonly frame: readonly string[];
  readonly region?: string;
  readonly year?: string;
  readonly size?: string;
  readonly seed?: string;
  readonly by: string;
  readonly output?: string;
  readonly trialKeys?: boolean;
}

const seedBytes = 32;

/** @throws LedgerError USAGE */
function sizeOf({ size = '' }: SampleOptions): number {
  if (/^[1-9][0-9]{0,2}$/.test(size)) return Number(size);
  throw new LedgerError('USAGE', `--size ${size}: write how many plants are drawn`);
}

/** A new sample: of plants that are named, or of all of a region by their risk. */
async function newSample(context: Context, options: SampleOptions): Promise<DrawnSample> {
  const seed = options.seed ?? randomBytes(seedBytes).toString('hex');
  assertSeed(seed);
  const size = sizeOf(options);
  if (options.by === 'equal' && options.frame.length > 0)
    return drawSample(seed, { frame: [...options.frame].sort(), size });
  const { year, region } = options;
  if (year === undefined) throw new LedgerError('USAGE', 'say of which year: --year YYYY');
  const service = await context.service({ trialKeys: options.trialKeys === true });
  const scope = region === undefined ? ({ of: 'all', year } as const) : ({ of: 'region', code: region, year } as const);
  const reader = service.screeningReader();
  const all: string[] = [];
  for await (const uscc of reader.enterprises(scope)) all.push(uscc);
  const frame = options.frame.length > 0 ? [...options.frame].sort() : all;
  if (options.by === 'equal') return drawSample(seed, { frame, size });
  const { result } = await screenLedger(reader, { scope });
  const risk = await ticketsOf(frame, year, reader, result);
  return { ...drawSample(seed, { frame, size, tickets: risk.map(({ tickets }) => tickets) }), risk };
}

async function sample(context: Context, options: SampleOptions): Promise<number> {
  const { plan } = options;
  const drawn =
    plan === undefined
      ? await newSample(context, options)
      : redrawn(await (await context.service({})).recordNamed(plan), options.seed);
  if (options.output !== undefined) await writeWhole(options.output, canonicalize(drawn), { isPrivate: true });
  context.output.result(drawn, () => formatSample(drawn));
  return exitCodes.yes;
}

interface PackOptions {
  readonly plant: readonly string[];
  readonly year: readonly string[];
  readonly output: string;
  readonly trialKeys?: boolean;
}

async function pack(context: Context, plan: string | undefined, options: PackOptions): Promise<number> {
  const { plant: plants, year: years, output, trialKeys } = options;
  const made = await makePack(context, {
    ...(plan === undefined ? {} : { plan }),
    ...{ extent: { plants, years }, trialKeys: trialKeys === true },
  });
  await writeWhole(output, made.bytes, { isPrivate: true });
  const told = { file: output, ...made.extent, records: made.records, bytes: made.bytes.length };
  context.output.result(told, () => `${output}: ${String(made.records)} records, ${String(made.bytes.length)} bytes`);
  return exitCodes.yes;
}

interface SignOptions {
  readonly pack: string;
  readonly policy?: string;
  readonly output: string;
  readonly trialKeys?: boolean;
}

async function signOnTheSpot(context: Context, file: string, options: SignOptions): Promise<number> {
  const opened = await openedPack(context, options.pack, options.policy);
  const signed = await signFinding(context, opened, file, options.trialKeys === true);
  await writeWhole(options.output, canonicalize(signed), { isPrivate: true });
  const { signedAt } = signed.submission;
  context.output.result({ file: options.output, signedAt }, () => `${options.output}: signed at ${signedAt}`);
  return exitCodes.yes;
}

async function send(context: Context, file: string): Promise<number> {
  const { submission, figures } = await readSignedFinding(file);
  const service = await context.service();
  const [status] = await service.submit([{ submission, figures }]);
  const { signedAt } = submission;
  const told = { records: status?.records ?? [], claimedAt: signedAt, anchoredAt: status?.anchoredAt };
  context.output.result(told, () =>
    [
      ...told.records.map(({ record, key }) => `${key}\n${record}`),
      `signed at ${signedAt} (claimed), anchored at ${told.anchoredAt ?? '?'}`,
    ].join('\n'),
  );
  return exitCodes.yes;
}

function registerSample(parent: Command, tool: Tool): void {
  const command = parent
    .command('sample')
    .summary('draw plants from a published seed and rule, or draw again what a plan drew')
    .description(
      'Draw plants from a seed: anybody who has seed and frame draws the same. By risk a plant has more tickets: screening findings, default values avoided, its laboratory’s record, its tonnes. With --plan the draw of a plan is made again and held to what was opened.',
    )
    .option('--plan <record>', 'an inspection on the ledger, to be drawn again')
    .option('--frame <USCC>', 'a plant that can be drawn; may be repeated (default: all of the region)', collect, [])
    .option('--region <code>', 'the enterprises of a region (GB/T 2260)')
    .option('--year <YYYY>', 'the year of which the risk is told')
    .option('--size <n>', 'how many are drawn')
    .option('--seed <hex>', '32 bytes; a new one is made where none is given')
    .option('--by <rule>', 'risk, or equal chances', 'risk')
    .option('-o, --output <file>', 'where to keep seed and draw, readable by its owner only')
    .option('--trial-keys', 'act with the trial key of the party (trial ledgers only)')
    .action(function (this: Command, options: SampleOptions) {
      return tool.run(this, (context) => sample(context, options));
    });
  withExample(command, 'carbon-ledger inspect sample --region 140000 --year 2024 --size 3 -o sample.json --as USCC');
}

function registerPack(parent: Command, tool: Tool): void {
  const command = parent
    .command('pack')
    .summary('take along what may be seen of the plants of a plan, in one signed file')
    .argument('[plan]', 'the inspection, opened')
    .option('--plant <USCC>', 'without a plan: a plant; may be repeated', collect, [])
    .option('--year <YYYY>', 'without a plan: a year; may be repeated', collect, [])
    .requiredOption('-o, --output <file>', 'where to write it, readable by its owner only')
    .option('--trial-keys', 'sign with the trial key of the party (trial ledgers only)')
    .action(function (this: Command, plan: string | undefined, options: PackOptions) {
      return tool.run(this, (context) => pack(context, plan, options));
    });
  withExample(command, 'carbon-ledger inspect pack 11140000MB0FAKE14J/-/2024/inspection.1 -o flight.pack --as USCC');
}

function registerOnTheSpot(parent: Command, tool: Tool): void {
  withExample(
    parent
      .command('sign')
      .summary('sign a finding on the spot, from a pack, without network')
      .argument('<file>', 'JSON: subject, number, content, figures, cites')
      .requiredOption('--pack <file>', 'the pack')
      .requiredOption('-o, --output <file>', 'where to write what is sent later')
      .option('--policy <file>', 'the pinned policy under which the pack is checked')
      .option('--trial-keys', 'sign with the trial key of the party (trial ledgers only)')
      .action(function (this: Command, file: string, options: SignOptions) {
        return tool.run(this, (context) => signOnTheSpot(context, file, options));
      }),
    'carbon-ledger inspect sign finding.json --pack flight.pack -o signed.json --as USCC',
  );
  withExample(
    parent
      .command('send')
      .summary('file a finding that was signed on the spot')
      .argument('<file>', 'what inspect sign wrote')
      .action(function (this: Command, file: string) {
        return tool.run(this, (context) => send(context, file));
      }),
    'carbon-ledger inspect send signed.json',
  );
}

export const registerInspect: Register = (program, tool) => {
  const parent = program
    .command('inspect')
    .summary('a flight check, from plan to report')
    .description(
      'Plan a flight check, draw its sample, take the records along, compare a folder, sign findings, report.',
    );
  withExample(parent, 'carbon-ledger inspect check /media/stick --pack flight.pack');
  for (const verb of inspectionVerbs) registerVerb(parent, tool, verb);
  registerSample(parent, tool);
  registerPack(parent, tool);
  registerChecks(parent, tool);
  registerOnTheSpot(parent, tool);
  registerReports(parent, tool);
};
