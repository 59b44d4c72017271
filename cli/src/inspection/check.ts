import { tmpdir } from 'node:os';
import {
  findTwins,
  InspectedRecords,
  matchFiles,
  type AnchoredDocument,
  type AnchoredRecord,
  type CheckedFile,
  type FileVerdict,
  type FolderCheck,
  type MatchedFile,
} from '@carbon-ledger/core';
import type { InspectedExtent } from '@carbon-ledger/client-sdk';
import { EvidenceFolders, isRead, type ReadableFile, type UnreadFile } from './folder';
import { Originals } from './originals';
import { whyInDoubt } from '../verification/why-in-doubt';
import { WhereChanged } from './where-changed';

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

interface Walk {
  readonly files: readonly ReadableFile[];
  readonly unread: readonly UnreadFile[];
}

/** Programs take the first or the last of two files of an archive that have one name, or ask. */
const twice = 'the archive has several files of this name';

function notedTwice(files: readonly ReadableFile[]): ReadableFile[] {
  const folded = ({ path }: ReadableFile): string => path.normalize('NFC').toLowerCase();
  const counts = new Map<string, number>();
  for (const file of files) counts.set(folded(file), (counts.get(folded(file)) ?? 0) + 1);
  const isTwice = (file: ReadableFile): boolean => file.isArchived === true && (counts.get(folded(file)) ?? 0) > 1;
  return files.map((file) => (isTwice(file) ? { ...file, note: [file.note ?? [], twice].flat().join('; ') } : file));
}

async function walked(
  folders: EvidenceFolders,
  places: readonly string[],
  looked: CheckInput['looked'],
): Promise<Walk> {
  const files: ReadableFile[] = [];
  const unread: UnreadFile[] = [];
  for await (const one of folders.walk(places)) {
    if (isRead(one)) files.push(one);
    else unread.push(one);
    looked?.(files.length);
  }
  return { files: notedTwice(files), unread };
}

/** What is said of a file beside its answer. */
function whyOf({ closed, note }: ReadableFile, more: string | undefined): { why?: string } {
  const told = [more, closed, note].filter((one) => one !== undefined);
  return told.length === 0 ? {} : { why: told.join('; ') };
}

/** An archive that nobody anchored as one is no evidence: what is in it is, or it is not known what that is. */
function answerOf(verdict: FileVerdict, { isOpened, closed }: ReadableFile): FileVerdict {
  if (verdict !== 'not-anchored') return verdict;
  if (closed !== undefined) return 'unreadable';
  return isOpened === true ? 'archive' : verdict;
}

interface Answering {
  readonly records: InspectedRecords;
  readonly where: WhereChanged;
}

async function checked(
  { records, where }: Answering,
  { file, verdict, of }: MatchedFile,
  readable: ReadableFile,
): Promise<CheckedFile> {
  const { path, sha256, size } = file;
  const base = { path, verdict: answerOf(verdict, readable), sha256, size };
  if (of === undefined) return { ...base, ...whyOf(readable, undefined) };
  const { anchored, key, document } = of;
  const about = {
    ...{ key, record: anchored.id, anchoredName: document.name, anchoredSha256: document.sha256 },
    anchoredAt: anchored.anchoredAt,
  };
  const isInDoubt = verdict === 'no-longer-stands' || verdict === 'questioned';
  const doubt = isInDoubt ? await whyInDoubt(records, of) : undefined;
  const more = verdict === 'changed' ? await where.of(of, readable) : {};
  const why = doubt ?? more.why;
  return { ...base, ...about, ...more, ...whyOf(readable, why) };
}

function countsOf(files: readonly CheckedFile[], missing: number, twins: number): FolderCheck['counts'] {
  const counts: Record<FileVerdict | 'missing' | 'twins', number> = {
    ...{ same: 0, 'other-name': 0, 'no-longer-stands': 0, questioned: 0, changed: 0, ambiguous: 0 },
    ...{ 'not-anchored': 0, archive: 0, unreadable: 0, missing, twins },
  };
  for (const { verdict } of files) counts[verdict] += 1;
  return counts;
}

function inOrder(a: CheckedFile, b: CheckedFile): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}

/** Answers to every file that was read; what a changed one rests on is looked into one file after the other. */
async function answers(
  answering: Answering,
  matched: readonly MatchedFile[],
  files: readonly ReadableFile[],
  compared: CheckInput['compared'],
): Promise<CheckedFile[]> {
  const found: CheckedFile[] = [];
  let done = 0;
  for (const [index, one] of matched.entries()) {
    const readable = files[index];
    if (readable !== undefined) found.push(await checked(answering, one, readable));
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
  const answering = { records, where: new WhereChanged(records, originals) };
  const read = await answers(answering, matched.files, here.files, input.compared);
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
