import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runInProcess } from '../../cli/src/testing/test-io';
import { LedgerFolder } from '../support/ledger-folder';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

// The checker threads of fsck run from built files; here everything is checked in the test's own thread.
jest.spyOn(os, 'availableParallelism').mockReturnValue(0);

const script = path.join(__dirname, '../../examples/backup/sealed-backup.sh');
const folder = temporaryFolder('sealed');
const at = (name: string): string => path.join(folder, name);

/** The command line for the script: what it is asked is done in this process beforehand, for a backup is what is sealed here. */
function ledgerCommand(made: string): string {
  const file = at('carbon-ledger');
  writeFileSync(file, `#!/bin/sh\n[ "$1" = backup ] && [ "$2" = --data ] && cp -R '${made}' "$5"\n`, { mode: 0o755 });
  return file;
}

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

function run(argv: readonly string[], env: Record<string, string> = {}): Ended {
  const { status, stderr } = spawnSync(script, argv, {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder, ...env },
  });
  return { status, stderr };
}

/** A program, how its keys are made, and what encrypts and decrypts. */
interface Cipher {
  readonly lacking: string | undefined;
  readonly makeKeys: () => void;
  readonly seal: readonly string[];
  readonly open: readonly string[];
}

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const gnupg = ['--homedir', at('gnupg'), '--batch', '--quiet', '--trust-model', 'always'];
const CIPHERS: Readonly<Record<string, Cipher>> = {
  age: {
    lacking: has('age') ? undefined : 'no age',
    makeKeys: () => {
      execFileSync('age-keygen', ['-o', at('key.txt')], { stdio: 'pipe' });
      writeFileSync(at('recipients.txt'), execFileSync('age-keygen', ['-y', at('key.txt')]));
    },
    seal: ['age', '-R', at('recipients.txt')],
    open: ['age', '-d', '-i', at('key.txt')],
  },
  gpg: {
    lacking: has('gpg') ? undefined : 'no gpg',
    makeKeys: () => {
      mkdirSync(at('gnupg'), { mode: 0o700 });
      const make = ['--passphrase', '', '--quick-gen-key', 'ledger-ops', 'future-default', 'default', 'never'];
      execFileSync('gpg', [...gnupg, ...make], { stdio: 'pipe' });
    },
    seal: ['gpg', ...gnupg, '--encrypt', '-r', 'ledger-ops'],
    open: ['gpg', ...gnupg, '--decrypt'],
  },
};

describe('a sealed backup', () => {
  let ledger = '';
  beforeAll(async () => {
    const data = at('data');
    const running = await LedgerFolder.open({ dataDir: data });
    await running.found();
    await running.close();
    const made = at('made');
    expect(await runInProcess(['backup', '--data', data, '-o', made])).toMatchObject({ code: 0 });
    ledger = ledgerCommand(made);
  });
  afterAll(() => {
    // gpg leaves an agent behind for each folder of keys.
    if (existsSync(at('gnupg'))) spawnSync('gpgconf', ['--homedir', at('gnupg'), '--kill', 'all']);
  });

  for (const [name, { lacking, makeKeys, seal, open }] of Object.entries(CIPHERS))
    onlyWhere(lacking, `by ${name}`, () => {
      const file = at(`backup.${name}`);
      beforeAll(makeKeys);

      it('shows nothing, and comes back as a ledger that can be restored', async () => {
        expect(run(['seal', at('data'), file, ...seal], { LEDGER: ledger })).toMatchObject({ status: 0 });
        expect(readFileSync(file, 'latin1')).not.toMatch(/manifest\.json|carbon-ledger\/backup/);
        const opened = at(`opened-${name}`);
        expect(run(['open', file, opened, ...open])).toMatchObject({ status: 0 });
        expect((await runInProcess(['restore', opened, '--drill'])).code).toBe(0);
      });

      it('is refused whole where a byte of it is another one', () => {
        const bytes = readFileSync(file);
        bytes[bytes.length - 100]! ^= 1;
        const damaged = at(`damaged.${name}`);
        writeFileSync(damaged, bytes);
        const { status } = run(['open', damaged, at(`half-${name}`), ...open]);
        expect([status === 0, existsSync(at(`half-${name}`))]).toEqual([false, false]);
      });
    });

  it('leaves nothing behind where the backup or the encryption fails, and writes over nothing', () => {
    const target = at('failed');
    expect(run(['seal', at('data'), target, 'false'], { LEDGER: ledger }).status).not.toBe(0);
    expect(run(['seal', at('data'), target, 'cat'], { LEDGER: 'false' }).status).not.toBe(0);
    expect([existsSync(target), existsSync(`${target}.part`)]).toEqual([false, false]);
    writeFileSync(target, 'kept');
    expect(run(['seal', at('data'), target, 'cat'], { LEDGER: ledger })).toMatchObject({ status: 1 });
    expect(readFileSync(target, 'utf8')).toBe('kept');
    expect(run(['seal']).stderr).toContain('sealed-backup.sh');
  });
});
