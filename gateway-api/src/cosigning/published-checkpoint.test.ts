import { formatVkey, parseVkey, verifyCheckpoint } from '@carbon-ledger/core';
import { FakeGateway } from '../testing/fake-gateway';
import { parseOutsideConfig } from '../witness/config';
import { witnessSigner } from '../witness/testing/test-log';
import { startWitnessOf } from '../witness/testing/witness-server';

const at = async (fake: FakeGateway, path: string): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`${fake.url}${path}`);
  return { status: answer.status, text: await answer.text() };
};

/** As a tile client does that has pinned the policy: it takes the log's `checkpoint`, and nothing else. */
async function takesCheckpoint(fake: FakeGateway): Promise<boolean> {
  const { origin, logKey, witnesses, quorum } = await fake.client().policy();
  expect(quorum).toBe(1);
  const { text } = await at(fake, '/log/checkpoint');
  try {
    verifyCheckpoint(text, { origin, logKey: parseVkey(logKey), witnesses: witnesses.map(parseVkey), quorum });
    return true;
  } catch {
    return false;
  }
}

async function untilTaken(fake: FakeGateway): Promise<void> {
  while (!(await takesCheckpoint(fake))) await fake.client().call('livez');
}

/** The log still takes in blocks when it starts: both are asked between two answers that agree. */
async function bothWhileItStands(fake: FakeGateway): Promise<{ published: string; newest: string }> {
  const before = await at(fake, '/log/checkpoint?of=newest');
  const published = await at(fake, '/log/checkpoint');
  const { text: newest } = await at(fake, '/log/checkpoint?of=newest');
  return before.text === newest ? { published: published.text, newest } : bothWhileItStands(fake);
}

describe('the checkpoint that a log is known by', () => {
  it('carries what organisations cosigned, where the policy asks for it', async () => {
    const fake = await FakeGateway.start({ cosigning: { intervalMs: 0 }, quorum: 1 });
    while ((await at(fake, '/v1/ledger/policy')).status !== 200) await fake.client().call('livez');
    await untilTaken(fake);
    const cosigned = await at(fake, '/log/checkpoint/cosigned');
    expect([cosigned.status, cosigned.text]).toEqual([200, (await at(fake, '/log/checkpoint')).text]);
    await fake.stop();
  });

  it('carries what witnesses outside cosigned, and /cosigned is the same', async () => {
    const [first, signer] = [await FakeGateway.start(), witnessSigner('w.example/1')];
    const key = parseVkey((await first.client().policy()).logKey);
    const witness = await startWitnessOf(key, signer);
    await first.gateway.close();
    const list = [{ key: formatVkey(signer.key), url: witness.url }];
    const fake = await FakeGateway.on(first.folder, first.ledger, {
      outside: parseOutsideConfig({ witnesses: { quorum: 1, list } }),
    });
    await untilTaken(fake);
    const cosigned = await at(fake, '/log/checkpoint/cosigned');
    expect([cosigned.status, cosigned.text]).toEqual([200, (await at(fake, '/log/checkpoint')).text]);
    await fake.stop();
    await witness.close();
  });

  it('is the newest one where nobody is asked, and there is no other', async () => {
    const fake = await FakeGateway.start();
    const { published, newest } = await bothWhileItStands(fake);
    expect(published).toBe(newest);
    expect((await at(fake, '/log/checkpoint/cosigned')).status).toBe(404);
    await fake.stop();
  });
});
