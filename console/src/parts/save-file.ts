/** Has the browser save what was made here. */
export function saveFile(name: string, content: string | Uint8Array | Blob, type = 'application/octet-stream'): void {
  const blob = content instanceof Blob ? content : new Blob([content as BlobPart], { type });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has its own hold on the content once it began.
  window.setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}

/** Name, content and type. */
export type SavedFile = Parameters<typeof saveFile>;

/** A file may have been written in one go: what was pressed meanwhile is heard before it is saved. */
export async function saveUntil(signal: AbortSignal, file: SavedFile): Promise<void> {
  await new Promise((resume) => {
    setTimeout(resume);
  });
  signal.throwIfAborted();
  saveFile(...file);
}

/** A file name out of a key: what file systems refuse becomes a dash. */
export function fileNameOf(key: string, ending: string): string {
  return `${key.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.${ending}`;
}
