import { tmpdir } from 'node:os';
import {
  assertOpens,
  cellsOf,
  consequencesOf,
  findTwins,
  InspectedRecords,
  isLedgerError,
  matchFiles,
  parseOpening,
  systemReason,
  type AnchoredDocument,
  type AnchoredRecord,
  type CheckedFile,
  type Compared,
  type FileVerdict,
  type FolderCheck,
  type MatchedFile,
  type TableCell,
} from '@carbon-ledger/core';
import { readJsonFile } from '../files/read-file';
import { EvidenceFolders, isRead, type ReadableFile, type UnreadFile } from './folder';
import { comparePdf, isPdf } from './pdf';
import type { InspectedExtent } from '@carbon-ledger/client-sdk';
import { tableCells } from '@carbon-ledger/spreadsheets';
import { isTable } from './tables';

export interface CheckInput {
  readonly records: readonly AnchoredRecord[];
  readonly extent: InspectedExtent;
  readonly places: readonly string[];
  /** Files with openings of cells, and folders with the party's own copies. */
  readonly openings: readonly string[];
  readonly own: readonly string[];
  /** Where archives inside archives are unpacked; the system's place for such where it is not said. */
  readonly scratch?: string;
  readonly looked?: (files: number) => void;
  /** Of the files that were changed: how many were compared further. */
  readonly compared?: (files: number) => void;
}

/** Openings and copies of what was anchored, by the digest of the file. */
class Originals {
  readonly #openings = new Map<string, TableCell[]>();
  readonly #copies = new Map<string, ReadableFile>();

  async addOpening(file: string, documents: readonly AnchoredDocument[]): Promise<void> {
    const opening = parseOpening(await readJsonFile(file));
    const committed = documents.find(({ document }) => document.sha256 === opening.document.sha256)?.document.cells;
    if (committed === undefined) return;
    assertOpens(opening, committed);
    this.#openings.set(opening.document.sha256, cellsOf(opening));
  }

  addCopy(file: ReadableFile): void {
    if (!this.#copies.has(file.sha256)) this.#copies.set(file.sha256, file);
  }

  opened(sha256: string): TableCell[] | undefined {
    return this.#openings.get(sha256);
  }

  copy(sha256: string): ReadableFile | undefined {
    return this.#copies.get(sha256);
  }
}

interface Walk {
  readonly files: ReadableFile[];
  readonly unread: UnreadFile[];
}

async function walked(
  folders: EvidenceFolders,
  places: readonly string[],
  looked: CheckInput['looked'],
): Promise<Walk> {
  const walk: Walk = { files: [], unread: [] };
  for await (const one of folders.walk(places)) {
    if (isRead(one)) walk.files.push(one);
    else walk.unread.push(one);
    looked?.(walk.files.length);
  }
  return walk;
}

/** As large a file is read whole to be compared. */
const mostBytes = 64 * 1024 * 1024;

const wholeOnly =
  'only the whole file can be compared: give the opening of its cells, or the party’s own copy of what was anchored';

class Check {
  readonly #records: InspectedRecords;
  readonly #originals: Originals;

  constructor(records: InspectedRecords, originals: Originals) {
    this.#records = records;
    this.#originals = originals;
  }

  async checked({ file, verdict, of }: MatchedFile, readable: ReadableFile): Promise<CheckedFile> {
    const base = { path: file.path, verdict, sha256: file.sha256, size: file.size };
    if (of === undefined) return base;
    const { anchored, key, document } = of;
    const about = {
      ...{ key, record: anchored.id, anchoredName: document.name, anchoredSha256: document.sha256 },
      anchoredAt: anchored.anchoredAt,
    };
    const more = verdict === 'changed' ? await this.#where(of, readable) : {};
    return { ...base, ...about, ...more };
  }

  async #where(of: AnchoredDocument, file: ReadableFile): Promise<Partial<CheckedFile>> {
    if (file.size > mostBytes) return { compared: 'whole-file', why: 'it is larger than 64 MB: it is compared whole' };
    try {
      if (isPdf(of.document.name)) return await this.#pages(of, file);
      if (!isTable(file.name, file.size))
        return { compared: 'whole-file', why: 'a file of this kind is compared whole' };
      return await this.#cells(of, file);
    } catch (error) {
      return { compared: 'whole-file', why: isLedgerError(error) ? error.message : systemReason(error) };
    }
  }

  async #pages({ document }: AnchoredDocument, file: ReadableFile): Promise<Partial<CheckedFile>> {
    const copy = this.#originals.copy(document.sha256);
    const differs = await comparePdf(copy && (await copy.read()), await file.read(), document.size);
    return copy === undefined ? { compared: 'whole-file', differs, why: wholeOnly } : { compared: 'own-copy', differs };
  }

  async #cells(of: AnchoredDocument, file: ReadableFile): Promise<Partial<CheckedFile>> {
    const { sha256 } = of.document;
    const found = tableCells(await file.read());
    if (found === undefined) return { compared: 'whole-file', why: 'it cannot be read as a table' };
    const opened = this.#originals.opened(sha256);
    const copy = this.#originals.copy(sha256);
    const anchored = opened ?? (copy && tableCells(await copy.read()));
    if (anchored === undefined) return { compared: 'whole-file', why: wholeOnly };
    const compared: Compared = opened === undefined ? 'own-copy' : 'opening';
    return { compared, ...(await consequencesOf(this.#records, of, { anchored, found })) };
  }
}

function countsOf(files: readonly CheckedFile[], missing: number, twins: number): FolderCheck['counts'] {
  const counts: Record<FileVerdict | 'missing' | 'twins', number> = {
    ...{ same: 0, 'other-name': 0, 'no-longer-stands': 0, changed: 0, ambiguous: 0 },
    ...{ 'not-anchored': 0, unreadable: 0, missing, twins },
  };
  for (const { verdict } of files) counts[verdict] += 1;
  return counts;
}

function inOrder(a: CheckedFile, b: CheckedFile): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}

/** Answers to every file that was read; what a changed one rests on is looked into one file after the other. */
async function answers(
  check: Check,
  matched: readonly MatchedFile[],
  files: readonly ReadableFile[],
  compared: CheckInput['compared'],
): Promise<CheckedFile[]> {
  const found: CheckedFile[] = [];
  let done = 0;
  for (const [index, one] of matched.entries()) {
    const readable = files[index];
    if (readable !== undefined) found.push(await check.checked(one, readable));
    if (one.verdict === 'changed') compared?.(++done);
  }
  return found;
}

async function originalsOf(
  input: CheckInput,
  documents: readonly AnchoredDocument[],
  files: readonly ReadableFile[],
): Promise<Originals> {
  const originals = new Originals();
  for (const file of input.openings) await originals.addOpening(file, documents);
  for (const file of files) originals.addCopy(file);
  return originals;
}

async function checkIn(folders: EvidenceFolders, input: CheckInput): Promise<FolderCheck> {
  const records = new InspectedRecords(input.records);
  const { plants, years } = input.extent;
  const documents = records.documents(new Set(plants), new Set(years));
  const here = await walked(folders, input.places, input.looked);
  const beside = await walked(folders, input.own, undefined);
  const originals = await originalsOf(input, documents, [...beside.files, ...here.files]);
  const matched = matchFiles(here.files, documents);
  const unread = here.unread.map(({ path, why }): CheckedFile => ({ path, verdict: 'unreadable', why }));
  const read = await answers(new Check(records, originals), matched.files, here.files, input.compared);
  const files = [...unread, ...read].sort(inOrder);
  const own = records.all.filter(({ record }) => plants.includes(record.subject.uscc));
  const twins = findTwins(own, matched.files);
  const missing = matched.missing.map(({ key, anchored, document: { name, sha256 } }) => ({
    ...{ key, record: anchored.id, name, sha256 },
  }));
  return { counts: countsOf(files, missing.length, twins.length), files, missing, twins };
}

/** Compares a folder or stick with what was anchored of some plants. The same folder and records give the same answer, byte for byte. */
export async function checkFolder(input: CheckInput): Promise<FolderCheck> {
  const folders = new EvidenceFolders(input.scratch ?? tmpdir());
  try {
    return await checkIn(folders, input);
  } finally {
    await folders.close();
  }
}
