import { routes, type LedgerClient, type RouteName } from '@carbon-ledger/client-sdk';
import { shanghaiDay, signOrder, signPurge, usccCheckDigit } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { LEDGER_ID, type FakeGateway } from './testing/fake-gateway';
import { partyOf, reports, startInspected } from './testing/inspected-world';
import { enterprise, lab, otherProvince, registry } from './testing/trial-world';

type Thing = 'figure' | 'party' | 'record' | 'webhook' | 'transaction';
type Ask = (client: LedgerClient, thing: string, party: string) => Promise<unknown>;
type Asked = readonly [thing: Thing, ask: Ask];

const report = reports.inspected;
const address = (name: string): string => `${report.key}#${name}`;
const signedAt = `${new Date().toISOString().slice(0, 19)}Z`;

/** A route that a figure is asked of as `ADDRESS#NAME`, in each of its forms. */
const traced = (more: { readonly format?: 'prov' | 'provn' | 'svg'; readonly asOf?: string }): Asked => [
  'figure',
  (client, name) => client.call('trace', { query: { figure: address(name), ...more } }),
];

async function resumed(client: LedgerClient, webhook: string, party: string): Promise<unknown> {
  const request = { action: 'webhook-resume', webhook };
  const order = await signOrder({ ledger: LEDGER_ID, party, request, signedAt }, trialSigner(party));
  return client.call('orderWebhook', { params: { id: webhook }, body: { action: 'resume', ...order } });
}

async function purged(client: LedgerClient, transaction: string, party: string): Promise<unknown> {
  const purge = { years: 5, transactions: [transaction] };
  const order = await signPurge({ ...purge, ledger: LEDGER_ID, party, signedAt }, trialSigner(party));
  return client.call('purgeFigures', { body: { ...purge, ...order } });
}

/** What each route may be asked that is not everybody's. `public`: all that it tells is; `own`: it tells a party of itself alone. */
const asked: Readonly<Record<RouteName, readonly Asked[] | 'public' | 'own'>> = {
  traceFigure: [
    ['figure', (client, name) => client.call('traceFigure', { params: { id: report.id, name }, query: {} })],
  ],
  trace: [traced({}), traced({ format: 'prov' }), traced({ format: 'svg' }), traced({ asOf: shanghaiDay(signedAt) })],
  prove: [['figure', (client, name) => client.call('prove', { body: { figure: address(name) } })]],
  getEmitter: [['party', (client, uscc) => client.call('getEmitter', { params: { uscc }, query: { year: '2024' } })]],
  listEmitters: [['party', (client, text) => client.call('listEmitters', { query: { year: '2024', text } })]],
  getInstitution: [['party', (client, uscc) => client.call('getInstitution', { params: { uscc } })]],
  listInstitutions: [['party', (client, text) => client.call('listInstitutions', { query: { kind: 'lab', text } })]],
  listAssessments: [
    ['party', (client, verifier) => client.call('listAssessments', { query: { year: '2024', verifier } })],
  ],
  orderWebhook: [['webhook', resumed]],
  purgeFigures: [['transaction', purged]],
  getCompleteness: [['party', (client, party) => client.call('getCompleteness', { query: { year: '2024', party } })]],
  screen: [['party', (client, code) => client.call('screen', { body: { of: 'plant', code, year: '2024' } })]],
  createDraft: [
    [
      'record',
      (client, on) =>
        client.call('createDraft', {
          body: { type: 'supersession', on, content: { reason: 'CORRECTION', statement: 'x' } },
        }),
    ],
  ],
  ...{ getSession: 'own', getInbox: 'own', listReads: 'own', listWebhooks: 'own', registerWebhook: 'own' },
  ...{ getRetention: 'own', makePaper: 'own' },
  // Records, parties and their log are everybody's; what of them is not are their figures, above.
  ...{ createChallenge: 'public', createSession: 'public', submit: 'public', listSubmissions: 'public' },
  ...{ getSubmission: 'public', getRecord: 'public', getRecordBytes: 'public', listRecords: 'public' },
  ...{ findHeads: 'public', listParties: 'public', getParty: 'public', getRecordActions: 'public' },
  ...{ getActions: 'public', getReceipt: 'public', getCertificate: 'public', getReceipts: 'public' },
  ...{
    verify: 'public',
    certifyFolder: 'public',
    impact: 'public',
    impactByParty: 'public',
    getRulesInForce: 'public',
    getGraph: 'public',
    getLedger: 'public',
  },
  ...{ getPolicy: 'public', getCheckpoint: 'public', getCosignedCheckpoint: 'public', getCosigners: 'public' },
  ...{ getInclusion: 'public', getConsistency: 'public', getTile: 'public', events: 'public' },
  ...{ livez: 'public', readyz: 'public', metrics: 'public', openapi: 'public' },
};

const outsiders: Readonly<Record<string, string | undefined>> = {
  'the public': undefined,
  'another province': otherProvince,
  'a registry': registry,
  'a plant of the same city': partyOf.stranger,
};

/** Of these only the public is an outsider: whoever signs in may ask them of any party, and is told what is open to it. */
const askedByParties: readonly RouteName[] = ['getCompleteness', 'screen', 'createDraft'];

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly cost: number;
}

/** What differs from one answer to the next, whatever was asked. */
const always = ['date', 'x-request-id', 'ratelimit-remaining', 'ratelimit-reset'];

let fake: FakeGateway;
let things: Readonly<Record<Thing, readonly [there: string, nowhere: string]>>;

beforeAll(async () => {
  fake = await startInspected({ webhooks: { networks: ['198.51.100.7'] } });
  const url = 'https://198.51.100.7/hook';
  const request = { action: 'webhook-register', url };
  const order = await signOrder({ ledger: LEDGER_ID, party: lab, request, signedAt }, trialSigner(lab));
  const { webhook } = await fake.client(lab).call('registerWebhook', { body: { url, ...order } });
  const absent = '91140600MA0TRYC99';
  things = {
    figure: ['Qgr_ad_MJ_kg', 'Nothing_here'],
    party: [partyOf.preparer, absent + usccCheckDigit(absent)],
    record: [report.id, `rec:${'0'.repeat(64)}`],
    webhook: [webhook.id, `whk_${'0'.repeat(32)}`],
    transaction: [(await fake.client().record(report.id)).txId, 'f'.repeat(64)],
  };
});
afterAll(() => fake.stop());

/** Clients by their party; what the service answered last stands beside. */
const clients = new Map<string, { readonly client: LedgerClient; last?: Response }>();

function clientOf(party: string | undefined): { readonly client: LedgerClient; last?: Response } {
  const known = clients.get(party ?? '');
  if (known !== undefined) return known;
  const client = fake.client(party, async (url, init) => {
    const response = await fetch(url, init);
    made.last = response.clone();
    return response;
  });
  const made: { readonly client: LedgerClient; last?: Response } = { client };
  clients.set(party ?? '', made);
  return made;
}

async function asking(party: string | undefined, ask: Ask, thing: string): Promise<Response> {
  const own = clientOf(party);
  await ask(own.client, thing, party ?? lab).catch(() => undefined);
  if (own.last === undefined) throw new Error('nothing was asked');
  return own.last;
}

const remaining = ({ headers }: Response): number => Number(headers.get('ratelimit-remaining'));

/** The answer as it came, with what was asked for taken out, and what it took of the caller’s allowance. */
async function answered(party: string | undefined, ask: Ask, thing: string): Promise<Answer> {
  const first = await asking(party, ask, thing);
  const second = await asking(party, ask, thing);
  const cost = remaining(first) - remaining(second);
  // The allowance was filled up in between.
  if (cost < 0) return answered(party, ask, thing);
  const headers = [...first.headers].filter(([name]) => !always.includes(name));
  const body = (await first.text()).replaceAll(thing, '…').replaceAll(/"(?:requestId|instance)":"[^"]*"/g, '');
  return { status: first.status, headers: Object.fromEntries(headers), body, cost };
}

describe('what is closed to who asks', () => {
  it.each(Object.entries(outsiders))(
    'is refused to %s as if it were nowhere, over every route',
    async (_who, party) => {
      for (const [name, asks] of Object.entries(asked) as [RouteName, (typeof asked)[RouteName]][]) {
        if (typeof asks === 'string' || (party !== undefined && askedByParties.includes(name))) continue;
        for (const [thing, ask] of asks) {
          const [there, nowhere] = things[thing];
          const answer = await answered(party, ask, there);
          expect([name, thing, answer]).toEqual([name, thing, await answered(party, ask, nowhere)]);
        }
      }
    },
  );

  it('is another one to those to whom it is open, so that the comparison would tell', async () => {
    for (const [thing, ask] of [asked.traceFigure, asked.trace, asked.prove].flat() as Asked[]) {
      const [there, nowhere] = things[thing];
      expect(await answered(enterprise, ask, there)).not.toEqual(await answered(enterprise, ask, nowhere));
    }
    const [ask] = asked.orderWebhook as Asked[];
    const [there, nowhere] = things.webhook;
    expect(await answered(lab, ask![1], there)).not.toEqual(await answered(lab, ask![1], nowhere));
  });

  it('is not asked for without a session over any route that is a party’s', async () => {
    const closed = Object.entries(routes).filter(([, { access }]) => access === 'party');
    for (const [name, { method, path, example }] of closed) {
      const url = `${fake.url}${path.replace(/\{\w+\}/g, 'x')}`;
      const body = method === 'POST' ? { body: JSON.stringify(example.body ?? {}) } : {};
      const { status } = await fetch(url, { method, headers: { 'content-type': 'application/json' }, ...body });
      expect([name, status]).toEqual([name, 401]);
    }
  });
});
