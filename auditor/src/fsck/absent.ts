/** Whether a file system call failed because there is no such file. Told by its code alone: errors cross realms. */
export function isAbsent(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
