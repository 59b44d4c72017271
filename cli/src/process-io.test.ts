import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { lackingProc, onlyWhere } from '../../test/support/only-where';
import { temporaryFolder } from '../../test/support/temporary-folder';

/** A process that tells so much that no pipe takes it at once, and whose verdict is its argument. */
const program = `
  import { processIo } from '${path.join(__dirname, 'process-io')}';
  const io = processIo();
  for (let line = 0; line < 20_000; line += 1) io.stdout.write('a line of an answer that nobody reads to its end\\n');
  setTimeout(() => { process.exitCode = Number(process.argv[2]); }, 50);
`;

const bundled = path.join(temporaryFolder('process-io'), 'ends.cjs');

beforeAll(() => {
  buildSync({
    stdin: { contents: program, resolveDir: __dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    outfile: bundled,
    alias: Object.fromEntries(
      ['errors', 'identifiers', 'wording'].map((part) => [
        `@carbon-ledger/core/${part}`,
        path.join(__dirname, '../../core/src', part, 'index.ts'),
      ]),
    ),
    external: ['ethers'],
    logLevel: 'error',
  });
});

/** Exit code of the process when its reader has gone after the first bytes. */
function leave(code: number): Promise<number | null> {
  const child = spawn(process.execPath, [bundled, String(code)], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.once('data', () => child.stdout.destroy());
  return new Promise((resolve) => child.once('exit', resolve));
}

describe('output that nobody reads to its end', () => {
  it.each([0, 1, 3])('leaves the verdict as it is: %i', async (code) => {
    expect(await leave(code)).toBe(code);
  });
});

onlyWhere(lackingProc, 'output to a full disk', () => {
  it('is said where a full disk takes it, and is no yes', async () => {
    const { openSync } = await import('node:fs');
    const child = spawn(process.execPath, [bundled, '0'], { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
    let said = '';
    child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, said]).toEqual([3, expect.stringContaining('DISK_FULL: stdout cannot be written')]);
  });
});
