import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { LedgerError } from '@carbon-ledger/core';
import { createAuthority } from '../../../embedded-peer/src/identity/certificates';
import type { OrderingService } from '../ledger';
import { FakeGateway } from '../testing/fake-gateway';
import { ordererQuorum } from './orderer-probe';
import { Readiness, type ReadinessParts } from './readiness';

type Ledger = ReadinessParts['ledger'];

const never = (): Promise<never> => new Promise(() => undefined);
const refuse = (code: 'UNREACHABLE' | 'INTERNAL', message: string) => (): Promise<never> =>
  Promise.reject(new LedgerError(code, message));
const withoutChannel = (): Promise<never> =>
  Promise.reject(new LedgerError('UNREACHABLE', 'no channel', { details: { missing: 'channel' } }));
const healthy: Ledger = {
  mspId: 'OwnMSP',
  endorsersAway: [],
  height: () => Promise.resolve(1n),
  submit: async (_call, beforeSending) => {
    await beforeSending?.({ txId: '', result: new Uint8Array() });
    throw new Error('a question was sent to be ordered');
  },
  ordering: () => Promise.resolve({ consensus: 'BFT', orderers: [] }),
};

async function placesOf(
  ledger: Partial<Ledger>,
  { asksOrderers = false, patienceMs = 50 }: { asksOrderers?: boolean; patienceMs?: number } = {},
): Promise<string[]> {
  const readiness = new Readiness({ ledger: { ...healthy, ...ledger }, asksOrderers, clock: Date.now, patienceMs });
  return ((await readiness.problem())?.faults ?? []).map(({ path }) => path);
}

describe('what a gateway needs to do its work', () => {
  it.each<[string, Partial<Ledger>, string[]]>([
    ['nothing, where all answer', {}, []],
    ['a peer that is dead', { height: refuse('UNREACHABLE', 'no') }, ['/peer']],
    ['a peer that takes questions and is silent', { height: never }, ['/peer']],
    ['a peer that is there without the channel', { height: withoutChannel }, ['/channel']],
    ['a channel that the peer has lost', { height: refuse('INTERNAL', 'access denied') }, ['/channel']],
    ['a chaincode service that is dead', { submit: refuse('UNREACHABLE', 'no') }, ['/contract']],
    ['a contract that never answers', { submit: never }, ['/contract']],
    ['a contract that was never founded', { submit: refuse('INTERNAL', 'no chaincode') }, ['/contract']],
    ['the own contract, in whose place others endorse', { endorsersAway: ['OwnMSP'] }, ['/contract']],
    ['no contract of others, while enough endorse', { endorsersAway: ['OtherMSP'] }, []],
    ['a silent contract behind a silent peer', { height: never, endorsersAway: ['OwnMSP'] }, ['/peer', '/contract']],
    ['all that is silent, each waited for at once', { height: never, ordering: never }, ['/peer']],
  ])('names %s', async (_what, ledger, places) => {
    expect(await placesOf(ledger)).toEqual(places);
  });

  it('is asked once however many ask, and anew after a second', async () => {
    let [asked, now] = [0, 0];
    const ledger: Ledger = { ...healthy, height: () => Promise.resolve(BigInt((asked += 1))) };
    const readiness = new Readiness({ ledger, asksOrderers: false, clock: () => now });
    await Promise.all(Array.from({ length: 50 }, () => readiness.problem()));
    await readiness.problem();
    expect(asked).toBe(1);
    now = 1_000;
    await readiness.problem();
    expect(asked).toBe(2);
  });
});

describe('work that waits for others', () => {
  const attended = (ledger: Partial<Ledger>, work: Promise<unknown>, isApart = true): Promise<unknown> =>
    new Readiness({
      ...{ ledger: { ...healthy, ...ledger }, asksOrderers: isApart, clock: () => 0, patienceMs: 50 },
      askedAfterMs: 1,
    }).attended(work);

  it.each<[string, Partial<Ledger>, string]>([
    ['its contract, silent since', { submit: never }, '/contract'],
    ['its peer, silent since', { height: never }, '/peer'],
    ['its channel, lost since', { height: refuse('INTERNAL', 'access denied') }, '/channel'],
  ])('is told of %s, and that it is not lost', async (_what, ledger, path) => {
    await expect(attended(ledger, never())).rejects.toMatchObject({
      ...{ code: 'NOT_READY', faults: expect.arrayContaining([expect.objectContaining({ path })]) as unknown },
      message: expect.stringContaining('may still be anchored') as string,
    });
  });

  it('is waited for while they are there, however long it takes', async () => {
    const readiness = new Readiness({ ledger: healthy, asksOrderers: true, clock: () => 0, askedAfterMs: 1 });
    let done: (value: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => (done = resolve));
    const asked = jest.spyOn(readiness, 'problem').mockImplementation(() => {
      if (asked.mock.calls.length === 3) done('anchored');
      return Promise.resolve(undefined);
    });
    expect(await readiness.attended(work)).toBe('anchored');
  });

  it.each<[string, Partial<Ledger>, number]>([
    ['orderers alone are away', {}, 0],
    ['this machine was held up itself', { submit: never }, 10_000],
  ])('is waited for where %s', async (_what, ledger, lateMs) => {
    let now = 0;
    let done: (value: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => (done = resolve));
    const readiness = new Readiness({
      ...{ ledger: { ...healthy, ...ledger }, asksOrderers: true, patienceMs: 20, askedAfterMs: 1 },
      clock: () => (now += lateMs),
    });
    const ask = readiness.problem.bind(readiness);
    const asked = jest.spyOn(readiness, 'problem').mockImplementation(async () => {
      const found = await ask();
      if (asked.mock.calls.length === 3) done('anchored');
      return found;
    });
    expect(await readiness.attended(work)).toBe('anchored');
  });

  it('ends as it ends, and is not asked about where all of it runs in this process', async () => {
    await expect(attended({}, Promise.reject(new LedgerError('NOT_SENT')))).rejects.toMatchObject({ code: 'NOT_SENT' });
    expect(await attended({ height: never }, Promise.resolve('anchored'), false)).toBe('anchored');
  });
});

describe('orderers', () => {
  const servers: Server[] = [];
  const sockets: Socket[] = [];
  let root: Uint8Array;
  let alive: string;
  let silent: string;
  const listening = async (server: Server): Promise<string> => {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  };

  beforeAll(async () => {
    const { pair } = await createAuthority({ commonName: 'orderer', organisation: 'test' }, new Date());
    root = Buffer.from(pair.certificate);
    alive = await listening(createTlsServer({ cert: pair.certificate, key: pair.privateKey, ALPNProtocols: ['h2'] }));
    silent = await listening(createTcpServer((socket) => sockets.push(socket.on('error', () => undefined))));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
  });

  const DEAD = '127.0.0.1:1';
  const of = (consensus: string, endpoints: readonly string[]): OrderingService => ({
    consensus,
    orderers: endpoints.map((endpoint) => ({ endpoint, tlsRootCertificates: [root] })),
  });

  it('are enough while transactions can be ordered', async () => {
    const enough = of('BFT', [alive, alive, alive, DEAD]);
    // Who lives has to shake hands, on a machine that may be busy with other suites.
    const patient = { asksOrderers: true, patienceMs: 10_000 };
    expect(await placesOf({ ordering: () => Promise.resolve(enough) }, patient)).toEqual([]);
    const raft = of('etcdraft', [alive, alive, silent]);
    expect(await placesOf({ ordering: () => Promise.resolve(raft) }, patient)).toEqual([]);
  });

  it('are not asked where no address leads to them', async () => {
    expect(await placesOf({ ordering: () => Promise.resolve(of('solo', [])) }, { asksOrderers: true })).toEqual([]);
  });

  it('are named with their reasons where they are too few', async () => {
    const ordering = (): Promise<OrderingService> => Promise.resolve(of('BFT', [alive, alive, silent, DEAD]));
    const readiness = new Readiness({
      ledger: { ...healthy, ordering },
      asksOrderers: true,
      clock: Date.now,
      patienceMs: 200,
    });
    const [fault] = (await readiness.problem())?.faults ?? [];
    expect(fault).toMatchObject({ path: '/orderers' });
    expect(fault?.message).toMatch(
      new RegExp(`3 of 4 .*${silent} \\(does not answer within 0.2 s\\), ${DEAD} \\(ECONNREFUSED\\)`),
    );
  });

  it('are asked as they were known last while the peer is away: all that is dead is named', async () => {
    let isDown = false;
    const down = (): Promise<never> => Promise.reject(new LedgerError('UNREACHABLE'));
    const ledger: Ledger = {
      ...healthy,
      height: () => (isDown ? down() : healthy.height()),
      submit: (...call) => (isDown ? down() : healthy.submit(...call)),
      ordering: () => (isDown ? down() : Promise.resolve(of('solo', [DEAD]))),
    };
    let now = 0;
    const readiness = new Readiness({ ledger, asksOrderers: true, clock: () => now, patienceMs: 200 });
    expect((await readiness.problem())?.faults.map(({ path }) => path)).toEqual(['/orderers']);
    [isDown, now] = [true, 10_000];
    expect((await readiness.problem())?.faults.map(({ path }) => path)).toEqual(['/peer', '/orderers']);
  });

  it.each([
    ['BFT', 4, 3],
    ['BFT', 7, 5],
    ['BFT', 1, 1],
    ['etcdraft', 3, 2],
    ['etcdraft', 5, 3],
    ['solo', 1, 1],
  ])('%s of %i need %i', (consensus, count, needed) => {
    expect(ordererQuorum(consensus, count)).toBe(needed);
  });
});

describe('/readyz of a running gateway', () => {
  let now = Date.now();
  let fake: FakeGateway;
  beforeAll(async () => {
    fake = await FakeGateway.start({ clock: () => new Date(now) });
  });
  afterAll(() => fake.stop());

  it('tells of a peer that died since, and /livez stays', async () => {
    expect((await fetch(`${fake.url}/readyz`)).status).toBe(200);
    jest.spyOn(fake.ledger, 'height').mockRejectedValue(new LedgerError('UNREACHABLE', 'The peer does not answer.'));
    now += 10_000;
    const response = await fetch(`${fake.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      code: 'NOT_READY',
      faults: [{ path: '/peer', code: 'UNREACHABLE' }],
    });
    expect((await fetch(`${fake.url}/livez`)).status).toBe(200);
    jest.restoreAllMocks();
  });
});
