import path from 'node:path';
import { digestSubmission, judgeFounding, secp256k1Signer, signSubmission, usccCheckDigit } from '@carbon-ledger/core';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { ownFounder } from './service/founding';
import { runInProcess, type CliResult } from './testing/test-io';

const authority = `11100000MB0REAL01${usccCheckDigit('11100000MB0REAL01')}`;

/** A clock that goes on by two seconds whenever it is read, as a passphrase and its key derivation let it. */
function slowClock(): () => Date {
  let at = Date.now() - 120_000;
  return () => new Date((at += 2_000));
}

describe.each(['secp256k1', 'sm2'])('a production ledger whose founder has a key of %s', (suite) => {
  const homeDir = temporaryFolder('founding');
  const env = { CARBON_LEDGER_PASSPHRASE: 'correct horse' };
  const data = path.join(temporaryFolder('founding'), 'ledger');

  async function servedWhile(ask: (url: string) => Promise<void>): Promise<CliResult> {
    const controller = new AbortController();
    let asked: Promise<void> | undefined;
    const write = (text: string): boolean => {
      const { url } = JSON.parse(text) as { url: string };
      asked = ask(url).finally(() => {
        controller.abort();
      });
      return true;
    };
    const argv = ['serve', '--port', '0', '--json', '--log-level', 'silent', '--one-thread', '--data', data];
    const result = await runInProcess([...argv, '--as', authority, '--founder-name', '主管部门'], {
      ...{ homeDir, env, signal: controller.signal, stdout: { write }, now: slowClock() },
    });
    await asked;
    return result;
  }

  it('is founded by a record that its own receipt proves, however long the key took to open', async () => {
    await runInProcess(['keys', 'new', '--suite', suite, '--as', authority], { homeDir, env });
    const served = await servedWhile(async (url) => {
      const policy = path.join(data, 'policy.json');
      const state = path.join(homeDir, 'audit.json');
      const audited = await runInProcess(['audit', url, '--policy', policy, '--state', state, '--json']);
      expect(JSON.parse(audited.stdout)).toMatchObject({ result: 'ok', findings: [], sample: { receipts: 1 } });
      expect(audited.code).toBe(0);
    });
    expect(served.code).toBe(0);
  });
});

describe('a founding', () => {
  const ledger = 'ab'.repeat(32);
  const time = '2026-11-29T08:00:00Z';
  const signer = secp256k1Signer(new Uint8Array(32).fill(7));

  async function judged(change: { from?: string; signedAt?: string; to?: string; status?: string }): Promise<void> {
    const { from = time, signedAt = time, to, status } = change;
    const { record } = await ownFounder({ uscc: authority, name: '主管部门', msp: 'M', signer, signedAt: from });
    const keys = (record.content['keys'] as object[]).map((key) => ({
      ...key,
      ...(to === undefined ? {} : { validTo: to }),
    }));
    const content = { ...record.content, keys, ...(status === undefined ? {} : { status }) };
    const records = [{ ...record, content }];
    const submission = await signSubmission({ ledger, party: authority, records, signedAt }, signer);
    await judgeFounding(digestSubmission(submission), { ledger, msp: 'M', time });
  }

  it('is taken when its key is valid', async () => {
    await expect(judged({})).resolves.toBeUndefined();
  });

  it.each([
    ['a key that begins after the signature', { from: '2026-11-29T08:00:01Z' }, 'KEY_NOT_VALID'],
    ['a key that has ended', { from: '2026-11-01T00:00:00Z', to: '2026-11-29T08:00:00Z' }, 'KEY_NOT_VALID'],
    [
      'a signature of 31 days ago',
      { from: '2026-10-01T00:00:00Z', signedAt: '2026-10-29T07:59:59Z' },
      'SIGNED_TIME_OUT_OF_RANGE',
    ],
    ['a signature of an hour to come', { signedAt: '2026-11-29T09:00:00Z' }, 'SIGNED_TIME_OUT_OF_RANGE'],
    ['a founder that calls itself suspended', { status: 'suspended' }, 'PARTY_SUSPENDED'],
  ])('is refused with %s', async (_, change, code) => {
    await expect(judged(change)).rejects.toMatchObject({ code });
  });
});
