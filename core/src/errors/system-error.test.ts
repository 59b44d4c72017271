import { fileError, storeError, systemError, systemReason } from '.';

const failure = (code: string | undefined, message: string, cause?: unknown): object => ({
  name: 'Error',
  code,
  message,
  cause,
});

describe('what the system says', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EACCES', 'FILE_FORBIDDEN'],
    ['EROFS', 'FILE_FORBIDDEN'],
    ['ENOENT', 'FILE_UNREADABLE'],
    ['EXDEV', 'FILE_UNREADABLE'],
  ])('%s is %s', (errno, code) => {
    const error = fileError(failure(errno, 'x'), '/a/b', 'written');
    expect(error.code).toBe(code);
    expect(error.message).toContain(`/a/b cannot be written`);
    expect(error.message).toContain(errno);
  });

  it('is told in words, or as it came', () => {
    expect(systemReason(failure('ENOENT', 'x'))).toBe('there is no such file or folder (ENOENT)');
    expect(systemReason(new Error('odd'))).toBe('odd');
    expect(systemReason('odd')).toBe('odd');
  });

  it('is known from other failures', () => {
    expect(systemError(failure('EACCES', 'x'))?.code).toBe('FILE_FORBIDDEN');
    expect(systemError(failure('ERR_INVALID_ARG_TYPE', 'x'))).toBeUndefined();
    expect(systemError(new TypeError('x'))).toBeUndefined();
  });
});

describe('a store', () => {
  const opened = (...messages: readonly string[]): object =>
    messages.reduceRight<object | undefined>((cause, message) => failure('LEVEL_X', message, cause), undefined) ?? {};

  it.each([
    ['IO error: /l/store/LOCK: Permission denied', 'FILE_FORBIDDEN'],
    ['IO error: /l/store/000003.log: No space left on device', 'DISK_FULL'],
    ['IO error: /l/store/000003.log: Disk quota exceeded', 'DISK_FULL'],
    ['IO error: /l/store/LOCK: Read-only file system', 'FILE_FORBIDDEN'],
    ['Corruption: file is too short (0 bytes) to be an sstable: /l/store/000005.ldb', 'STORE_CORRUPT'],
    ['IO error: /l/store/MANIFEST-000002: No such file or directory', 'STORE_CORRUPT'],
    ['IO error: /l/store/000007.ldb: Too many open files', 'FILE_UNREADABLE'],
    ['IO error: /l/store/000007.ldb: Input/output error', 'FILE_UNREADABLE'],
  ])('%s is %s', (message, code) => {
    const error = storeError(opened('Database failed to open', message), '/l', 'cannot be opened');
    expect(error.code).toBe(code);
    expect(error.message).toContain('/l');
  });

  it('that is damaged names the file that LevelDB names', () => {
    const error = storeError(opened('Database failed to open', 'Corruption: 000005.ldb'), '/l', 'cannot be opened');
    expect(error.message).toBe('/l cannot be opened (Corruption: 000005.ldb)');
  });
});
