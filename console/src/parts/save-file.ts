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

/** A file name out of a key: what file systems refuse becomes a dash. */
export function fileNameOf(key: string, ending: string): string {
  return `${key.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.${ending}`;
}
