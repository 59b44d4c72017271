import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startGateway, type Gateway } from '@carbon-ledger/gateway-api';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { LedgerFolder } from '../../../test/support/ledger-folder';
import { runInProcess, type CliResult } from '../testing/test-io';

let ledger: LedgerFolder;
let gateway: Gateway;
let folder: string;
let policy: string;

beforeAll(async () => {
  ledger = await LedgerFolder.open();
  await ledger.found();
  const { dataDir } = ledger;
  const options = { host: '127.0.0.1', port: 0, version: '0', deployment: 'embedded', logLevel: 'silent' };
  gateway = await startGateway({ ledger: ledger.ledger, dataDir, ...options });
  await gateway.ready;
  await untilSigned(14);
  folder = temporaryFolder('audit');
  policy = path.join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify(gateway.policy));
});
afterAll(async () => {
  await gateway.close();
  await ledger.close();
});

/** Asks until the checkpoint covers this many records. */
async function untilSigned(size: number): Promise<void> {
  const response = await fetch(`${gateway.url}/log/checkpoint`);
  const signed = response.ok ? Number((await response.text()).split('\n')[1]) : 0;
  if (signed < size) await untilSigned(size);
}

function stateFile(name: string): string {
  return path.join(folder, `${name}.json`);
}

function audit(name: string, ...options: string[]): Promise<CliResult> {
  return runInProcess(['audit', gateway.url, '--state', stateFile(name), '--json', ...options]);
}

describe('audit and compare', () => {
  it('ask for a policy at the first look and remember it', async () => {
    expect(await audit('a')).toMatchObject({ code: 3, stdout: '' });
    const first = await audit('a', '--policy', policy, '--seed', 'x', '--all');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({
      result: 'ok',
      size: '14',
      sample: { included: 14, records: 14, receipts: 14, pending: 0 },
      findings: [],
    });
    const second = await audit('a', '--samples', '2');
    expect(JSON.parse(second.stdout)).toMatchObject({ result: 'ok', previousSize: '14' });
  });

  it('follow a log that grows, and find one log between two auditors', async () => {
    await audit('early', '--policy', policy);
    await ledger.anchorMonth();
    await untilSigned(18);
    const note = path.join(folder, 'note');
    expect(JSON.parse((await audit('late', '--policy', policy, '--save-note', note)).stdout)).toMatchObject({
      size: '18',
    });
    const compare = (...options: string[]): Promise<CliResult> =>
      runInProcess(['compare', stateFile('early'), note, '--policy', policy, ...options]);
    expect((await compare()).code).toBe(3);
    expect(await compare('--log', gateway.url)).toMatchObject({ code: 0 });
  });

  it('find a service that shows another history under the same key', async () => {
    await audit('b', '--policy', policy);
    const seen = readFileSync(stateFile('b'), 'utf8');
    const { checkpoints } = JSON.parse(seen) as { checkpoints: { root: string }[] };
    writeFileSync(stateFile('forged'), seen.replace(checkpoints[0]!.root, '00'.repeat(32)));
    const result = await audit('forged');
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({ findings: [{ code: 'SPLIT_VIEW' }] });
  });

  it('refuse what is neither an address nor a folder', async () => {
    const result = await runInProcess(['audit', '/nowhere', '--policy', policy, '--state', stateFile('c')]);
    expect(result).toMatchObject({ code: 2 });
  });
});
