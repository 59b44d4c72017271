import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  assertNoFaults,
  folderFiles,
  isLedgerError,
  LedgerError,
  methodologyFolderPattern,
  readMarketFolder,
  readMethodologyFolder,
  type Fault,
  type FolderFile,
  type FolderValues,
  type MarketFolder,
  type MethodologyFolder,
} from '@carbon-ledger/core';
import { readTextFile } from '../files/read-file';
import { readStrictText, type StrictText } from './strict-text';

const endings = ['yaml', 'yml', 'json'] as const;
const maxExtends = 5;

/** A folder with the texts it was read from, so that a fault can name file and line. */
export interface ReadFolder {
  readonly folder: MethodologyFolder;
  /** Turns `/methodology/figures/…` into `methodology.yaml:41 figures/…`. */
  readonly locate: (fault: Fault) => Fault;
}

type Texts = ReadonlyMap<FolderFile, { readonly name: string; readonly text: StrictText }>;

function fileOf(folder: string, file: FolderFile): string | undefined {
  const found = endings.map((ending) => `${file}.${ending}`).filter((name) => existsSync(path.join(folder, name)));
  if (found.length > 1) {
    throw new LedgerError('BAD_METHODOLOGY', `${folder} has both ${found.join(' and ')}: keep one`);
  }
  return found[0];
}

const isData = /\.(?:ya?ml|json)$/i;

/** A file under another name (`vector.yaml`) would silently not be read. */
async function assertNothingElse(folder: string, files: readonly FolderFile[]): Promise<void> {
  const known = new Set(files.flatMap((file) => endings.map((ending) => `${file}.${ending}`)));
  const others = (await readdir(folder)).filter(
    (name) => isData.test(name) && !name.startsWith('.') && !known.has(name),
  );
  const faults = others.sort().map((name): Fault => {
    const message = `is none of the files of this folder, and would not be read: ${files.join(', ')} (.yaml, .yml, .json)`;
    return { path: name, code: 'BAD_METHODOLOGY', message };
  });
  assertNoFaults('BAD_METHODOLOGY', faults, folder);
}

async function readTexts(folder: string, files: readonly FolderFile[]): Promise<Texts> {
  await assertNothingElse(folder, files);
  const texts = new Map<FolderFile, { name: string; text: StrictText }>();
  for (const file of files) {
    const name = fileOf(folder, file);
    if (name === undefined) continue;
    const text = await readStrictText(name, await readTextFile(path.join(folder, name)));
    // A file in which nothing stands yet says as much as none.
    if (text.value !== null || file === 'methodology') texts.set(file, { name, text });
  }
  return texts;
}

function locateIn(texts: Texts): (fault: Fault) => Fault {
  return (fault) => {
    const [, file = '', rest = ''] = /^\/([a-z]+)(\/.*)?$/.exec(fault.path) ?? [];
    const found = texts.get(file as FolderFile);
    if (!found) return fault;
    return { ...fault, path: `${found.name}:${String(found.text.lineOf(rest))} ${rest.slice(1)}`.trimEnd() };
  };
}

async function assertFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new LedgerError('FILE_UNREADABLE', `${folder} is not a folder`);
  if (fileOf(folder, 'methodology') === undefined)
    throw new LedgerError(
      'FILE_UNREADABLE',
      `${folder} has no methodology.yaml (or .json): it is not a methodology folder`,
    );
}

function folderNamed(value: unknown, member: 'extends' | 'market'): string | undefined {
  const name: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;
  // Whatever is no folder beside this one is refused with the other faults of the file, and never opened.
  return typeof name === 'string' && methodologyFolderPattern.test(name) ? name : undefined;
}

const valuesOf = (texts: Texts): FolderValues =>
  Object.fromEntries([...texts].map(([file, { text }]) => [file, text.value]));

/** What a folder's reader finds wrong, with file and line. */
function reading<Folder>(folder: string, locate: ReadFolder['locate'], read: () => Folder): Folder {
  try {
    return read();
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    throw new LedgerError(error.code, `${folder}: ${error.message}`, { faults: error.faults.map(locate) });
  }
}

async function readMarket(folder: string): Promise<MarketFolder> {
  if (fileOf(folder, 'parameters') === undefined)
    throw new LedgerError('FILE_UNREADABLE', `${folder} has no parameters.yaml (or .json): it is not a market folder`);
  const texts = await readTexts(folder, ['parameters', 'glossary']);
  return reading(folder, locateIn(texts), () => readMarketFolder(valuesOf(texts)));
}

/**
 * Reads a methodology folder, what it extends, and the market folder that it names.
 * @throws LedgerError BAD_METHODOLOGY with file and line of every fault, FILE_UNREADABLE
 */
export async function readFolder(folder: string, depth = 0): Promise<ReadFolder> {
  await assertFolder(folder);
  if (depth > maxExtends) throw new LedgerError('BAD_METHODOLOGY', `${folder}: folders extend each other in a circle`);
  const texts = await readTexts(folder, folderFiles);
  const about = texts.get('methodology')?.text.value;
  const [extended, shared] = [folderNamed(about, 'extends'), folderNamed(about, 'market')];
  const base = extended === undefined ? undefined : await readFolder(path.join(folder, extended), depth + 1);
  const market = shared === undefined ? undefined : await readMarket(path.join(folder, shared));
  const locate = locateIn(texts);
  return {
    folder: reading(folder, locate, () => readMethodologyFolder(valuesOf(texts), base?.folder, market)),
    locate,
  };
}
