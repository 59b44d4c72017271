import {
  canonicalize,
  LedgerError,
  openCells,
  parseCellProof,
  parseOpening,
  proveCell,
  verifyCell,
  type CellsCommitment,
} from '@carbon-ledger/core';
import type { Command } from 'commander';
import { checkFolder } from '../inspection/check';
import { hashFile, isHashed } from '../files/hash-file';
import { findPlace } from '../files/place';
import { readBytes, readJsonFile } from '../files/read-file';
import { writeWhole } from '../files/write-file';
import { inspectionSource, type SourceOptions } from '../inspection/source';
import { tableCells } from '@carbon-ledger/spreadsheets';
import { seedOf } from '../inspection/tables';
import { formatCheck } from '../inspection/words';
import { trialKeys } from '../keys/party-keys';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
import { noteStanding } from '../verification/standing';
import { stands } from '../verification/stands';
import { withExample, type Tool } from '../tool';

export const collect = (value: string, before: readonly string[]): string[] => [...before, value];

/** Whose records are looked at, from a pack or the service. */
export function withSource(command: Command): Command {
  return command
    .option('--pack <file>', 'a pack that was taken along: nothing is asked of the network')
    .option('--policy <file>', 'the pinned policy under which the pack is checked')
    .option('--plant <USCC>', 'a plant; may be repeated', collect, [])
    .option('--year <YYYY>', 'a year; may be repeated', collect, [])
    .option('--trial-keys', 'act with the trial key of the party (trial ledgers only)');
}

interface CheckOptions extends SourceOptions {
  readonly opening: readonly string[];
  readonly own: readonly string[];
  readonly output?: string;
}

async function check(context: Context, places: readonly string[], options: CheckOptions): Promise<number> {
  const { records, extent } = await inspectionSource(context, options);
  const [looking, comparing] = ['Looking at files:', 'Comparing what was changed:'].map((title) =>
    context.output.counter(title, 'files'),
  );
  const found = await checkFolder({
    ...{ records, extent, places, openings: options.opening, own: options.own },
    looked: (files) => looking?.update(files),
    compared: (files) => comparing?.update(files),
  }).finally(() => {
    looking?.stop();
    comparing?.stop();
  });
  if (options.output !== undefined) await writeWhole(options.output, canonicalize(found), { isPrivate: true });
  context.output.result(found, () => formatCheck(found));
  const { same, unreadable, ...others } = { ...found.counts, archive: 0 };
  if (Object.values(others).some((count) => count > 0)) return exitCodes.no;
  return unreadable > 0 || same === 0 ? exitCodes.cannotTell : exitCodes.yes;
}

interface OpeningOptions {
  readonly output: string;
  readonly trialKeys?: boolean;
}

/** From the party's key and its own file: the same opening every time. */
async function opening(context: Context, file: string, options: OpeningOptions): Promise<number> {
  const party = context.requireParty();
  const keys = options.trialKeys === true ? trialKeys : context.partyKeys();
  const hashed = await hashFile(await findPlace(file));
  if (!isHashed(hashed)) throw new LedgerError('FILE_UNREADABLE', `${file} cannot be read: ${hashed.error}`);
  const cells = tableCells(await readBytes(file));
  if (cells === undefined) throw new LedgerError('SHEET_UNREADABLE', `${file} is no table`);
  const { sha256, name } = hashed;
  const opened = openCells({ name, sha256 }, seedOf(await keys.saltsOf(party), sha256), cells);
  await writeWhole(options.output, canonicalize(opened), { isPrivate: true });
  context.output.result({ file: options.output, root: opened.root, cells: cells.length }, () => `root  ${opened.root}`);
  return exitCodes.yes;
}

async function openCell(context: Context, file: string, cell: string, options: OpeningOptions): Promise<number> {
  const at = cell.lastIndexOf('!');
  if (at < 1) throw new LedgerError('USAGE', `${cell}: write SHEET!B7, of a CSV file CSV!B7`);
  const proof = proveCell(parseOpening(await readJsonFile(file)), cell.slice(0, at), cell.slice(at + 1));
  await writeWhole(options.output, canonicalize(proof), { isPrivate: true });
  context.output.result(proof, () => `${cell}  ${proof.text}`);
  return exitCodes.yes;
}

async function verifyOpened(context: Context, file: string, record: string): Promise<number> {
  const proof = parseCellProof(await readJsonFile(file));
  const found = await (await context.service()).recordNamed(record);
  const committed: CellsCommitment | undefined = found.record.documents.find(
    ({ sha256 }) => sha256 === proof.document,
  )?.cells;
  if (committed === undefined) throw new LedgerError('NOT_FOUND', `${record} commits to no cells of this document`);
  const holds = verifyCell(proof, committed);
  const { status, doubts } = found;
  const { sheet, cell, text } = proof;
  const told = { holds, sheet, cell, text, document: proof.document, record: found.id, status, doubts };
  context.output.result(told, () => plainText(`${holds ? 'PASS' : 'FAIL'}  ${sheet}!${cell}  ${text}`));
  // It stood in the table; whether the record that names the table still stands is the question.
  noteStanding(context, found);
  return holds && stands(found) ? exitCodes.yes : exitCodes.no;
}

/** Folders, and single cells of tables. */
export function registerChecks(parent: Command, tool: Tool): void {
  const checking = withSource(
    parent
      .command('check')
      .summary('compare a folder or stick with what was anchored')
      .description(
        'Compare every file of a folder or stick, also inside zip archives, with what was anchored of the plants: the same, changed and where, not anchored by them, missing here, the same under another name, one report under two numbers. Exits 0 where all is the same, 1 where something is not.',
      )
      .argument('<places...>', 'folders and files'),
  )
    .option('--opening <file>', 'opening of a table’s cells, kept by the party; may be repeated', collect, [])
    .option('--own <folder>', 'the party’s own copies of what was anchored; may be repeated', collect, [])
    .option('-o, --output <file>', 'where to write the answer, for the report')
    .action(function (this: Command, places: string[], options: CheckOptions) {
      return tool.run(this, (context) => check(context, places, options));
    });
  withExample(checking, 'carbon-ledger inspect check /media/stick --pack flight.pack -o check.json');
  withExample(
    parent
      .command('opening')
      .summary('the opening of a table’s cells, for the inspector')
      .description(
        'Write the opening of a table that was anchored: made from the party’s key and its own file, the same every time. Whoever has it sees every cell.',
      )
      .argument('<file>', 'the table as it was anchored')
      .requiredOption('-o, --output <file>', 'where to write it')
      .option('--trial-keys', 'act with the trial key of the party (trial ledgers only)')
      .action(function (this: Command, file: string, options: OpeningOptions) {
        return tool.run(this, (context) => opening(context, file, options));
      }),
    'carbon-ledger inspect opening daily.csv -o opening.json --as 91140000MA0FAKE01X',
  );
  withExample(
    parent
      .command('open-cell')
      .summary('open one cell of a table, and nothing else')
      .argument('<opening>', 'the opening')
      .argument('<cell>', 'SHEET!B7; of a CSV file CSV!B7')
      .requiredOption('-o, --output <file>', 'where to write the proof')
      .action(function (this: Command, file: string, cell: string, options: OpeningOptions) {
        return tool.run(this, (context) => openCell(context, file, cell, options));
      }),
    'carbon-ledger inspect open-cell opening.json CSV!B33 -o cell.json',
  );
  withExample(
    parent
      .command('verify-cell')
      .summary('check that a cell stood in the table that was anchored')
      .argument('<proof>', 'the proof of the cell')
      .requiredOption('--record <record>', 'the record that names the table')
      .action(function (this: Command, file: string, options: { readonly record: string }) {
        return tool.run(this, (context) => verifyOpened(context, file, options.record));
      }),
    'carbon-ledger inspect verify-cell cell.json --record 91140000MA0FAKE01X/U1/2024-06/monthly-evidence',
  );
}
