import { isLedgerError } from '@carbon-ledger/core';
import { FakeGateway } from '../../testing/fake-gateway';
import { rawPost, rawRequest } from '../../testing/raw-request';
import { enterprise, lab } from '../../testing/trial-world';
import { BodyBuffers } from './body-buffers';
import { Limits } from './limits';
import { WorkBudget } from './work-budget';

function outcome(work: () => void): unknown {
  try {
    work();
    return 'open';
  } catch (error) {
    return isLedgerError(error) ? [error.code, error.details['retryAfter']] : error;
  }
}

describe('a budget of work', () => {
  it('closes while nothing is left, and tells when it opens', () => {
    let now = 0;
    const budget = new WorkBudget({ burst: 100, perSecond: 10 }, () => now);
    const account = budget.account('a');
    account.spend(150);
    expect(outcome(account.assertOpen)).toEqual(['RATE_LIMITED', 5]);
    now = 4_000;
    expect(outcome(account.assertOpen)).toEqual(['RATE_LIMITED', 1]);
    now = 5_100;
    expect(outcome(account.assertOpen)).toBe('open');
  });

  it('is each one’s own, never grows beyond its burst, and takes back what was given for nothing', () => {
    let now = 0;
    const budget = new WorkBudget({ burst: 100, perSecond: 10 }, () => now);
    now = 1_000_000;
    const [a, b] = [budget.account('a'), budget.account('b')];
    a.spend(100);
    expect(outcome(a.assertOpen)).toEqual(['RATE_LIMITED', 1]);
    expect(outcome(b.assertOpen)).toBe('open');
    a.spend(-50);
    expect(outcome(a.assertOpen)).toBe('open');
  });

  it('remembers a debt through a crowd of others, and not every address there ever was', () => {
    const budget = new WorkBudget({ burst: 1, perSecond: 1 }, () => 0);
    const debtor = budget.account('debtor');
    debtor.spend(1000);
    for (let count = 0; count < 60_000; count += 1) {
      budget.account(`x${String(count)}`).spend(1);
      if (count % 1000 === 0) expect(outcome(debtor.assertOpen)).toEqual(['RATE_LIMITED', 999]);
    }
  });
});

describe('limits of one of several gateways', () => {
  it('are one part of what a client may ask for', () => {
    const whole = { requestsPerMinute: 900, signInsPerMinute: 30, workPerClient: { burst: 300, perSecond: 30 } };
    const limits = new Limits({ ...whole, gateways: 3 }, () => 0);
    expect(limits.requestsPerMinute).toBe(300);
    const account = limits.account('a', undefined);
    account.spend(99);
    expect(outcome(account.assertOpen)).toBe('open');
    account.spend(11);
    expect(outcome(account.assertOpen)).toEqual(['RATE_LIMITED', 1]);
    const signIns = Array.from({ length: 12 }, () => {
      return outcome(() => {
        limits.countSignIn('a', undefined);
      });
    });
    expect(signIns.filter((one) => one === 'open')).toHaveLength(10);
  });
});

describe('memory for bodies', () => {
  it('is bounded for one client and for all, and given back', () => {
    const buffers = new BodyBuffers({ perClient: 10, inAll: 25 });
    buffers.take('a', 10);
    expect(
      outcome(() => {
        buffers.take('a', 1);
      }),
    ).toEqual(['RATE_LIMITED', 1]);
    buffers.take('b', 10);
    expect(
      outcome(() => {
        buffers.take('c', 6);
      }),
    ).toEqual(['NOT_READY', undefined]);
    buffers.giveBack('a', 10);
    buffers.take('c', 6);
    buffers.take('a', 9);
  });
});

describe('limits of the service', () => {
  const challenge = (fake: FakeGateway, party: string, headers: Record<string, string> = {}): Promise<number> =>
    rawPost(fake.url, '/v1/sessions/challenges', { party }, headers).then(({ status }) => status);
  const repeated = async (times: number, ask: () => Promise<number>): Promise<number[]> => {
    const statuses: number[] = [];
    for (let count = 0; count < times; count += 1) statuses.push(await ask());
    return statuses;
  };

  it('on signing in are each party’s own, and not those on reading', async () => {
    const fake = await FakeGateway.start({ limits: { signInsPerMinute: 5 } });
    const client = fake.client(lab);
    await client.call('getSession');
    expect(await repeated(6, () => challenge(fake, lab))).toContain(429);
    expect(await repeated(3, () => challenge(fake, enterprise))).toEqual([201, 201, 201]);
    for (let count = 0; count < 20; count += 1) await client.call('getSession');
    expect(await repeated(8, () => rawPost(fake.url, '/v1/sessions', '{}').then(({ status }) => status))).toContain(
      429,
    );
    expect(await challenge(fake, enterprise)).toBe(201);
    await fake.stop();
  });

  it('are not escaped by naming other addresses, where no proxy is trusted', async () => {
    const fake = await FakeGateway.start({ limits: { requestsPerMinute: 20 } });
    const statuses = await repeated(30, () => {
      const headers = { 'x-forwarded-for': `10.1.0.${String(Math.floor(Math.random() * 250))}` };
      return rawRequest(fake.url, { path: '/livez', headers }).then(({ status }) => status);
    });
    expect(statuses.slice(-5)).toEqual([429, 429, 429, 429, 429]);
    await fake.stop();
  });

  it('are those of the client behind a trusted proxy, as the proxy itself names it', async () => {
    const fake = await FakeGateway.start({ limits: { requestsPerMinute: 5 }, trustedProxies: ['127.0.0.1/32'] });
    const from = (client: string): Promise<number> =>
      rawRequest(fake.url, { path: '/livez', headers: { 'x-forwarded-for': client } }).then(({ status }) => status);
    expect(await repeated(6, () => from('10.1.0.1'))).toEqual([200, 200, 200, 200, 200, 429]);
    expect(await from('10.1.0.2')).toBe(200);
    // What the client wrote stands before what the proxy adds.
    expect(await from('10.9.9.9, 10.1.0.1')).toBe(429);
    expect(await from('2001:db8::1')).toBe(200);
    await fake.stop();
  });

  it('close to whoever made it work too much, with the time to wait, and to nobody who signed in', async () => {
    const fake = await FakeGateway.start({ limits: { workPerClient: { burst: 20, perSecond: 1 } } });
    const body = { keys: Array.from({ length: 1000 }, (_, index) => `${enterprise}/U1/2024-01/x${String(index)}`) };
    expect((await rawPost(fake.url, '/v1/heads', body)).status).toBe(200);
    const refused = await rawPost(fake.url, '/v1/heads', { keys: ['x'] });
    expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([429, true]);
    expect((await rawRequest(fake.url, { path: '/livez' })).status).toBe(200);
    expect(await fake.client(lab).call('listRecords', { query: { limit: 1 } })).toBeDefined();
    await fake.stop();
  });
});
