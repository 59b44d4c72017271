import { saveFile } from '../parts/save-file';
import type { Language } from '../language/language';
import { h } from './dom';
import type { Checked, CheckedFile } from './examine';
import { certificateOf, type FolderToCertify } from './ledger';
import type { Verdict } from '../words/verdicts';
import { words } from './words';

/** Most files of one certificate. */
const MOST_FILES = 2000;

/** Verdicts on a file that is, bit for bit, the one that a record names. */
const same: ReadonlySet<Verdict> = new Set(['consistent', 'stale', 'questioned']);

const isAnchored = ({ verdict, answer }: CheckedFile): boolean => answer?.record !== undefined && same.has(verdict);

/** The folder that all files came in; their paths below it. */
export function folderOf(files: readonly CheckedFile[], usual: string): FolderToCertify {
  const [name = ''] = files[0]?.path.split('/') ?? [];
  const isFolder = files.every(({ path }) => path.startsWith(`${name}/`));
  const start = isFolder ? name.length + 1 : 0;
  return {
    name: isFolder ? name : usual,
    files: files.map(({ path, file: { size }, hashed: { sha256, sm3 } }) => ({
      path: path.slice(start),
      size,
      sha256,
      sm3,
    })),
  };
}

/** One certificate for all files that were dropped; where one is not anchored as it is, why there is none. */
export function certificateView(results: readonly Checked[], language: Language): Node[] {
  const files = [
    ...new Map(results.flatMap((one) => (one.kind === 'file' ? [[one.path, one] as const] : []))).values(),
  ];
  const anchored = files.filter(isAnchored);
  if (anchored.length === 0) return [];
  if (anchored.length < files.length || files.length > MOST_FILES)
    return [
      h('p', { class: 'quiet' }, words[files.length > MOST_FILES ? 'certificateMany' : 'certificateNone'][language]),
    ];
  const status = h('span', { role: 'status' });
  const make = (): void => {
    status.textContent = words.checking[language];
    certificateOf(folderOf(files, words.chosenFiles[language]), language).then(
      (pdf) => {
        status.textContent = '';
        saveFile(`${words.certificateName[language]}.pdf`, pdf);
      },
      (error: unknown) => {
        status.textContent = error instanceof Error ? error.message : String(error);
      },
    );
  };
  const button = h('button', { type: 'button', id: 'certify', click: make }, words.certificate[language]);
  return [h('p', {}, button, ' ', status, h('br'), h('span', { class: 'quiet' }, words.certificateNote[language]))];
}
