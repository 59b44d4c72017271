import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { lackingProc, onlyWhere } from '../../../test/support/only-where';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { chunksOfGiven, readGiven, readNamed } from './given-file';

function pipeIn(folder: string): string {
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  return pipe;
}

describe('what is no file', () => {
  const refused = (place: string, why: string): Promise<void> =>
    expect(readNamed(place)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringMatching(new RegExp(`^${place} cannot be read: .*${why}`)) as string,
    });

  it('is refused before it is opened: a pipe that nobody writes to, a folder', async () => {
    const folder = temporaryFolder('given');
    await refused(pipeIn(folder), 'a pipe');
    mkdirSync(path.join(folder, 'inner'));
    await refused(path.join(folder, 'inner'), 'a folder');
    await refused(path.join(folder, 'none'), 'ENOENT');
  });

  it('is refused: a socket', async () => {
    const place = path.join(temporaryFolder('given'), 's');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(place, resolve));
    await refused(place, 'a socket').finally(() => server.close());
  });

  it.each(['/dev/zero', '/dev/urandom'])('is refused: %s, which never ends', (place) => refused(place, 'a device'));

  onlyWhere(lackingProc, 'a file of the system’s own', () => {
    it('is refused', () => refused('/proc/kmsg', 'no document'));
  });

  it('is read all the same: nothing, and a file', async () => {
    const file = path.join(temporaryFolder('given'), 'file');
    writeFileSync(file, 'text');
    expect([(await readGiven('/dev/null')).length, String(await readGiven(file))]).toEqual([0, 'text']);
  });
});

describe('what a shell hands over opened', () => {
  /** The read end by its number, as the shell names it; whoever writes has the pipe open. */
  const opened = (): { fd: number; name: string } => {
    const fd = openSync(pipeIn(temporaryFolder('given')), constants.O_RDWR);
    return { fd, name: `/dev/fd/${String(fd)}` };
  };

  it('is read to its end', async () => {
    const { fd, name } = opened();
    const chunks = chunksOfGiven(name);
    writeSync(fd, 'one');
    expect(String((await chunks.next()).value)).toBe('one');
    writeSync(fd, 'two');
    closeSync(fd);
    expect(String((await chunks.next()).value)).toBe('two');
    expect((await chunks.next()).done).toBe(true);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('is waited for until %s', async (signal) => {
    const { fd, name } = opened();
    const others = process.listeners(signal);
    const chunks = chunksOfGiven(name);
    writeSync(fd, 'one');
    await chunks.next();
    const next = chunks.next();
    // As the process would hear it: whoever listens since the reading began.
    const [stop] = process.listeners(signal).filter((listener) => !others.includes(listener));
    stop?.(signal);
    await expect(next).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(process.listeners(signal)).toEqual(others);
    closeSync(fd);
  });
});
