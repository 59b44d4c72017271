import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { LedgerFolder } from '../../../test/support/ledger-folder';
import { runInProcess } from '../testing/test-io';

// The checker threads of fsck run from built files; here everything is checked in the test's own thread.
jest.spyOn(os, 'availableParallelism').mockReturnValue(0);

let dataDir: string;
let ledger: LedgerFolder;
let origin: string;

/** A line in the form of a signature, by nobody. */
const SIGNATURE = `— nobody ${Buffer.alloc(68).toString('base64')}`;

const drillFolders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('carbon-ledger-drill-'));

function scratch(name: string): string {
  return path.join(temporaryFolder('backup'), name);
}

interface GuardLine {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly key?: string;
}

function writeGuard(folder: string, line: GuardLine): void {
  mkdirSync(path.join(folder, 'guard'), { recursive: true });
  const { origin: of, size, root, key = 'a key' } = line;
  appendFileSync(
    path.join(folder, 'guard', 'last-signed.jsonl'),
    `${JSON.stringify({ origin: of, size, root, key })}\n`,
  );
}

beforeAll(async () => {
  ledger = await LedgerFolder.open();
  dataDir = ledger.dataDir;
  await ledger.found();
  await ledger.close();
  const { stdout } = await runInProcess(['fsck', '--data', dataDir, '--json']);
  const { log, ledger: id } = JSON.parse(stdout) as { log: { size: number; root: string }; ledger: string };
  origin = `carbon-audit-ledger/${id}`;
  writeGuard(dataDir, { origin, ...log });
});

async function madeBackup(...options: string[]): Promise<string> {
  const target = scratch('copy');
  const { code, stderr } = await runInProcess(['backup', '--data', dataDir, '-o', target, ...options]);
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  return target;
}

describe('backup', () => {
  it('makes a copy of which nothing is missing, and leaves the projection out', async () => {
    const target = await madeBackup();
    expect(readdirSync(target).sort()).toEqual(['data', 'manifest.json', 'store']);
    expect(existsSync(path.join(target, 'data', 'projection'))).toBe(false);
    const drilled = await runInProcess(['restore', target, '--drill', '--json']);
    expect(drilled.code).toBe(0);
    expect(JSON.parse(drilled.stdout)).toMatchObject({ log: { size: 14 }, since: 0 });
  });

  it('copies a ledger that runs and goes on, whole as of one block', async () => {
    const live = scratch('live');
    cpSync(dataDir, live, { recursive: true });
    const running = await LedgerFolder.open({ dataDir: live });
    running.remember(running.world.methodology, running.world.parameters);
    const [first, second] = [scratch('first'), scratch('second')];
    const copying = runInProcess(['backup', '--data', live, '-o', first]);
    await running.anchorMonth();
    expect(await copying).toMatchObject({ code: 0 });
    const made = await runInProcess(['backup', '--data', live, '-o', second, '--since', first, '--json']);
    await running.close();
    expect(JSON.parse(made.stdout)).toMatchObject({ manifest: { height: 7, log: { size: 18 } } });
    const target = scratch('restored');
    const restored = await runInProcess(['restore', second, '--data', target, '--nothing-later']);
    expect(restored).toMatchObject({ code: 0 });
  });

  it('leaves private keys out when asked to, and says which', async () => {
    const target = await madeBackup('--no-keys');
    const manifest = JSON.parse(readFileSync(path.join(target, 'manifest.json'), 'utf8')) as { withoutKeys: string[] };
    expect(manifest.withoutKeys).toContain('peer/identities/orderer/orderer.key');
    expect(existsSync(path.join(target, 'data', 'peer', 'identities', 'orderer', 'orderer.key'))).toBe(false);
  });

  it('refuses a target that is there, a folder without a ledger, and an earlier backup that is none', async () => {
    const there = path.dirname(scratch('copy'));
    expect((await runInProcess(['backup', '--data', dataDir, '-o', there])).stderr).toContain('KEY_TAKEN');
    const empty = await runInProcess(['backup', '--data', there, '-o', scratch('copy')]);
    expect(empty.stderr).toContain('FILE_UNREADABLE');
    const since = await runInProcess(['backup', '--data', dataDir, '-o', scratch('copy'), '--since', there]);
    expect(since.stderr).toContain('manifest.json');
  });

  it('keeps the modes of keys', async () => {
    const file = path.join('data', 'peer', 'identities', 'orderer', 'orderer.key');
    expect(statSync(path.join(await madeBackup(), file)).mode & 0o777).toBe(0o600);
  });

  it('leaves no backup behind when the ledger is not in order', async () => {
    const broken = scratch('broken');
    cpSync(dataDir, broken, { recursive: true });
    writeGuard(broken, { origin, size: 99, root: '00'.repeat(32) });
    const target = scratch('copy');
    const result = await runInProcess(['backup', '--data', broken, '-o', target]);
    expect(result.stderr).toContain('ROLLED_BACK');
    expect(existsSync(target) || existsSync(`${target}.new`)).toBe(false);
  });
});

describe('restore', () => {
  it('brings back a ledger that goes on where it stood', async () => {
    const target = scratch('restored');
    const result = await runInProcess(['restore', await madeBackup(), '--data', target, '--nothing-later']);
    expect(result).toMatchObject({ code: 0 });
    const restored = await LedgerFolder.open({ dataDir: target });
    restored.remember(restored.world.methodology, restored.world.parameters);
    await restored.anchorMonth();
    expect(await restored.ledger.height()).toBe(7n);
    await restored.close();
    const report = await runInProcess(['fsck', '--data', target, '--json']);
    expect(JSON.parse(report.stdout)).toMatchObject({ result: 'ok', log: { size: 18 } });
  });

  it('refuses to guess whether anything was signed after the backup', async () => {
    const withoutGuard = scratch('data');
    cpSync(dataDir, withoutGuard, { recursive: true });
    const target = scratch('restored');
    const result = await runInProcess(['restore', await madeBackup(), '--data', target]);
    expect(result.stderr).toContain('ROLLED_BACK: nothing tells');
    expect(existsSync(target)).toBe(false);
  });

  it('refuses a backup that is behind the guard of the old machine', async () => {
    const target = scratch('restored');
    writeGuard(target, { origin, size: 17, root: '11'.repeat(32) });
    const result = await runInProcess(['restore', await madeBackup(), '--data', target]);
    expect(result.stderr).toContain('ROLLED_BACK');
    expect(existsSync(path.join(target, 'peer'))).toBe(false);
    expect(readFileSync(path.join(target, 'guard', 'last-signed.jsonl'), 'utf8')).toContain('"size":17');
  });

  it('refuses a backup of another history than the guard signed, and takes one that the guard confirms', async () => {
    const backup = await madeBackup();
    const own = JSON.parse(readFileSync(path.join(dataDir, 'guard', 'last-signed.jsonl'), 'utf8')) as GuardLine;
    const other = scratch('other');
    writeGuard(other, { ...own, root: '11'.repeat(32) });
    expect((await runInProcess(['restore', backup, '--data', other])).stderr).toContain('CHECKPOINT_MISMATCH');
    const same = scratch('same');
    writeGuard(same, own);
    expect(await runInProcess(['restore', backup, '--data', same])).toMatchObject({ code: 0 });
    expect(
      readFileSync(path.join(same, 'guard', 'last-signed.jsonl'), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(2);
  });

  it('refuses a damaged file, a damaged store and a damaged manifest', async () => {
    const made = await madeBackup();
    const damaged = async (change: (folder: string) => void): Promise<string> => {
      const folder = scratch('damaged');
      cpSync(made, folder, { recursive: true });
      change(folder);
      const target = scratch('restored');
      const { stderr } = await runInProcess(['restore', folder, '--data', target, '--nothing-later']);
      expect(existsSync(target)).toBe(false);
      return stderr;
    };
    const file = (folder: string): string => path.join(folder, 'data', 'peer', 'identities', 'tls', 'ca.pem');
    expect(
      await damaged((folder) => {
        appendFileSync(file(folder), ' ');
      }),
    ).toContain('peer/identities/tls/ca.pem');
    expect(
      await damaged((folder) => {
        rmSync(file(folder));
      }),
    ).toContain('BACKUP_DAMAGED');
    expect(
      await damaged((folder) => {
        writeFileSync(path.join(folder, 'manifest.json'), '{}');
      }),
    ).toContain('BACKUP_DAMAGED');
    const manifest = (folder: string): string => path.join(folder, 'manifest.json');
    const store = await damaged((folder) => {
      const text = readFileSync(manifest(folder), 'utf8');
      writeFileSync(manifest(folder), text.replace(/"digest": "..../, '"digest": "0000'));
    });
    expect(store).toContain('BACKUP_DAMAGED');
  });

  it('tries a restoration and leaves nothing behind; tells a backup that is behind from one that is another history', async () => {
    const backup = await madeBackup();
    const { log } = JSON.parse(readFileSync(path.join(backup, 'manifest.json'), 'utf8')) as {
      log: { size: number; root: string };
    };
    const note = (name: string, size: number, root: string): string => {
      const file = scratch(name);
      writeFileSync(
        file,
        `${origin}\n${String(size)}\n${Buffer.from(root, 'hex').toString('base64')}\n\n${SIGNATURE}\n`,
      );
      return file;
    };
    const before = drillFolders();
    const drill = (...checkpoints: string[]): ReturnType<typeof runInProcess> =>
      runInProcess(['restore', backup, '--drill', '--json', '--checkpoint', ...checkpoints]);
    const ok = await drill(note('own', log.size, log.root), note('later', log.size + 3, '22'.repeat(32)));
    expect(ok.code).toBe(0);
    expect(JSON.parse(ok.stdout)).toMatchObject({ since: 3, confirmed: [{ size: log.size }] });
    const other = await drill(note('other', log.size, '11'.repeat(32)));
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('CHECKPOINT_MISMATCH')]);
    expect(drillFolders()).toEqual(before);
  });

  it('restores somewhere or drills, not both', async () => {
    const backup = await madeBackup();
    expect((await runInProcess(['restore', backup])).stderr).toContain('--data FOLDER');
    expect((await runInProcess(['restore', backup, '--drill', '--data', scratch('x')])).stderr).toContain('--drill');
  });

  it('refuses to write over a ledger', async () => {
    const result = await runInProcess(['restore', await madeBackup(), '--data', dataDir, '--nothing-later']);
    expect(result.stderr).toContain('KEY_TAKEN');
  });
});
