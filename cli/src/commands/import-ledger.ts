import path from 'node:path';
import { isLedgerError, LedgerError, type OrganisationMap, type Signer } from '@carbon-ledger/core';
import type { ExportCheck, ImportSummary } from '@carbon-ledger/gateway-api';
import type { Command } from 'commander';
import type { Context } from '../context';
import { trialKeys } from '../keys/party-keys';
import { parseOrganisations } from '../migration/organisations';
import { exitCodes } from '../output/problem';
import { refuse } from '../output/refuse';
import { readCheckpointFile } from '../receipts/checkpoint-file';
import { pinPolicy } from '../receipts/pin-policy';
import { openEmbeddedChannel, SERVING_HEAP_PERCENT } from '../service/embedded';
import { openFabricChannel } from '../service/fabric';
import { Started, type Channel } from '../service/serving';
import { withExample } from '../tool';
import type { Tool } from '../tool';

interface ImportLedgerOptions {
  readonly data?: string;
  readonly fabric?: string;
  readonly organisation: readonly string[];
  readonly check?: boolean;
  readonly known: readonly string[];
}

/** Where the records go; without either, the file is only checked. */
function openTarget({ io }: Context, { data, fabric }: ImportLedgerOptions, started: Started): Promise<Channel> {
  if (fabric !== undefined) return openFabricChannel(fabric, undefined, started);
  io.keepHeapSmall(SERVING_HEAP_PERCENT);
  return openEmbeddedChannel({ dataDir: path.resolve(data ?? ''), oneThread: true }, started);
}

/** The founder's own key; on a trial ledger, whose founder has a key that anybody can derive, that one. */
async function founderSigner(context: Context, check: ExportCheck): Promise<Signer> {
  const { founder } = check.header;
  if (context.party !== undefined && context.party !== founder)
    throw new LedgerError('USAGE', `the ledger was founded by ${founder}: only that party can carry it over`);
  const keystore = context.partyKeys();
  if (check.founder.state.content.trial !== true || (await keystore.has(founder))) return keystore.signerOf(founder);
  context.output.note(`Trial ledger: signing as ${founder} with its trial key, which anybody can make.`);
  return trialKeys.signerOf(founder);
}

async function checkFile(context: Context, file: string): Promise<ExportCheck> {
  const { checkExport } = await import('@carbon-ledger/gateway-api');
  const counter = context.output.counter('Checked', 'records');
  const options = {
    signal: context.io.signal,
    clock: () => new Date(context.now()),
    onProgress: (records: number) => {
      counter.update(records);
    },
  };
  return checkExport(file, options).finally(() => {
    counter.stop();
  });
}

/** Holds the export to every checkpoint of its ledger that somebody kept. */
async function assertKnown(check: ExportCheck, files: readonly string[]): Promise<void> {
  const { assertReaches } = await import('@carbon-ledger/gateway-api');
  for (const file of files) await assertReaches(check, (await readCheckpointFile(file)).note);
}

async function carryOver(
  context: Context,
  file: string,
  check: ExportCheck,
  target: { readonly channel: Channel; readonly organisations: OrganisationMap },
): Promise<ImportSummary> {
  const { importLedger } = await import('@carbon-ledger/gateway-api');
  const bar = context.output.progress('Importing', check.trees.records.size, 'records');
  const { ledger, ledgerId } = target.channel;
  return importLedger({
    ...{ ledger, ledgerId, file, check, organisations: target.organisations },
    signer: () => founderSigner(context, check),
    now: () => context.now(),
    signal: context.io.signal,
    onProgress: (records) => {
      bar.update(records);
    },
  }).finally(() => {
    bar.stop();
  });
}

function formatSummary({ from, imported, already, transactions }: ImportSummary, ledger: string): string {
  const counts = `${String(imported)} records came in, ${String(already)} stood there already (${String(transactions)} transactions in all)`;
  return `${counts}\nfrom ledger ${from}\ninto ledger ${ledger}`;
}

async function bring(context: Context, file: string, check: ExportCheck, options: ImportLedgerOptions): Promise<void> {
  const started = new Started();
  try {
    const organisations = parseOrganisations(options.organisation);
    const channel = await openTarget(context, options, started);
    const summary = await carryOver(context, file, check, { channel, organisations });
    await pinPolicy(context, check.header.policy);
    context.output.result({ status: 'imported', ledger: channel.ledgerId, ...summary }, () =>
      formatSummary(summary, channel.ledgerId),
    );
  } finally {
    await started.close();
  }
}

function reportCheck(context: Context, { header: { ledger, founder }, trees }: ExportCheck): void {
  const [records, transactions] = [trees.records.size, trees.transactions.size];
  context.output.result(
    { status: 'checked', ledger, founder, records, transactions },
    () =>
      `in order: ${String(records)} records of ${String(transactions)} transactions\nledger  ${ledger}\nfounder ${founder}`,
  );
}

async function importFile(context: Context, file: string, options: ImportLedgerOptions): Promise<number> {
  const targets = [options.data, options.fabric].filter((one) => one !== undefined);
  if (targets.length !== (options.check === true ? 0 : 1))
    throw new LedgerError('USAGE', 'name one place: --data FOLDER or --fabric PROFILE; or only --check the file');
  let check: ExportCheck;
  try {
    check = await checkFile(context, file);
  } catch (error) {
    if (isLedgerError(error) && error.faults.length > 0) return refuse(context, error);
    throw error;
  }
  try {
    await assertKnown(check, options.known);
    if (options.check === true) reportCheck(context, check);
    else await bring(context, file, check, options);
  } finally {
    await check.close();
  }
  return exitCodes.yes;
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export function registerImportLedger(parent: Command, tool: Tool): void {
  const command = parent
    .command('ledger')
    .description(
      'Carry an exported ledger into a channel that holds none, with original signatures, times and places. The file is checked first, as a whole. Stopped, it goes on where it stopped; run again, it changes nothing. Needs a key of the founder.',
    )
    .argument('<file>', 'the export (carbon-ledger export ledger)')
    .option('--data <folder>', 'folder of a new embedded ledger, not served at the moment')
    .option('--fabric <profile>', "channel of a Fabric network: gateway profile of one's own organisation")
    .option(
      '--organisation <earlier=new>',
      'organisations of the channel whose gateways may submit for parties that name an earlier one; may be repeated',
      collect,
      [],
    )
    .option(
      '--known <file>',
      'receipt or checkpoint of the exported ledger that somebody kept: the export must reach it; may be repeated',
      collect,
      [],
    )
    .option('--check', 'check the file and do nothing else')
    .action(function (this: Command, file: string, options: ImportLedgerOptions) {
      return tool.run(this, (context) => importFile(context, file, options));
    });
  withExample(
    command,
    'carbon-ledger import ledger pilot.jsonl --check',
    'carbon-ledger import ledger pilot.jsonl --fabric gateway.json --organisation EmbeddedMSP=RegulatorMSP,EnterpriseMSP',
  );
}
