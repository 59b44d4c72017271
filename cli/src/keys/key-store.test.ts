import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { KeyStore } from './key-store';
import { readPassphrase } from './passphrase';
import { trialIo } from './testing/trial-io';

const key = {
  party: '91140100MA0FAKE2XU',
  privateKey: `0x${'11'.repeat(32)}`,
  trial: true,
  suite: 'eip712-secp256k1' as const,
  createdAt: '2026-01-02T03:04:05Z',
  passphrase: 'correct horse',
};

describe('key store', () => {
  const store = new KeyStore(path.join(temporaryFolder('cli'), 'keys'));
  it('is empty before anything is stored', async () => {
    await expect(store.list()).resolves.toEqual([]);
  });
  it('stores a key for its owner only and gives it back', async () => {
    const entry = await store.add(key);
    expect(entry).toMatchObject({
      party: key.party,
      trial: true,
      keyId: '0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a',
    });
    expect(statSync(entry.file).mode & 0o777).toBe(0o600);
    await expect(store.find(key.party)).resolves.toEqual([entry]);
    await expect(store.find(entry.keyId.toUpperCase().replace('0X', '0x'))).resolves.toEqual([entry]);
    await expect(store.open(entry, key.passphrase)).resolves.toBe(key.privateKey);
    await expect(store.open(entry, 'wrong')).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
  });
  it('never overwrites a key', async () => {
    await expect(store.add({ ...key, trial: false })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
  it('leaves foreign files alone', async () => {
    const folder = path.join(temporaryFolder('cli'), 'mixed');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'a.json'), '{');
    writeFileSync(path.join(folder, 'b.json'), '{"address":"x"}');
    await expect(new KeyStore(folder).list()).resolves.toEqual([]);
  });
});

describe('passphrase', () => {
  it('is read from a file without its line end', async () => {
    const file = path.join(temporaryFolder('cli'), 'passphrase');
    writeFileSync(file, 'from a file\n');
    await expect(readPassphrase(trialIo({ CARBON_LEDGER_PASSPHRASE_FILE: file }), '?')).resolves.toBe('from a file');
  });
  it('fails where the file is missing', async () => {
    const missing = readPassphrase(trialIo({ CARBON_LEDGER_PASSPHRASE_FILE: '/nowhere/at/all' }), '?');
    await expect(missing).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
