import { assertNoFaults, isLedgerError } from '@carbon-ledger/core';
import {
  attachmentFaults,
  isSectorYear,
  parseOwnPart,
  parsePlantYear,
  parseSectorYear,
  type WaitingRecord,
} from '@carbon-ledger/plant-year';
import type { Command } from 'commander';
import { parseUrl, type Context } from '../context';
import { encodingHelp, parseEncoding } from '../files/encoding';
import { readJsonFile } from '../files/read-file';
import { registerImportLedger } from './import-ledger';
import { readDocuments, saltsFrom, type SaltsOf, type ManifestDocuments } from '../importing/documents';
import { formatAlready, isWhole } from '../importing/already';
import { Gateways } from '../importing/gateways';
import { importPlantYear } from '../importing/import-plant-year';
import type { ImportSummary } from '../importing/run';
import { formatTotals, readPlantTotals, type PlantTotals } from '../importing/plant-totals';
import { ownPartFile, plantYearFile, sectorYearFile, type YearFile } from '../importing/year-file';
import { trialKeys } from '../keys/party-keys';
import { exitCodes } from '../output/problem';
import { refuse } from '../output/refuse';
import type { Progress } from '../output/progress';
import { plainText } from '../output/style';
import { withExample, type Register } from '../tool';

interface ImportCommandOptions {
  readonly documents?: string;
  readonly trialKeys?: boolean;
  readonly mine?: boolean;
  readonly gateway: readonly string[];
  readonly encoding: string;
}

type Documents = ManifestDocuments['documents'];

function formatSummary(summary: ImportSummary, plant: PlantTotals): string {
  return [
    `anchored ${String(summary.anchored)} records in ${String(summary.submissions)} submissions; ${String(summary.already)} stood there already`,
    ...formatAlready(summary),
    ...formatWaiting(summary.waiting),
    ...formatTotals(plant),
  ].join('\n');
}

/** Keys that are named of one record's; the others are counted. */
const MOST_NAMED = 3;

function formatWaiting(waiting: readonly WaitingRecord[]): string[] {
  return waiting.map(({ key, for: others }) => {
    const rest = others.length > MOST_NAMED ? ` and ${String(others.length - MOST_NAMED)} more` : '';
    return plainText(`  ${key} waits for ${others.slice(0, MOST_NAMED).join(', ')}${rest}`);
  });
}

async function openGateways(context: Context, file: YearFile, options: ImportCommandOptions): Promise<Gateways> {
  const service = await context.service({
    reader: file.enterprise,
    trialKeys: options.trialKeys === true,
    registered: false,
  });
  return Gateways.open(
    service,
    options.gateway.map((url) => service.at(parseUrl(url))),
  );
}

/** @throws LedgerError BAD_FILE for documents that cannot belong to the records that the manifest gives them to */
async function fittingDocuments(
  context: Context,
  file: Parameters<typeof attachmentFaults>[0],
  folder: string | undefined,
  saltsOf: SaltsOf,
): Promise<Documents> {
  if (folder === undefined) return new Map();
  const { documents, attachments } = await readDocuments(folder, saltsOf);
  assertNoFaults('BAD_FILE', attachmentFaults(file, attachments), `${folder}: documents of other records`);
  for (const { name, key, text } of attachments)
    if (text === null)
      context.output.note(
        plainText(`${name} of ${key} cannot be looked into: whether it is of this unit and month is not known.`),
      );
  return documents;
}

/**
 * Whose records are anchored. A trial's parties have keys that anybody can make; anywhere else nobody signs for another,
 * whatever keys lie here.
 */
async function mineOf(
  context: Context,
  gateways: Gateways,
  { mine }: ImportCommandOptions,
): Promise<string | undefined> {
  const { trial } = await gateways.main.ledger();
  return trial && mine !== true ? undefined : context.requireParty();
}

async function anchorFile(
  context: Context,
  file: YearFile,
  documents: Documents,
  options: ImportCommandOptions,
): Promise<number> {
  let bar: Progress | undefined;
  let gateways: Gateways | undefined;
  const open = async (): Promise<Gateways> => (gateways = await openGateways(context, file, options));
  const mine = await mineOf(context, await open(), options);
  const summary = await importPlantYear(open, file, {
    mine,
    trial: options.trialKeys === true,
    documents,
    now: () => context.now(),
    signal: context.io.signal,
    onProgress: (done, total) => {
      bar ??= context.output.progress('Anchoring', total, 'records');
      bar.update(done);
    },
  }).finally(() => bar?.stop());
  const { main } = gateways ?? (await open());
  const plant = await readPlantTotals(main, file.enterprise, file.market.year);
  context.output.result({ status: 'imported', ...summary, plant }, () => formatSummary(summary, plant));
  return isWhole(summary) ? exitCodes.yes : exitCodes.no;
}

interface ReadYear {
  readonly file: YearFile;
  readonly documents: Documents;
}

async function readYear(
  context: Context,
  value: unknown,
  { documents: folder, mine }: ImportCommandOptions,
  saltsOf: SaltsOf,
): Promise<ReadYear> {
  if (isSectorYear(value)) {
    const sector = parseSectorYear(value);
    return { file: sectorYearFile(sector), documents: await fittingDocuments(context, sector, folder, saltsOf) };
  }
  const own = mine === true ? parseOwnPart(value, context.requireParty()) : undefined;
  const plant = own?.file ?? parsePlantYear(value);
  const documents = await fittingDocuments(context, plant, folder, saltsOf);
  return { file: own === undefined ? plantYearFile(plant) : ownPartFile(own), documents };
}

async function importFile(context: Context, path: string, options: ImportCommandOptions): Promise<number> {
  const value = await readJsonFile(path, parseEncoding(options.encoding));
  const keys = options.trialKeys === true ? trialKeys : context.partyKeys();
  const saltsOf = saltsFrom(keys);
  try {
    const { file, documents } = await readYear(context, value, options, saltsOf);
    return await anchorFile(context, file, documents, options);
  } catch (error) {
    if (isLedgerError(error) && error.faults.length > 0) return refuse(context, error);
    throw error;
  }
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export const registerImport: Register = (program, tool) => {
  const parent = program
    .command('import')
    .summary('anchor a whole plant-year, or carry a whole ledger over')
    .description('Bring the records of a file in: a plant-year, or the export of another ledger.');
  const command = parent
    .command('plant-year')
    .description(
      'Anchor a plant-year file, or a sector-year file of any methodology, each record signed by its own party, in few large submissions. Run twice, nothing is doubled. A file with faults is refused with all of them, and nothing is anchored.',
    )
    .argument('<file>', 'the plant-year file')
    .option('--documents <folder>', 'folder with the documents and a manifest.json that says whose they are')
    .option(
      '--gateway <url>',
      "gateway of another organisation; each party's records go through its own; may be repeated",
      collect,
      [],
    )
    .option('--encoding <name>', encodingHelp, 'utf-8')
    .option(
      '--mine',
      "only the records of the party of --as, of a file that may hold its part alone, as far as the year has come; on a production ledger nobody's records but these are anchored",
    )
    .option('--trial-keys', 'make parties and keys as needed (trial ledgers only)')
    .action(function (this: Command, file: string, options: ImportCommandOptions) {
      return tool.run(this, (context) => importFile(context, file, options));
    });
  withExample(command, 'carbon-ledger import plant-year plant-2024.json --documents files --trial-keys');
  registerImportLedger(parent, tool);
  withExample(parent, 'carbon-ledger import plant-year plant-2024.json --trial-keys');
};
