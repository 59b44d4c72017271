import { createHash } from 'node:crypto';
import path from 'node:path';
import { LedgerError, sources, type InputRow, type ReconciledFile, type Source } from '@carbon-ledger/core';
import {
  exchangeColumns,
  readExchange,
  readWorkbook,
  sourceOf,
  type ExchangeProfile,
  type SheetNote,
} from '@carbon-ledger/spreadsheets';
import { readBytes, readJsonFile } from '../files/read-file';
import { inShape } from '../files/shape';
import { z } from 'zod';

/** A file of one of the three sides; which one is told by its headers where it is not said. */
export interface ExchangeFile {
  readonly path: string;
  readonly source?: Source;
}

export interface ReadFiles {
  /** Given away by who reconciles them: a hundred thousand of them are not kept beside their answers. */
  readonly rows: InputRow[];
  readonly files: readonly ReconciledFile[];
  readonly notes: readonly (SheetNote & { readonly file: string })[];
}

const profileSchema = z.partialRecord(
  z.enum(['cancellations', 'bookings', 'applications']),
  z.record(z.string(), z.string()),
);

/** @throws LedgerError USAGE for a profile that names columns which the files do not have */
export async function readProfile(file: string | undefined): Promise<ExchangeProfile> {
  if (file === undefined) return {};
  const profile = inShape(profileSchema, await readJsonFile(file), `${file} is no profile of columns`, 'USAGE');
  for (const source of sources) {
    const known = exchangeColumns(source);
    const unknown = Object.keys(profile[source] ?? {}).filter((id) => !known.includes(id));
    if (unknown.length > 0)
      throw new LedgerError(
        'USAGE',
        `${file}: ${source} has no column ${unknown.join(', ')}; it has ${known.join(', ')}`,
      );
  }
  return profile;
}

async function readOne(
  file: ExchangeFile,
  profile: ExchangeProfile,
): Promise<{
  readonly rows: readonly InputRow[];
  readonly file: ReconciledFile;
  readonly notes: readonly SheetNote[];
}> {
  const name = path.basename(file.path);
  const bytes = await readBytes(file.path);
  const workbook = readWorkbook(bytes, name);
  const source = file.source ?? sourceOf(workbook, profile);
  if (source === undefined)
    throw new LedgerError(
      'COLUMN_MISSING',
      `${name}: its headers are of no exchange file that is known; say which one it is, or give a --profile`,
    );
  const { rows, notes } = readExchange(workbook, source, name, profile);
  const sha256 = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { rows, notes, file: { source, name, sha256, rows: rows.length } };
}

/** Reads all files. @throws LedgerError where one cannot be read, or two have the same name */
export async function readFiles(
  files: readonly ExchangeFile[],
  profile: ExchangeProfile,
  onFile: (done: number) => void,
): Promise<ReadFiles> {
  const read = [];
  for (const file of files) {
    read.push(await readOne(file, profile));
    onFile(read.length);
  }
  assertNames(read.map(({ file }) => file.name));
  return {
    rows: read.flatMap(({ rows }) => rows),
    files: read.map(({ file }) => file).sort(byName),
    notes: read.flatMap(({ file, notes }) => notes.map((note) => ({ file: file.name, ...note }))),
  };
}

function byName(one: ReconciledFile, other: ReconciledFile): number {
  return one.name < other.name ? -1 : Number(one.name > other.name);
}

/** The report names rows by their file. */
function assertNames(names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new LedgerError('USAGE', `two files are named ${twice}: give them different names`);
}
