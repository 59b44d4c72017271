import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalize, type Policy } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { runInProcess } from '../testing/test-io';

// What these commands do when all is well, with real services, is in test/outside.
const golden = path.join(__dirname, '../../../test/golden');
const receipt = path.join(golden, 'receipt-v1-timestamp/valid/with-a-timestamp.json');
const evidence = path.join(__dirname, '../../../core/src/evm-anchor/fixtures/evidence.json');
const work = temporaryFolder('cli');

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(path.join(work, name), content);
  return path.join(work, name);
}

function policy(): Policy {
  return JSON.parse(readFileSync(path.join(golden, 'receipt-v1-timestamp/policy.json'), 'utf8')) as Policy;
}

async function refusal(...argv: readonly string[]): Promise<[number, unknown]> {
  const { code, stderr } = await runInProcess([...argv, '--json'], { homeDir: work });
  return [code, (JSON.parse(stderr) as { error: { code: unknown } }).error.code];
}

describe('outside timestamp', () => {
  const { timestamp } = JSON.parse(readFileSync(receipt, 'utf8')) as { timestamp: string };
  const token = write('token.tst', Buffer.from(timestamp, 'base64'));
  const [root = ''] = policy().timestampRoots ?? [];

  it('checks a token over the checkpoint of a receipt, with a root in DER or PEM', async () => {
    const der = write('root.der', Buffer.from(root, 'base64'));
    const pem = write('root.pem', `-----BEGIN CERTIFICATE-----\n${root}\n-----END CERTIFICATE-----\n`);
    for (const file of [der, pem]) {
      const { code, stdout } = await runInProcess(['outside', 'timestamp', receipt, '--root', file, '--token', token]);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/no later than 2026-11-21T10:05:28\.000Z/)]);
    }
  });

  it('refuses a token over another checkpoint, and a file that holds none', async () => {
    const der = write('root.der', Buffer.from(root, 'base64'));
    const check = ['--root', der, '--token', token];
    const other = path.join(golden, 'receipt-v1/must-fail/a-checkpoint-of-another-size.json');
    expect(await refusal('outside', 'timestamp', other, ...check)).toEqual([1, 'TIMESTAMP_MISMATCH']);
    expect(await refusal('outside', 'timestamp', token, ...check)).toEqual([1, 'CHECKPOINT_MALFORMED']);
    expect(await refusal('outside', 'timestamp', receipt, '--root', der)).toEqual([2, 'USAGE']);
  });
});

describe('outside', () => {
  it('shows the same witness key again, and takes no name that a note cannot hold', async () => {
    const ask = ['outside', 'witness-key', '--data', work, '--name', 'example.com/w'];
    const first = await runInProcess(ask);
    expect(first.stdout).toMatch(/^example\.com\/w\+[0-9a-f]{8}\+/);
    expect((await runInProcess(ask)).stdout).toBe(first.stdout);
    expect(await refusal('outside', 'witness-key', '--data', work, '--name', 'a b')).toEqual([2, 'USAGE']);
  });

  it('says that a node is away', async () => {
    const key = write('poster.key', '11'.repeat(32));
    const away = ['--node', 'http://127.0.0.1:9', '--chain-id', '1'];
    const [code, problem] = await refusal('outside', 'deploy', ...away, '--key-file', key);
    expect([code, problem]).toEqual([3, 'OUTSIDE_UNREACHABLE']);
    const other = ['--node', 'http://127.0.0.1:9', '--chain-id', 'x', '--key-file', key];
    expect(await refusal('outside', 'deploy', ...other)).toEqual([2, 'USAGE']);
  });
});

describe('verify-receipt with a chain', () => {
  const check = ['verify-receipt', receipt, '--policy'];

  it('wants a policy that names a contract, and a block that is known', async () => {
    const plain = write('plain.json', canonicalize(policy()));
    const anchor = { chainId: '31337', contract: `0x${'00'.repeat(20)}` };
    const anchored = write('anchored.json', canonicalize({ ...policy(), anchor }));
    expect(await refusal(...check, plain, '--evidence', evidence)).toEqual([2, 'USAGE']);
    expect(await refusal(...check, anchored, '--evidence', evidence)).toEqual([2, 'USAGE']);
    const block = ['--block', `0x${'00'.repeat(32)}`];
    expect((await refusal(...check, anchored, '--evidence', evidence, ...block))[1]).toMatch(
      /^(?:ANCHOR_INVALID|PROOF_MALFORMED)$/,
    );
  });
});
