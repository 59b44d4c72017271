import type { ErrorCode } from './catalogue';
import { LedgerError } from './ledger-error';

interface Reason {
  readonly code: ErrorCode;
  readonly text: string;
}

/** What a person can do something about, by errno (errno(3)). */
const reasons: Readonly<Record<string, Reason>> = {
  ENOSPC: { code: 'DISK_FULL', text: 'the disk is full' },
  EDQUOT: { code: 'DISK_FULL', text: 'the disk quota is used up' },
  EACCES: { code: 'FILE_FORBIDDEN', text: 'permission denied' },
  EPERM: { code: 'FILE_FORBIDDEN', text: 'not permitted' },
  EROFS: { code: 'FILE_FORBIDDEN', text: 'the file system is read-only' },
  ENOENT: { code: 'FILE_UNREADABLE', text: 'there is no such file or folder' },
  EISDIR: { code: 'FILE_UNREADABLE', text: 'it is a folder' },
  ENOTDIR: { code: 'FILE_UNREADABLE', text: 'part of the path is no folder' },
  ELOOP: { code: 'FILE_UNREADABLE', text: 'links lead round in a circle' },
  ENAMETOOLONG: { code: 'FILE_UNREADABLE', text: 'the name is too long' },
  EIO: { code: 'FILE_UNREADABLE', text: 'the disk reports an error' },
  EMFILE: { code: 'FILE_UNREADABLE', text: 'too many files are open' },
};

/** Not by class: an error of the system may be of another realm (a worker, a test's sandbox). */
function textOf(error: unknown, name: 'code' | 'message'): string | undefined {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function errnoOf(error: unknown): string | undefined {
  return textOf(error, 'code');
}

/** In words, with the system's own name of it. */
export function systemReason(error: unknown): string {
  const code = errnoOf(error);
  if (code === undefined) return textOf(error, 'message') ?? String(error);
  const known = reasons[code];
  return known === undefined ? code : `${known.text} (${code})`;
}

/** A failed call of the file system, told as what it is: DISK_FULL, FILE_FORBIDDEN, or FILE_UNREADABLE with the reason. */
export function fileError(error: unknown, place: string, action: 'read' | 'written'): LedgerError {
  const code = reasons[errnoOf(error) ?? '']?.code ?? 'FILE_UNREADABLE';
  return new LedgerError(code, `${place} cannot be ${action}: ${systemReason(error)}`, { cause: error });
}
