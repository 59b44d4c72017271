import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { TemporaryFolder } from './temporary-folder';

/** Runs code in a process of its own, with the class at hand and a temporary folder that is named here. */
function runAlone(code: string, folder: string): { readonly status: number | null; readonly stdout: string } {
  const contents = `import { TemporaryFolder } from './temporary-folder';\n${code}`;
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: __dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    write: false,
    nodePaths: [join(process.cwd(), 'node_modules')],
  });
  const script = outputFiles.map(({ text }) => text).join('');
  const env = { ...process.env, TMPDIR: folder };
  return spawnSync(process.execPath, ['-'], { input: script, encoding: 'utf8', env });
}

describe('a temporary folder', () => {
  it('is open to its owner alone, named after its use, and gone when it is removed', async () => {
    const folder = await TemporaryFolder.make('fsck');
    expect(folder.path).toMatch(/carbon-ledger-fsck-\w+$/);
    writeFileSync(join(folder.path, 'some'), '');
    await folder.remove();
    expect(existsSync(folder.path)).toBe(false);
  });

  it('goes with a process that ends before it is removed', () => {
    const folder = temporaryFolder('exit');
    const code = `
      void TemporaryFolder.make('export').then(({ path }) => {
        require('node:fs').writeFileSync(path + '/figures', '');
        console.log(path);
        process.exit(130);
      });`;
    const { status, stdout } = runAlone(code, folder);
    expect(status).toBe(130);
    expect(stdout).toContain(join(folder, 'carbon-ledger-export-'));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says where none can be made', () => {
    const gone = join(temporaryFolder('gone'), 'not-there');
    const { stdout } = runAlone("TemporaryFolder.make('fsck').catch((e) => console.log(e.code, e.message))", gone);
    expect(stdout).toMatch(/^FILE_UNREADABLE .*not-there takes no temporary folder/);
  });
});
