import {
  assertOpens,
  cellsOf,
  consequencesOf,
  findTwins,
  InspectedRecords,
  isLedgerError,
  matchFiles,
  parseOpening,
  type AnchoredDocument,
  type AnchoredRecord,
  type Consequences,
  type FileVerdict,
  type MatchedFile,
  type TableCell,
  type Twins,
} from '@carbon-ledger/core';
import { readJsonFile } from '../files/read-file';
import { isRead, walkEvidence, type ReadableFile, type UnreadFile } from './folder';
import { comparePdf, isPdf } from './pdf';
import type { InspectedExtent } from '@carbon-ledger/client-sdk';
import { cellsOfTable, isTable } from './tables';

/** How it was found out where a file was changed. */
type Compared =
  /** With the opening that the party kept: each cell is proved to be the one that was anchored. */
  | 'opening'
  /** With a copy of what was anchored. */
  | 'own-copy'
  /** Neither is here: only the whole file can be compared. */
  | 'whole-file';

export interface CheckedFile {
  readonly path: string;
  readonly verdict: FileVerdict;
  readonly sha256?: string;
  readonly size?: number;
  /** The record that names it, and under which name and digest. */
  readonly key?: string;
  readonly record?: string;
  readonly anchoredName?: string;
  readonly anchoredSha256?: string;
  readonly anchoredAt?: string;
  readonly compared?: Compared;
  /** What differs in a document that is no table: pages, text. */
  readonly differs?: readonly string[];
  readonly cells?: Consequences['cells'];
  readonly impact?: Consequences['impact'];
  /** Why it was not looked at, or compared no further. */
  readonly why?: string;
}

export interface FolderCheck {
  readonly counts: Readonly<Record<FileVerdict | 'missing' | 'twins', number>>;
  readonly files: readonly CheckedFile[];
  readonly missing: readonly {
    readonly key: string;
    readonly record: string;
    readonly name: string;
    readonly sha256: string;
  }[];
  readonly twins: readonly Twins[];
}

export interface CheckInput {
  readonly records: readonly AnchoredRecord[];
  readonly extent: InspectedExtent;
  readonly places: readonly string[];
  /** Files with openings of cells, and folders with the party's own copies. */
  readonly openings: readonly string[];
  readonly own: readonly string[];
  readonly progress?: (files: number) => void;
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

async function walked(places: readonly string[], progress: CheckInput['progress']): Promise<Walk> {
  const walk: Walk = { files: [], unread: [] };
  for await (const one of walkEvidence(places)) {
    if (isRead(one)) walk.files.push(one);
    else walk.unread.push(one);
    progress?.(walk.files.length);
  }
  return walk;
}

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
    try {
      if (isPdf(of.document.name)) return await this.#pages(of, file);
      if (!isTable(file.name, file.size))
        return { compared: 'whole-file', why: 'a file of this kind is compared whole' };
      return await this.#cells(of, file);
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      return { compared: 'whole-file', why: error.message };
    }
  }

  async #pages({ document }: AnchoredDocument, file: ReadableFile): Promise<Partial<CheckedFile>> {
    const copy = this.#originals.copy(document.sha256);
    const differs = await comparePdf(copy && (await copy.read()), await file.read(), document.size);
    return copy === undefined ? { compared: 'whole-file', differs, why: wholeOnly } : { compared: 'own-copy', differs };
  }

  async #cells(of: AnchoredDocument, file: ReadableFile): Promise<Partial<CheckedFile>> {
    const { sha256 } = of.document;
    const found = cellsOfTable(await file.read());
    if (found === undefined) return { compared: 'whole-file', why: 'it cannot be read as a table' };
    const opened = this.#originals.opened(sha256);
    const copy = this.#originals.copy(sha256);
    const anchored = opened ?? (copy && cellsOfTable(await copy.read()));
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

/** Compares a folder or stick with what was anchored of some plants. The same folder and records give the same answer, byte for byte. */
export async function checkFolder(input: CheckInput): Promise<FolderCheck> {
  const records = new InspectedRecords(input.records);
  const { plants, years } = input.extent;
  const documents = records.documents(new Set(plants), new Set(years));
  const here = await walked(input.places, input.progress);
  const beside = await walked(input.own, undefined);
  const originals = new Originals();
  for (const file of input.openings) await originals.addOpening(file, documents);
  for (const file of [...beside.files, ...here.files]) originals.addCopy(file);
  const matched = matchFiles(here.files, documents);
  const check = new Check(records, originals);
  const files: CheckedFile[] = here.unread.map(({ path, why }) => ({ path, verdict: 'unreadable', why }));
  for (const [index, one] of matched.files.entries()) {
    const readable = here.files[index];
    if (readable !== undefined) files.push(await check.checked(one, readable));
  }
  const own = records.all.filter(({ record }) => plants.includes(record.subject.uscc));
  const twins = findTwins(own, matched.files);
  const missing = matched.missing.map(({ key, anchored, document: { name, sha256 } }) => ({
    ...{ key, record: anchored.id, name, sha256 },
  }));
  return { counts: countsOf(files, missing.length, twins.length), files: files.sort(inOrder), missing, twins };
}
