import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { trialNationalAuthority } from '@carbon-ledger/plant-year/trial';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { startTrialService } from '../../test/support/trial-service';
import type { RunningService } from './service/serving';
import { runInProcess, type CliResult } from './testing/test-io';

const { uscc } = trialNationalAuthority;
const periods = 'periods={"notice":7,"objection":7,"decision":10,"redetermination":10}';

describe('keys rotate', () => {
  const work = temporaryFolder('rotation');
  const data = path.join(work, 'data');
  const at = (name: string): string => path.join(work, name);
  const secret = (name: string): string => readFileSync(path.join(data, 'keys', name), 'utf8');
  let running: RunningService | undefined;

  beforeAll(start);
  afterAll(() => running?.close());

  async function start(): Promise<void> {
    running = await startTrialService(data);
  }

  async function stop(): Promise<void> {
    await running?.close();
    running = undefined;
  }

  const cli = (...argv: readonly string[]): Promise<CliResult> =>
    runInProcess(argv, { homeDir: work, env: { CARBON_LEDGER_URL: running?.url ?? 'http://127.0.0.1:9' } });

  async function yes(...argv: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await cli(...argv);
    expect(code === 0 ? '' : `${argv.join(' ')}: ${stderr}`).toBe('');
    return stdout;
  }

  const file = (period: string): Promise<string> =>
    yes(
      'file',
      'working-days',
      '--as',
      uscc,
      '--trial-keys',
      '--period',
      period,
      '--set',
      'source=试验',
      '--set',
      periods,
    );
  const receipt = (name: string): Promise<string> => yes('receipt', `${uscc}/-/-/party`, '-o', at(name));
  const audit = (...more: string[]): Promise<CliResult> =>
    cli('audit', running?.url ?? '', '--state', at('seen.json'), ...more);

  it('asks for a service that is stopped, and for a place for the handover', async () => {
    await receipt('before.receipt');
    await yes('log', '--policy', '-o', at('before.json'));
    expect((await audit('--policy', at('before.json'))).code).toBe(0);
    const held = await cli('keys', 'rotate', 'log', '--data', data, '-o', at('early.note'));
    expect(held).toMatchObject({ code: 3, stderr: expect.stringContaining('FOLDER_LOCKED') as string });
    expect(existsSync(at('early.note'))).toBe(false);
    await stop();
    expect((await cli('keys', 'rotate', 'log', '--data', data)).code).toBe(2);
    expect((await cli('keys', 'rotate', 'cosigner', '--data', data)).code).toBe(2);
    expect((await cli('keys', 'rotate', 'sessions', '--data', at('nowhere'))).code).toBe(2);
  });

  it('hands the log over: what was signed stays known, and the old key is gone', async () => {
    const old = secret('log.key');
    await yes('keys', 'rotate', 'log', '--data', data, '-o', at('handover.note'));
    expect(secret('log.key')).not.toBe(old);
    expect(
      readdirSync(path.join(data, 'keys')).filter(
        (name) => readFileSync(path.join(data, 'keys', name), 'utf8') === old,
      ),
    ).toEqual([]);
    expect(JSON.parse(await yes('fsck', '--data', data, '--json', '--threads', '0'))).toMatchObject({ result: 'ok' });
  });

  it('gives everybody other tokens', async () => {
    const old = secret('sessions.key');
    await yes('keys', 'rotate', 'sessions', '--data', data);
    expect(secret('sessions.key')).not.toBe(old);
  });

  it('lets the service go on, under the new key, where the old one ended', async () => {
    await start();
    await file('2026');
    await yes('log', '--policy', '-o', at('after.json'));
    expect(readFileSync(at('after.json'), 'utf8')).not.toBe(readFileSync(at('before.json'), 'utf8'));
    const refused = await cli('log', '--handover', at('handover.note'), '--from', at('after.json'), '-o', at('x.json'));
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('CHECKPOINT_UNSIGNED') as string });
  });

  it('is taken over by who pinned the policy: receipts of before and of after hold under it', async () => {
    await yes('log', '--handover', at('handover.note'));
    await receipt('after.receipt');
    for (const name of ['before.receipt', 'after.receipt'])
      expect(await yes('verify-receipt', at(name))).toMatch(/^PASS/);
    await yes('log', '--handover', at('handover.note'), '--from', at('before.json'), '-o', at('taken.json'));
    expect(JSON.parse(readFileSync(at('taken.json'), 'utf8'))).toEqual(
      JSON.parse(readFileSync(at('after.json'), 'utf8')),
    );
    for (const name of ['before.receipt', 'after.receipt'])
      expect(await yes('verify-receipt', at(name), '--policy', at('taken.json'))).toMatch(/^PASS/);
    const mixed = await cli('verify-receipt', at('after.receipt'), '--policy', at('before.json'));
    expect(mixed).toMatchObject({ code: 1, stdout: expect.stringContaining('CHECKPOINT_UNSIGNED') as string });
  });

  it('leads an auditor on from what it saw under the old key, and from nothing else', async () => {
    expect((await audit()).code).not.toBe(0);
    expect((await audit('--handover', at('handover.note'))).code).toBe(0);
    expect((await audit()).code).toBe(0);
    const forged = readFileSync(at('handover.note'), 'utf8').replace(/\n1\n/, '\n2\n');
    writeFileSync(at('forged.note'), forged);
    const refused = await cli('log', '--handover', at('forged.note'), '--from', at('before.json'), '-o', at('y.json'));
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('CHECKPOINT_SIGNATURE_INVALID') as string,
    });
  });

  it('still refuses to sign what was not signed last', async () => {
    await stop();
    const guard = path.join(data, 'guard', 'last-signed.jsonl');
    const line = JSON.parse(readFileSync(guard, 'utf8').trim().split('\n').at(-1) ?? '') as { root: string };
    writeFileSync(guard, `${JSON.stringify({ ...line, root: 'f'.repeat(64) })}\n`);
    await expect(start()).resolves.toBeUndefined();
    expect((await cli('receipt', `${uscc}/-/-/party`, '-o', at('none.receipt'))).stderr).toContain('ROLLED_BACK');
  });
});
