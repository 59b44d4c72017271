/** A file that was dropped or chosen, with its path inside the folder that came with it. */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

/** Most files that one page takes at a time; a folder of more is for the command line. */
export const MOST_FILES = 20_000;

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  // A reader gives its entries in parts, and an empty one at the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (part.length === 0) return all;
    all.push(...part);
  }
}

async function walk(entry: FileSystemEntry, onFile: () => void): Promise<DroppedFile[]> {
  if (entry.isFile) {
    onFile();
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    return [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  const files: DroppedFile[] = [];
  for (const inner of await entriesOf(entry as FileSystemDirectoryEntry)) files.push(...(await walk(inner, onFile)));
  return files;
}

/**
 * Files of a drop, folders walked to their end, in the order of their paths.
 * @param onFound told how many there are so far
 */
export async function droppedFiles(
  transfer: DataTransfer,
  onFound: (count: number) => void = () => undefined,
): Promise<DroppedFile[]> {
  // The list is emptied as soon as the handler of the event returns: entries are taken at once.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return chosenFiles(transfer.files);
  let count = 0;
  const onFile = (): void => {
    count += 1;
    onFound(count);
  };
  const files = (await Promise.all(entries.map((entry) => walk(entry, onFile)))).flat();
  return files.sort(byPath);
}

/** Files of an input; with `webkitdirectory`, of a whole folder. */
export function chosenFiles(list: FileList | null): DroppedFile[] {
  const files = [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  return files.sort(byPath);
}

function byPath(a: DroppedFile, b: DroppedFile): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
