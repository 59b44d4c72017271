import fc from 'fast-check';
import { z } from 'zod';
import { partyKinds, usccCheckDigit, type PartyKind } from '@carbon-ledger/core';
import { trialPartyRecord, trialSigner } from '@carbon-ledger/plant-year/trial';
import { fillPath, routes, sessionDigest, type RouteName, type RouteSpec } from '@carbon-ledger/client-sdk';
import { FakeGateway, LEDGER_ID } from '../testing/fake-gateway';
import { rawRequest, type RawAnswer } from '../testing/raw-request';
import {
  enterprise,
  lab,
  national,
  otherProvince,
  province,
  registry,
  sampleReceipt,
  testReport,
} from '../testing/trial-world';

/*
 * Requests over all routes and as every kind of party, made from what is right and then bent. None may end in a 5xx that
 * tells of a failure. The number and seed come from the environment: `npm run fuzz:service` makes 100,000 and holds each to a second.
 */
const RUNS = Number(process.env['FUZZ_REQUESTS'] ?? '600');
const SEED = Number(process.env['FUZZ_SEED'] ?? '20240229');
const HOLDS_TIME = process.env['FUZZ_REQUESTS'] !== undefined;
const SLOWEST_MS = 1_000;

const UNLIMITED = { burst: 1e12, perSecond: 1e12 };
const report = testReport(sampleReceipt('U1'));
const names = (Object.keys(routes) as RouteName[]).filter((name) => name !== 'events');
const known: readonly PartyKind[] = [
  'enterprise',
  'lab',
  'province-authority',
  'national-authority',
  'allowance-registry',
];
/** Every member of a query that some route knows, and one that none does. */
const asked = [
  ...new Set(
    names.flatMap((name) => (routes[name].query instanceof z.ZodObject ? Object.keys(routes[name].query.shape) : [])),
  ),
  'x',
];
/** One of each other kind, registered here. */
const others = partyKinds
  .filter((kind) => !known.includes(kind))
  .map((kind, at) => {
    const first17 = `91110000MA0FAKE8${String(at)}`;
    const party = { uscc: first17 + usccCheckDigit(first17), name: `（虚构）${kind}`, kind, region: '110000' };
    return kind === 'device' ? { ...party, owner: enterprise } : party;
  });
const parties = [
  undefined,
  ...[enterprise, lab, national, province, otherProvince, registry],
  ...others.map(({ uscc }) => uscc),
] as const;

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '../../etc/passwd',
    '%00',
    '__proto__',
    'constructor',
    '\u202e',
    '9'.repeat(40),
    '-1',
    '1e9',
    'null',
    'a'.repeat(3_000),
  ),
  fc.constantFrom(
    report.id,
    report.key,
    `${report.key}#Cad_pct`,
    lab,
    enterprise,
    '2024-02',
    '2024',
    '2024-03-01T00:00:00Z',
    'zh',
    'desc',
    'under-finding',
    'svg',
    '0/000.p/1',
    `sub:${'0'.repeat(64)}`,
  ),
);
const oddValue = fc.oneof(
  oddText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1e15,
    [],
    {},
    [[]],
    [{}],
    Array(3_000).fill(1),
    { toString: 1 },
    Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`k${String(at)}`, at])),
  ),
);

interface Bent {
  readonly name: RouteName;
  readonly party: (typeof parties)[number];
  readonly params: readonly string[];
  readonly query: readonly (readonly [string, string])[];
  readonly body: unknown;
  /** Which members of a right body are replaced, and by what. */
  readonly bends: readonly { readonly at: number; readonly by: unknown }[];
  readonly method: string;
  readonly type: string;
  readonly cut: number;
}

const bent: fc.Arbitrary<Bent> = fc.record({
  name: fc.constantFrom(...names),
  party: fc.constantFrom(...parties),
  params: fc.array(oddText, { maxLength: 2 }),
  query: fc.array(fc.tuple(fc.constantFrom(...asked), oddText), { maxLength: 3 }),
  body: fc.option(oddValue, { nil: undefined, freq: 4 }),
  bends: fc.array(fc.record({ at: fc.nat(30), by: oddValue }), { maxLength: 3 }),
  method: fc.constantFrom('own', 'own', 'own', 'own', 'own', 'own', 'HEAD', 'DELETE', 'PUT'),
  type: fc.constantFrom(
    'application/json',
    'application/json',
    'application/json',
    'text/plain',
    'application/json; charset=utf-16',
  ),
  cut: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(40) }),
});

/** A copy of a right body with members, counted through, replaced. */
function bend(value: unknown, bends: Bent['bends']): unknown {
  let count = 0;
  const walk = (one: unknown): unknown => {
    const here = bends.find(({ at }) => at === count);
    count += 1;
    if (here !== undefined) return here.by;
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, member]) => [key, walk(member)]));
  };
  return walk(value);
}

function pathOf({ path, example }: RouteSpec, { params, query }: Bent): string {
  const right = [...path.matchAll(/\{\+?([a-zA-Z]+)\}/g)].map(([, name]) => name ?? '');
  const values = Object.fromEntries(right.map((name, at) => [name, params[at] ?? example.params?.[name] ?? report.id]));
  const asked = new URLSearchParams({ ...example.query });
  for (const [key, value] of query) asked.append(key, value.toWellFormed());
  const wellFormed = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.toWellFormed()]));
  return `${fillPath(path, wellFormed)}?${asked.toString()}`;
}

describe('requests of every kind', () => {
  let fake: FakeGateway;
  let good: unknown;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    const limits = { requestsPerMinute: 1e9, signInsPerMinute: 1e9, workPerClient: UNLIMITED, workPerParty: UNLIMITED };
    fake = await FakeGateway.start({ limits });
    const registered = others.map((party) => trialPartyRecord(party, national, [fake.ledger.mspId]));
    await fake.client().submit([await fake.signed(national, registered)]);
    await fake.client().submit([await fake.signed(lab, [sampleReceipt('U1'), report])]);
    good = { submissions: [await fake.signed(lab, [sampleReceipt('U2')])] };
    // A service has its papers made on a thread that has loaded what they need; from sources they are made, and loaded, in this one.
    await fake.client().certificate(report.id);
    for (const party of parties) if (party !== undefined) tokens.set(party, await tokenOf(party));
  });
  afterAll(() => fake.stop());

  async function tokenOf(party: string): Promise<string> {
    const signer = trialSigner(party);
    const { nonce } = await fake.client().call('createChallenge', { body: { party } });
    const audience = new URL(fake.url).host;
    const signature = await signer.sign(sessionDigest({ ledger: LEDGER_ID, party, audience, nonce }));
    const { keyId, suite } = signer;
    const body = { party, nonce, keyId, suite, audience, signature };
    return (await fake.client().call('createSession', { body })).token;
  }

  async function send(request: Bent): Promise<RawAnswer & { readonly ms: number }> {
    const route: RouteSpec = routes[request.name];
    const right = request.name === 'submit' ? good : route.example.body;
    const text = (JSON.stringify(request.body ?? bend(right, request.bends)) as string | undefined) ?? '';
    const token = request.party === undefined ? undefined : tokens.get(request.party);
    const headers = {
      'content-type': request.type,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const method = request.method === 'own' ? route.method : request.method;
    const body = method === 'POST' || method === 'PUT' ? text.slice(0, text.length - request.cut) : undefined;
    const began = performance.now();
    const answer = await rawRequest(fake.url, {
      method,
      path: pathOf(route, request),
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return { ...answer, ms: performance.now() - began };
  }

  it(
    `end in no failure of the service (${String(RUNS)} of them)`,
    async () => {
      const statuses = new Map<number, number>();
      await fc.assert(
        fc.asyncProperty(bent, async (request) => {
          const { status, text, ms } = await send(request);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          // A policy or cosigned checkpoint that is not there yet is told with 503, on purpose.
          const isFailure = status >= 500 && !text.includes('"NOT_READY"');
          expect({ isFailure, text: isFailure ? text : '' }).toEqual({ isFailure: false, text: '' });
          expect(text).not.toMatch(/\bat .*\.(?:ts|js):\d+/);
          if (HOLDS_TIME) expect(ms).toBeLessThan(SLOWEST_MS);
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
      // The bending must not be so wild that only one kind of answer is ever reached.
      for (const status of [200, 400, 401, 404, 405]) expect(statuses.get(status) ?? 0).toBeGreaterThan(0);
      expect((await fetch(`${fake.url}/livez`)).status).toBe(200);
    },
    HOLDS_TIME ? 7_200_000 : undefined,
  );
});
