import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { recoverAddress, usccCheckDigit } from '@carbon-ledger/core';
import { onlyWhere } from '../../../test/support/only-where';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { startEmbeddedService } from '../service/embedded';
import { ownFounder } from '../service/founding';
import { runInProcess, type CliResult } from '../testing/test-io';
import { CommandKeys } from './command-keys';

const example = path.join(__dirname, '../../../examples/signer/pkcs11-signer.sh');
const authority = `11100000MB0REAL01${usccCheckDigit('11100000MB0REAL01')}`;
const periods = 'periods={"notice":7,"objection":7,"decision":10,"redetermination":10}';
const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;

const MODULES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
];
const MODULE = MODULES.find((file) => existsSync(file));

function lackingPrograms(): string | undefined {
  if (MODULE === undefined || spawnSync('softhsm2-util', ['--version']).status !== 0) return 'no SoftHSM 2 (softhsm2)';
  return spawnSync('pkcs11-tool', ['--help']).error === undefined ? undefined : 'no pkcs11-tool (opensc)';
}

onlyWhere(lackingPrograms(), 'a key in a PKCS#11 token', () => {
  const folder = temporaryFolder('token');
  const conf = path.join(folder, 'softhsm2.conf');
  const env = { PATH: process.env['PATH'], SOFTHSM2_CONF: conf, MODULE, KEY_ID: '01', PIN: '1234' };
  const signal = new AbortController().signal;
  const pair = ['--login', '--pin', '1234', '--keypairgen', '--usage-sign'];
  const inToken = (...argv: readonly string[]): void => {
    execFileSync('pkcs11-tool', ['--module', MODULE ?? '', ...argv], { env, stdio: 'pipe' });
  };
  const keys = (more: object = {}): CommandKeys =>
    new CommandKeys({ command: example, party: authority, folder, env: { ...env, ...more }, signal });

  beforeAll(() => {
    mkdirSync(path.join(folder, 'tokens'));
    writeFileSync(conf, `directories.tokendir = ${path.join(folder, 'tokens')}\nobjectstore.backend = file\n`);
    const token = ['--init-token', '--free', '--label', 'ledger', '--pin', '1234', '--so-pin', '5678'];
    execFileSync('softhsm2-util', token, { env, stdio: 'pipe' });
    inToken(...pair, '--key-type', 'EC:secp256k1', '--label', 'carbon', '--id', '01');
    inToken(...pair, '--key-type', 'EC:prime256v1', '--label', 'other', '--id', '02');
  });

  it('signs, and is never seen', async () => {
    const signer = await keys().signerOf(authority);
    expect(signer.suite).toBe('eip712-secp256k1');
    for (const byte of [1, 7, 0xab, 0xff]) {
      const digest = new Uint8Array(32).fill(byte);
      expect(recoverAddress(digest, await signer.sign(digest))).toBe(signer.keyId);
    }
  });

  it.each([
    ['is on another curve', { KEY_ID: '02' }],
    ['is not there', { KEY_ID: '77' }],
    ['lies in a token that is not there', { TOKEN: 'none' }],
    ['lies in no module', { MODULE: '/nowhere.so' }],
  ])('that %s is told', async (_, more) => {
    await expect(keys(more).signerOf(authority)).rejects.toMatchObject({ code: 'SIGNER_FAILED' });
  });

  it('signs nothing with a wrong PIN', async () => {
    const signing = keys({ PIN: '0000' })
      .signerOf(authority)
      .then((signer) => signer.sign(new Uint8Array(32).fill(1)));
    await expect(signing).rejects.toMatchObject({ code: 'SIGNER_FAILED' });
  });

  it('founds a ledger, and anchors a record on it', async () => {
    const running = await startEmbeddedService({
      ...{ dataDir: path.join(folder, 'data'), host: '127.0.0.1', port: 0, logLevel: 'silent', oneThread: true },
      founder: async (msp, signedAt) =>
        ownFounder({ uscc: authority, name: '主管部门', msp, signer: await keys().signerOf(authority), signedAt }),
      ...{ now, signal },
    });
    const cli = (...argv: readonly string[]): Promise<CliResult> =>
      runInProcess([...argv, '--as', authority, '--signer', example, '--url', running.url], { homeDir: folder, env });
    try {
      const filed = await cli('file', 'working-days', '--period', '2026', '--set', 'source=试验', '--set', periods);
      expect(filed.code === 0 ? '' : filed.stderr).toBe('');
      const receipt = path.join(folder, 'days.receipt');
      expect((await cli('receipt', `${authority}/-/2026/working-days`, '-o', receipt)).stderr).not.toContain('✗');
      expect((await cli('verify-receipt', receipt, '--issuer', authority)).stdout).toMatch(/^PASS/);
    } finally {
      await running.close();
    }
  });
});
