import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sm2PublicKey, verifySm2 } from '@carbon-ledger/core';
import { onlyWhere } from '../../../test/support/only-where';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { runInProcess, type CliResult } from '../testing/test-io';
import { KeyStore } from './key-store';
import { KeystoreKeys } from './party-keys';
import { trialIo } from './testing/trial-io';

const party = '91140100MA0FAKE2XU';
const passphrase = 'correct horse';
const env = { CARBON_LEDGER_PASSPHRASE: passphrase };
/** eth-account 0.14, of the key 0x2222…, with a cheap scrypt. */
const ETH_ACCOUNT = JSON.parse(
  '{"address": "1563915e194D8CfBA1943570603F7606A3115508", "crypto": {"cipher": "aes-128-ctr", "cipherparams": {"iv": "e4514bfc48b6101a641f8c785eac1405"}, "ciphertext": "6015d633a982b09f8cc9a753fbcbcdfed1468a92c5544ec1a660a9baacd4eca4", "kdf": "scrypt", "kdfparams": {"dklen": 32, "n": 2, "r": 8, "p": 1, "salt": "211249874c36fdd309d27e6a754715e5"}, "mac": "ea477a6465c4c00898cc887e82571627cbfab17561bff2f4d51844099ac41824"}, "id": "e4423f90-c172-443e-bcff-6cb9f56e5396", "version": 3}',
) as Record<string, unknown>;
const KEY_ID = '0x1563915e194d8cfba1943570603f7606a3115508';

const folderOf = (homeDir: string): string => path.join(homeDir, '.carbon-ledger', 'keys');
const keys = (homeDir: string, ...argv: string[]): Promise<CliResult> =>
  runInProcess(['keys', ...argv], { homeDir, env });
const privateKeyOf = async (homeDir: string): Promise<string> => {
  const store = new KeyStore(folderOf(homeDir));
  const [entry] = await store.find(party);
  return store.open(entry!, passphrase);
};

describe('keystores of other programs', () => {
  it.each(['crypto', 'Crypto'])('are taken over with their member %s, and listed before', async (member) => {
    const [homeDir, file] = [temporaryFolder('keys'), path.join(temporaryFolder('keys'), 'UTC--x.json')];
    const { crypto, ...others } = ETH_ACCOUNT;
    writeFileSync(file, JSON.stringify({ ...others, [member]: crypto }));
    const listed = await runInProcess(['keys', 'list', '--keystore', path.dirname(file)]);
    expect(listed.stdout).toMatch(new RegExp(`${KEY_ID}.*of another program: keys import`));
    const imported = await keys(homeDir, 'import', file, '--as', party, '--json');
    expect(JSON.parse(imported.stdout)).toMatchObject({
      party,
      keyId: KEY_ID,
      suite: 'eip712-secp256k1',
      trial: false,
    });
    expect(await privateKeyOf(homeDir)).toBe(`0x${'22'.repeat(32)}`);
  });

  it('get ours as they write them: `crypto`, version 3, an address without 0x', async () => {
    const homeDir = temporaryFolder('keys');
    const { file } = JSON.parse((await keys(homeDir, 'new', '--as', party, '--json')).stdout) as { file: string };
    const written = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    expect(Object.keys(written).sort()).toEqual(['address', 'carbonLedger', 'crypto', 'id', 'version']);
    expect(written).toMatchObject({
      version: 3,
      address: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      crypto: { cipher: 'aes-128-ctr', kdf: 'scrypt' },
    });
  });

  it('are refused with a wrong passphrase, and where they are none', async () => {
    const folder = temporaryFolder('keys');
    const [file, none] = ['a.json', 'b.json'].map((name) => path.join(folder, name)) as [string, string];
    writeFileSync(file, JSON.stringify(ETH_ACCOUNT));
    writeFileSync(none, '{}');
    const wrong = { homeDir: folder, env: { CARBON_LEDGER_PASSPHRASE: 'another one' } };
    expect((await runInProcess(['keys', 'import', file, '--as', party], wrong)).stderr).toContain('PASSPHRASE_WRONG');
    expect((await keys(folder, 'import', none, '--as', party)).stderr).toContain('neither a JSON keystore');
  });
});

describe('SM2 keys', () => {
  it('are made, shown with what is registered, and sign', async () => {
    const homeDir = temporaryFolder('keys');
    const made = JSON.parse((await keys(homeDir, 'new', '--as', party, '--suite', 'sm2', '--json')).stdout) as {
      keyId: string;
      publicKey: string;
      file: string;
    };
    expect(made.keyId).toMatch(/^sm2:[0-9a-f]{64}$/);
    expect(readFileSync(made.file, 'utf8')).not.toContain('"address"');
    expect((await keys(homeDir, 'show', made.keyId)).stdout).toContain(made.publicKey);
    const signer = await new KeystoreKeys(new KeyStore(folderOf(homeDir)), trialIo(env)).signerOf(party);
    const digest = new Uint8Array(32).fill(7);
    expect(signer).toMatchObject({ keyId: made.keyId, suite: 'sm2-sm3' });
    verifySm2(digest, await signer.sign(digest), { id: made.keyId, publicKey: made.publicKey });
  });

  it('are no trial keys, and there is no third suite', async () => {
    const homeDir = temporaryFolder('keys');
    expect((await keys(homeDir, 'new', '--as', party, '--suite', 'sm2', '--trial')).code).toBe(2);
    expect((await keys(homeDir, 'new', '--as', party, '--suite', 'rsa')).stderr).toContain('secp256k1 or sm2');
  });
});

const openssl = (...argv: string[]): string => execFileSync('openssl', argv, { encoding: 'utf8' });
const lacking =
  spawnSync('openssl', ['ecparam', '-name', 'SM2', '-noout']).status === 0 ? undefined : 'no openssl with SM2';

onlyWhere(lacking, 'keys that OpenSSL made', () => {
  it.each([
    ['SM2', 'sm2-sm3', []],
    ['secp256k1', 'eip712-secp256k1', []],
    ['secp256k1', 'eip712-secp256k1', ['-aes256', '-passout', `pass:${passphrase}`]],
  ])('on %s are taken over as %s (%j)', async (curve, suite, options) => {
    const [homeDir, folder] = [temporaryFolder('keys'), temporaryFolder('keys')];
    const [plain, file] = [path.join(folder, 'plain.pem'), path.join(folder, 'key.pem')];
    openssl('ecparam', '-name', curve, '-genkey', '-noout', '-out', plain);
    openssl('pkcs8', '-topk8', ...(options.length === 0 ? ['-nocrypt'] : options.slice(1)), '-in', plain, '-out', file);
    const imported = await keys(homeDir, 'import', file, '--as', party, '--json');
    expect(imported.stderr).toContain('authority');
    expect(JSON.parse(imported.stdout)).toMatchObject({ suite });
    const text = openssl('pkey', '-in', plain, '-text', '-noout').replace(/[\s:]/g, '');
    const [, privateHex = ''] = /priv(?:00)?([0-9a-f]{64})pub/.exec(text) ?? [];
    expect(await privateKeyOf(homeDir)).toBe(`0x${privateHex}`);
    if (suite === 'sm2-sm3') expect(text).toContain(sm2PublicKey(Buffer.from(privateHex, 'hex')));
  });

  it('on other curves are refused', async () => {
    const file = path.join(temporaryFolder('keys'), 'key.pem');
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', file);
    expect((await keys(temporaryFolder('keys'), 'import', file, '--as', party)).stderr).toContain('another curve');
  });
});
