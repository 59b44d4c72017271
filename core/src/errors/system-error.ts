import type { ErrorCode } from './catalogue';
import { isLedgerError, LedgerError } from './ledger-error';

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
  ENXIO: { code: 'FILE_UNREADABLE', text: 'nobody is at its other end' },
  EIO: { code: 'FILE_UNREADABLE', text: 'the disk reports an error' },
  EMFILE: { code: 'FILE_UNREADABLE', text: 'too many files are open' },
  ENFILE: { code: 'FILE_UNREADABLE', text: 'too many files are open on this machine' },
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
  const known = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  return known === undefined ? code : `${known.text} (${code})`;
}

/** A failed call of the file system, told as what it is: DISK_FULL, FILE_FORBIDDEN, or FILE_UNREADABLE with the reason. What is told already (a service that is gone while its answer is written) stays as it is. */
export function fileError(
  error: unknown,
  place: string,
  action: 'read' | 'written' | 'made or closed to others',
): LedgerError {
  if (isLedgerError(error)) return error;
  const code = reasons[errnoOf(error) ?? '']?.code ?? 'FILE_UNREADABLE';
  return new LedgerError(code, `${place} cannot be ${action}: ${systemReason(error)}`, { cause: error });
}

/** As LevelDB tells them: it hands on the system's words (strerror(3)), not its codes. */
const words: readonly (readonly [RegExp, string])[] = [
  [/no space left on device/i, 'ENOSPC'],
  [/disk quota exceeded/i, 'EDQUOT'],
  [/permission denied/i, 'EACCES'],
  [/operation not permitted/i, 'EPERM'],
  [/read-only file system/i, 'EROFS'],
  [/too many open files/i, 'EMFILE'],
  [/input\/output error/i, 'EIO'],
];

function causesOf(error: unknown): unknown[] {
  const all: unknown[] = [];
  for (
    let next = error;
    typeof next === 'object' && next !== null && all.length < 10;
    next = Reflect.get(next, 'cause')
  ) {
    all.push(next);
  }
  return all;
}

function errnoBehind(error: unknown): string | undefined {
  const code = errnoOf(error);
  if (code !== undefined && Object.hasOwn(reasons, code)) return code;
  const message = textOf(error, 'message') ?? '';
  return words.find(([pattern]) => pattern.test(message))?.[1];
}

/** Of a store that opened its folder and does not find in it what its own list names: damage. */
const ofMissingParts: ReadonlySet<string> = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ENXIO']);

/**
 * Why a store of a data folder cannot be opened or written: what the system says (a full disk, a folder that may not be
 * written) is no damage, and nothing has to be rebuilt for it. Only else the store itself is at fault.
 * @param otherwise what is wrong where the system has nothing to say
 */
export function storeError(error: unknown, place: string, otherwise: string): LedgerError {
  const causes = causesOf(error);
  const errno = causes.map(errnoBehind).find((code) => code !== undefined);
  const known = errno === undefined ? undefined : reasons[errno];
  if (known === undefined || errno === undefined || ofMissingParts.has(errno)) {
    const said = causes.map((cause) => textOf(cause, 'message')).at(-1);
    const reason = said === undefined ? '' : ` (${said})`;
    return new LedgerError('STORE_CORRUPT', `${place} ${otherwise}${reason}`, { cause: error });
  }
  return new LedgerError(known.code, `${place}: ${known.text} (${errno})`, { cause: error });
}

/** The error of a failed system call as one of the catalogue, or undefined for any other error. */
export function systemError(error: unknown): LedgerError | undefined {
  const errno = errnoOf(error);
  if (errno === undefined || !Object.hasOwn(reasons, errno)) return undefined;
  const place = typeof error === 'object' && error !== null ? (Reflect.get(error, 'path') as unknown) : undefined;
  return fileError(error, typeof place === 'string' ? place : 'a file', 'read');
}
