import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { KeyStore } from '../../cli/src/keys/key-store';
import { runInProcess } from '../../cli/src/testing/test-io';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

const party = '91140100MA0FAKE2XU';
const passphrase = 'correct horse';
const env = { CARBON_LEDGER_PASSPHRASE: passphrase };
const python = process.platform === 'win32' ? 'python' : 'python3';
const key = `0x${'22'.repeat(32)}`;
const address = '0x1563915e194d8cfba1943570603f7606a3115508';

async function ours(): Promise<{ file: string; keyId: string; privateKey: string }> {
  const homeDir = temporaryFolder('keys');
  const made = await runInProcess(['keys', 'new', '--as', party, '--json'], { homeDir, env });
  const { file, keyId } = JSON.parse(made.stdout) as { file: string; keyId: string };
  const store = new KeyStore(path.join(homeDir, '.carbon-ledger', 'keys'));
  const [entry] = await store.find(party);
  return { file, keyId, privateKey: await store.open(entry!, passphrase) };
}

/** Takes a keystore of another program over, and gives the key that was in it. */
async function imported(file: string): Promise<string> {
  const homeDir = temporaryFolder('keys');
  const { code, stderr } = await runInProcess(['keys', 'import', file, '--as', party], { homeDir, env });
  expect(code === 0 ? '' : stderr).toBe('');
  const store = new KeyStore(path.join(homeDir, '.carbon-ledger', 'keys'));
  const [entry] = await store.find(party);
  return store.open(entry!, passphrase);
}

const hasAccount = spawnSync(python, ['-c', 'import eth_account']).status === 0;
onlyWhere(hasAccount ? undefined : 'no Python with eth-account', 'keystores and eth-account', () => {
  const ask = (program: string, ...argv: string[]): string =>
    execFileSync(python, ['-c', `import sys, json\nfrom eth_account import Account\n${program}`, ...argv], {
      encoding: 'utf8',
    }).trim();

  it('opens ours', async () => {
    const { file, privateKey } = await ours();
    const opened = ask(
      'print("0x" + bytes(Account.decrypt(open(sys.argv[1]).read(), sys.argv[2])).hex())',
      file,
      passphrase,
    );
    expect(opened).toBe(privateKey);
  });

  it('writes one that is taken over', async () => {
    const file = path.join(temporaryFolder('keys'), 'eth.json');
    writeFileSync(
      file,
      ask('print(json.dumps(Account.encrypt(sys.argv[1], sys.argv[2], iterations=2)))', key, passphrase),
    );
    expect(await imported(file)).toBe(key);
  });
});

const hasCast = spawnSync('cast', ['--version']).status === 0;
onlyWhere(hasCast ? undefined : 'no cast (Foundry)', 'keystores and Foundry', () => {
  it('names the address of ours', async () => {
    const { file, keyId } = await ours();
    const told = execFileSync('cast', ['wallet', 'address', '--keystore', file, '--password', passphrase], {
      encoding: 'utf8',
    });
    expect(told.trim().toLowerCase()).toBe(keyId);
  });

  it('writes one that is taken over', async () => {
    const folder = path.join(temporaryFolder('keys'), 'cast');
    mkdirSync(folder);
    const argv = [
      'wallet',
      'import',
      'lab',
      '--keystore-dir',
      folder,
      '--private-key',
      key,
      '--unsafe-password',
      passphrase,
    ];
    expect(execFileSync('cast', argv, { encoding: 'utf8', stdio: 'pipe' }).toLowerCase()).toContain(address);
    expect(await imported(path.join(folder, readdirSync(folder)[0] ?? ''))).toBe(key);
  });
});
