/** Whether an error is one of the system by this name (`ENOENT`, `EEXIST`). */
export function isSystemError(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
