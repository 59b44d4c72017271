import { rowsOfFile } from '../provenance/rows-of-file';
import type { AnchoredDocument } from './ledger';

/** A file of a folder, or inside an archive of it. */
export interface FoundFile {
  /** As a person reads it; a file inside an archive as `archive.zip » folder/file.pdf`. */
  readonly path: string;
  /** Its last part. */
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

export const fileVerdicts = {
  same: { en: 'anchored and the same', zh: '已存证且一致' },
  'other-name': { en: 'the same content under another name', zh: '内容一致，文件名不同' },
  'no-longer-stands': { en: 'the same, but its record does not stand any more', zh: '一致，但记录已失效' },
  questioned: { en: 'the same, but its record is in doubt', zh: '一致，但记录存疑' },
  changed: { en: 'anchored, and changed since', zh: '已存证，内容已变更' },
  ambiguous: {
    en: 'several records name a file like this, each with another content',
    zh: '多条记录有同名文件，无法判定',
  },
  'not-anchored': { en: 'anchored by no record of these plants and years', zh: '所查范围内未存证' },
  archive: {
    en: 'an archive that nobody anchored as one: answered file by file',
    zh: '压缩包（未整体存证），逐一列出内含文件',
  },
  unreadable: { en: 'not looked at', zh: '未能读取' },
} as const;
export type FileVerdict = keyof typeof fileVerdicts;

export interface MatchedFile {
  readonly file: FoundFile;
  readonly verdict: Exclude<FileVerdict, 'unreadable' | 'archive'>;
  /** The document that it is, or was. */
  readonly of?: AnchoredDocument;
  /** The one whose name it bears, where its content is another's. */
  readonly named?: AnchoredDocument;
}

export interface MatchedFolder {
  readonly files: readonly MatchedFile[];
  /** Documents of current records that no file is, nor was. */
  readonly missing: readonly AnchoredDocument[];
}

/** Names that read the same: capitals and Unicode forms count for nothing. */
function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

function isCurrent({ anchored }: AnchoredDocument): boolean {
  return anchored.status === 'current';
}

function isDoubted({ anchored: { doubts = [] } }: AnchoredDocument): boolean {
  return doubts.length > 0;
}

/** Of a file that is made of rows, the first record that does not stand. */
function endedRow(of: AnchoredDocument, same: readonly AnchoredDocument[]): AnchoredDocument | undefined {
  const currentFirst = [...same].sort((a, b) => Number(isCurrent(b)) - Number(isCurrent(a)));
  const { ended } = rowsOfFile(of, currentFirst, ({ key, anchored: { status, record }, document: { role } }) => ({
    ...{ key, status, role },
    issuer: record.issuer,
  }));
  return ended[0];
}

function grouped(
  documents: readonly AnchoredDocument[],
  by: (document: AnchoredDocument) => string,
): Map<string, AnchoredDocument[]> {
  const groups = new Map<string, AnchoredDocument[]>();
  for (const document of documents) {
    const name = by(document);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [document]);
    else group.push(document);
  }
  return groups;
}

/** Its words between single spaces. Keys and people part words by the same signs: a unit may be `U_1`, a folder `U_1_2024-03`. */
function worded(text: string): string {
  return ` ${folded(text)
    .split(/[^\p{L}\p{N}-]+/u)
    .filter((word) => word !== '')
    .join(' ')} `;
}

/** Of several records with a file of this name, the one whose unit and period stand in the path. */
function toldByPath(candidates: readonly AnchoredDocument[], path: string): readonly AnchoredDocument[] {
  const words = worded(path);
  const isTold = ({ anchored: { record } }: AnchoredDocument): boolean => {
    const { unit, period } = record.subject;
    const months = [period, period.replaceAll('-', '')];
    return words.includes(worded(unit)) && months.some((month) => words.includes(worded(month)));
  };
  const told = candidates.filter(isTold);
  return told.length > 0 ? told : candidates;
}

class Matching {
  readonly #byDigest: ReadonlyMap<string, AnchoredDocument[]>;
  readonly #byName: ReadonlyMap<string, AnchoredDocument[]>;

  constructor(documents: readonly AnchoredDocument[]) {
    this.#byDigest = grouped(documents, ({ document }) => document.sha256);
    this.#byName = grouped(documents, ({ document }) => folded(document.name));
  }

  match(file: FoundFile): MatchedFile {
    const same = this.#byDigest.get(file.sha256) ?? [];
    return same.length > 0 ? this.#same(file, same) : this.#named(file);
  }

  #same(file: FoundFile, same: readonly AnchoredDocument[]): MatchedFile {
    const standing = same.filter(isCurrent);
    const isOwn = ({ document }: AnchoredDocument): boolean => folded(document.name) === folded(file.name);
    const own = standing.find(isOwn);
    const of = own ?? standing[0] ?? same[0];
    if (of === undefined) return { file, verdict: 'not-anchored' };
    const ended = standing.length === 0 ? of : endedRow(of, same);
    if (ended !== undefined) return { file, verdict: 'no-longer-stands', of: ended };
    const doubted = [of, ...standing].find(
      (one) => isDoubted(one) && one.anchored.record.issuer === of.anchored.record.issuer,
    );
    if (doubted !== undefined) return { file, verdict: 'questioned', of: doubted };
    if (own !== undefined) return { file, verdict: 'same', of };
    const named = this.#byName.get(folded(file.name))?.find(isCurrent);
    return { file, verdict: 'other-name', of, ...(named === undefined ? {} : { named }) };
  }

  #named(file: FoundFile): MatchedFile {
    const all = this.#byName.get(folded(file.name)) ?? [];
    const standing = all.filter(isCurrent);
    const candidates = toldByPath(standing.length > 0 ? standing : all, file.path);
    const digests = new Set(candidates.map(({ document }) => document.sha256));
    const [of] = candidates;
    if (of === undefined) return { file, verdict: 'not-anchored' };
    return digests.size === 1 ? { file, verdict: 'changed', of } : { file, verdict: 'ambiguous' };
  }
}

/** What each file is, and what is anchored and not here. A file is known by its content first, by its name else. */
export function matchFiles(files: readonly FoundFile[], documents: readonly AnchoredDocument[]): MatchedFolder {
  const matching = new Matching(documents);
  const matched = files.map((file) => matching.match(file));
  const seen = new Set(matched.flatMap(({ of }) => (of === undefined ? [] : [of.document.sha256])));
  const missing = new Map<string, AnchoredDocument>();
  for (const one of documents.filter(isCurrent))
    if (!seen.has(one.document.sha256)) missing.set(`${one.key} ${one.document.sha256}`, one);
  return {
    files: matched,
    missing: [...missing.values()].sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))),
  };
}
