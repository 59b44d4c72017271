import { LedgerClient } from '@carbon-ledger/client-sdk';
import { digestSubmission, formatSubmissionId } from '@carbon-ledger/core';
import { temporaryFolder } from '../../support/temporary-folder';
import type { Sample } from '../recorder/market';
import { GatewayProcess } from './gateway-process';
import type { Acknowledged } from './load';
import { FaultTable } from './table';
import { acknowledged, seconds } from './told';
import { World } from './world';

jest.setTimeout(300_000);

const table = new FaultTable();
let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(async () => {
  await world.close();
  table.print();
});

/** What goes over HTTP. */
function sent({ submission, figures }: Sample): Pick<Sample, 'submission' | 'figures'> {
  return { submission, figures };
}

test('the gateway is killed between submit and commit, whenever that is', async () => {
  const since = await world.oracle.agree();
  const dataDir = temporaryFolder('gateway');
  const found: Acknowledged[] = [];
  const ends: string[] = [];
  for (const delay of [10, 60, 120, 180, 240]) {
    const sample = await world.market.sample(`gateway-${world.run}-${String(delay)}`);
    const gateway = await GatewayProcess.start(world.profile('Regulator'), dataDir);
    const asked = new LedgerClient({ baseUrl: gateway.url }).submit([sent(sample)]).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await gateway.kill();
    const answer = await asked;
    ends.push(await resolved(dataDir, sample, answer !== undefined));
    found.push(acknowledged(sample));
  }
  await world.oracle.hold(found, since);
  table.add('gateway-killed', `at 10, 60, 120, 180, 240 ms: ${ends.join(', ')}; each committed once in the end`);
});

/** What a client does that got no answer: asks by the submission's id, and sends the same submission again if it is not there. */
async function resolved(dataDir: string, sample: Sample, wasAnswered: boolean): Promise<string> {
  const gateway = await GatewayProcess.start(world.profile('Regulator'), dataDir);
  try {
    const client = new LedgerClient({ baseUrl: gateway.url });
    const id = formatSubmissionId(digestSubmission(sample.submission).digest);
    const known = await client.submission(id).catch(() => undefined);
    const [again] = (await client.submit([sent(sample)])).submissions;
    expect(again?.state).toBe('committed');
    if (wasAnswered) return 'answered';
    return known?.state === 'committed' ? 'found committed' : 'sent again';
  } finally {
    await gateway.interrupt();
  }
}

test.each([
  ['killed', 'kill', 'start'],
  ['silent', 'pause', 'resume'],
] as const)('a gateway ends when it is told to, though its peer is %s', async (state, away, back) => {
  const dataDir = temporaryFolder('gateway');
  const gateway = await GatewayProcess.start(world.profile('Regulator'), dataDir);
  await world.act(away, 'peer0.regulator');
  const started = performance.now();
  const code = await gateway.interrupt();
  const took = performance.now() - started;
  await world.act(back, 'peer0.regulator');
  expect(code).toBe(0);
  expect(took).toBeLessThan(10_000);
  await world.oracle.agree();
  table.add(`gateway-stopped-peer-${state}`, `ended ${seconds(took)} after SIGINT`);
});
