import { lastLines, runCommand, runOrThrow } from './command';
import { parseMemory } from './docker-engine';

describe('runCommand', () => {
  it('returns what a program said and its exit code', async () => {
    const result = await runCommand(process.execPath, [
      '-e',
      "console.log('out'); console.error('err'); process.exit(3)",
    ]);
    expect(result).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('tells that a program is not there, and to put it on PATH', async () => {
    await expect(runCommand('no-such-program', [])).rejects.toMatchObject({ remedy: 'Put no-such-program on PATH.' });
  });
});

describe('runOrThrow', () => {
  it('quotes the end of what a failed program said', async () => {
    const script = "console.error('first'); console.error('the reason'); process.exit(1)";
    await expect(runOrThrow(process.execPath, ['-e', script], 'Look.')).rejects.toThrow(/exit 1\):\n[^]*the reason/);
  });
});

it('lastLines leaves out empty lines', () => {
  expect(lastLines('a\n\nb\nc\n', 2)).toBe('b\nc');
});

it.each([
  ['12.5MiB / 23GiB', 12.5 * 1024 ** 2],
  ['1.2GiB / 23GiB', 1.2 * 1024 ** 3],
  ['-- / --', undefined],
])('parseMemory reads %s', (usage, bytes) => {
  expect(parseMemory(usage)).toBe(bytes);
});
