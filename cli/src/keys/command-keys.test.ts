import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assertKeyPossessed, isLedgerError, recoverAddress, verifySm2, type PartyContent } from '@carbon-ledger/core';
import { onlyWhere } from '../../../test/support/only-where';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { runInProcess } from '../testing/test-io';
import { CommandKeys } from './command-keys';
import { runSigner } from './signer-command';

const party = '91140100MA0FAKE2XU';
const digest = new Uint8Array(32).fill(0xab);
const example = path.join(__dirname, '../../../examples/signer/openssl-signer.sh');
const signal = new AbortController().signal;
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => (isLedgerError(error) ? `${error.code} ${error.message}` : error));

function keysOf(command: string, env: Record<string, string> = {}, folder = temporaryFolder('signer')): CommandKeys {
  return new CommandKeys({ command, party, folder, env: { PATH: process.env['PATH'], ...env }, signal });
}

const lacking = spawnSync('openssl', ['version']).status === 0 ? undefined : 'there is no openssl';
onlyWhere(lacking, 'a signer made of OpenSSL', () => {
  const keyFile = (curve: string): string => {
    const file = path.join(temporaryFolder('signer'), `${curve}.pem`);
    execFileSync('openssl', ['ecparam', '-name', curve, '-genkey', '-noout', '-out', file]);
    return file;
  };

  it('signs with a secp256k1 key that we never see', async () => {
    const signer = await keysOf(example, { KEY: keyFile('secp256k1') }).signerOf(party);
    expect(signer.suite).toBe('eip712-secp256k1');
    for (let run = 0; run < 3; run += 1) expect(recoverAddress(digest, await signer.sign(digest))).toBe(signer.keyId);
  });

  it('signs with an SM2 key that we never see', async () => {
    const keys = keysOf(example, { KEY: keyFile('SM2') });
    const { publicKey } = await keys.publicKey();
    const signer = await keys.signerOf(party);
    const signature = await signer.sign(digest);
    expect(() => {
      verifySm2(digest, signature, { id: signer.keyId, publicKey });
    }).not.toThrow();
  });
});

describe('a signer command', () => {
  it('signs for the party of --as alone', async () => {
    const keys = keysOf('false');
    expect(await keys.has(party)).toBe(true);
    expect(await keys.has('91110000MA0FAKE3W8')).toBe(false);
    expect(await codeOf(keys.signerOf('91110000MA0FAKE3W8'))).toContain('KEY_NOT_HELD');
  });

  it.each([
    ['ends with a failure', 'exit 3 #', 'exit code 3'],
    ['is not there', 'no-such-program-of-anybody', 'exit code 127'],
    ['says nothing', 'true', 'nothing'],
    ['says something else', 'echo', '"key\\n"'],
    ['never stops talking', 'head -c 100000 /dev/zero #', 'more than'],
  ])('that %s is told', async (_, command, said) => {
    const told = await codeOf(keysOf(command).signerOf(party));
    expect(told).toMatch(/^SIGNER_FAILED/);
    expect(told).toContain(said);
  });

  it('that waits for ever is ended', async () => {
    const told = await codeOf(runSigner('sleep 5; :', [], { env: process.env, signal, patienceMs: 200 }));
    expect(told).toMatch(/^SIGNER_FAILED.*within 0.2 s/);
  });

  it('gives the same salts again, from a secret that its owner alone can read', async () => {
    const folder = temporaryFolder('signer');
    const salt = async (): Promise<string> => {
      const salts = await keysOf('true', {}, folder).saltsOf(party);
      return salts('91140000MA0FAKE01X/U1/2024-01/monthly-evidence', 1, 'coal_t');
    };
    const first = await salt();
    expect(await salt()).toBe(first);
    expect(readdirSync(folder)).toEqual([`${party}.salts`]);
    const file = path.join(folder, `${party}.salts`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, 'short');
    expect(await codeOf(keysOf('true', {}, folder).saltsOf(party))).toContain('FILE_UNREADABLE');
  });
});

onlyWhere(lacking, 'keys request with a signer', () => {
  it.each(['secp256k1', 'SM2'])('proves possession of a %s key', async (curve) => {
    const folder = temporaryFolder('signer');
    const KEY = path.join(folder, 'key.pem');
    execFileSync('openssl', ['ecparam', '-name', curve, '-genkey', '-noout', '-out', KEY]);
    const env = { PATH: process.env['PATH'], KEY, CARBON_LEDGER_SIGNER: example };
    const { stdout } = await runInProcess(['keys', 'request', '--as', party, '--json'], { homeDir: folder, env });
    const { keys } = JSON.parse(stdout) as { keys: PartyContent['keys'] };
    expect(() => {
      assertKeyPossessed(party, keys[0]!);
    }).not.toThrow();
  });
});
