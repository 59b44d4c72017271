import { routes as table, type LedgerClient } from '@carbon-ledger/client-sdk';
import { shanghaiDay, type BuiltRecord } from '@carbon-ledger/core';
import type { FakeGateway } from '../testing/fake-gateway';
import { partyOf, reports, startInspected } from '../testing/inspected-world';
import { enterprise, lab, national, otherProvince, province, registry } from '../testing/trial-world';

/** All that is anchored until its end; of a later day nobody is told anything. */
const today = (): string => shanghaiDay(new Date().toISOString());

/** Who reads the report of the inspected year, and of the year after; by hand, beside the table of the rulebook. */
const readers: Readonly<
  Record<string, readonly [party: string | undefined, inspected: boolean, notInspected: boolean]>
> = {
  'the public': [undefined, false, false],
  'its issuer': [lab, true, true],
  'its subject': [enterprise, true, true],
  'the nation': [national, true, true],
  'the province': [province, true, true],
  'another province': [otherProvince, false, false],
  'the city': [partyOf.city, true, true],
  'another city of the province': [partyOf.otherCity, false, false],
  'the verifier of 2024': [partyOf.verifier, true, false],
  'a verifier that nobody engaged': [partyOf.idleVerifier, false, false],
  'the preparer of 2024': [partyOf.preparer, true, false],
  'the inspector of 2024': [partyOf.inspector, true, false],
  'the inspector of what was closed': [partyOf.doneInspector, false, false],
  'an inspector of nothing': [partyOf.idleInspector, false, false],
  'a registry': [registry, false, false],
  'a plant of the same city': [partyOf.stranger, false, false],
};

const FIGURE = 'Qgr_ad_MJ_kg';

/** A route with what it is asked about a record; `shows` where it shows figures to those who may read them. */
interface Asked {
  readonly shows: boolean;
  readonly ask: (client: LedgerClient, report: BuiltRecord, figure: string) => Promise<unknown>;
}

const route = (shows: boolean, ask: Asked['ask']): Asked => ({ shows, ask });
const address = (report: BuiltRecord, figure: string): string => `${report.key}#${figure}`;
const id = (report: BuiltRecord): { id: string } => ({ id: report.id });

/** Every route that takes a record, a key, a figure or a document of it, or that lists what includes it. */
const routes: Readonly<Record<string, Asked>> = {
  getRecord: route(true, (client, report) =>
    client.call('getRecord', { params: id(report), query: { include: 'figures' } }),
  ),
  'getRecord without figures': route(false, (client, report) => client.call('getRecord', { params: id(report) })),
  getRecordBytes: route(false, (client, report) => client.call('getRecordBytes', { params: id(report) })),
  listRecords: route(true, (client, report) =>
    client.call('listRecords', { query: { key: report.key, include: 'figures' } }),
  ),
  'listRecords by text': route(true, (client, report) =>
    client.call('listRecords', { query: { text: report.key, party: enterprise, include: 'figures' } }),
  ),
  findHeads: route(false, (client, report) => client.call('findHeads', { body: { keys: [report.key] } })),
  listSubmissions: route(true, (client) =>
    client.call('listSubmissions', { query: { limit: 200, include: 'figures' } }),
  ),
  traceFigure: route(true, (client, report, name) =>
    client.call('traceFigure', { params: { ...id(report), name }, query: {} }),
  ),
  trace: route(true, (client, report, name) => client.call('trace', { query: { figure: address(report, name) } })),
  'trace as of': route(true, (client, report, name) =>
    client.call('trace', { query: { figure: address(report, name), asOf: today() } }),
  ),
  'trace as PROV-JSON': route(true, (client, report, name) =>
    client.call('trace', { query: { figure: address(report, name), format: 'prov' } }),
  ),
  'trace as PROV-N': route(true, (client, report, name) =>
    client.call('trace', { query: { figure: address(report, name), format: 'provn' } }),
  ),
  'trace as drawing': route(true, (client, report, name) =>
    client.call('trace', { query: { figure: address(report, name), format: 'svg' } }),
  ),
  impact: route(true, (client, report) =>
    client.call('impact', { params: id(report), query: { assume: 'withdrawn', price: '90' } }),
  ),
  impactByParty: route(false, (client, report) => client.call('impactByParty', { params: id(report), query: {} })),
  getRecordActions: route(false, (client, report) => client.call('getRecordActions', { params: id(report) })),
  getActions: route(false, (client, report) => client.call('getActions', { query: { key: report.key } })),
  getReceipt: route(false, (client, report) => client.call('getReceipt', { params: id(report) })),
  getCertificate: route(false, (client, report) =>
    client.call('getCertificate', { params: id(report), query: { language: 'en' } }),
  ),
  certifyFolder: route(false, (client, { record }) =>
    client.call('certifyFolder', {
      query: { language: 'en' },
      body: {
        name: 'x',
        files: record.documents.map(({ name, sha256, sm3 }) => ({ path: name, size: 1, sha256, sm3 })),
      },
    }),
  ),
  getReceipts: route(false, (client, report) => client.call('getReceipts', { body: { records: [report.id] } })),
  verify: route(false, (client, report) =>
    client.call('verify', {
      body: { items: [{ record: report.id, name: 'report-2024-01.txt', sha256: `sha256:${'0'.repeat(64)}` }] },
    }),
  ),
  getTile: route(false, (client) => client.call('getTile', { params: { path: 'entries/000.p/30' } })),
  createDraft: route(false, (client, report) =>
    client.call('createDraft', {
      body: { type: 'supersession', on: report.id, content: { reason: 'CORRECTION', statement: 'x' } },
    }),
  ),
  // Of its period alone: the values of another report are told to those who may read that one.
  getGraph: route(true, (client, { record: { subject } }) =>
    client.call('getGraph', { query: { party: enterprise, from: subject.period, to: subject.period } }),
  ),
  getInbox: route(false, (client) => client.call('getInbox', { query: { limit: 200 } })),
  screen: route(false, (client) => client.call('screen', { body: { of: 'plant', code: enterprise, year: '2024' } })),
  listEmitters: route(false, (client) => client.call('listEmitters', { query: { year: '2024' } })),
  getEmitter: route(false, (client) =>
    client.call('getEmitter', { params: { uscc: enterprise }, query: { year: '2024' } }),
  ),
  listInstitutions: route(false, (client) => client.call('listInstitutions', { query: { kind: 'lab' } })),
  getInstitution: route(false, (client) => client.call('getInstitution', { params: { uscc: lab } })),
  getCompleteness: route(false, (client) =>
    client.call('getCompleteness', { query: { year: '2024', party: enterprise } }),
  ),
  getSubmission: route(false, (client, report) =>
    client.call('getSubmission', { params: { id: `sub:${report.id.slice(4)}` } }),
  ),
};

/** Routes that name no record, show what is public to all, or are asked by a test of their own. */
const apart = [
  ...['createChallenge', 'createSession', 'getSession', 'submit', 'listParties', 'getParty', 'prove'],
  ...['getRulesInForce', 'listAssessments'],
  ...['getLedger', 'getPolicy', 'getCheckpoint', 'getCosignedCheckpoint', 'getCosigners', 'getInclusion'],
  ...['getConsistency', 'events', 'getRetention', 'purgeFigures', 'livez', 'readyz', 'metrics', 'openapi'],
  // Of what is one's own alone (reads.test, webhooks.test), and a paper of what the caller sends.
  ...['listReads', 'listWebhooks', 'registerWebhook', 'orderWebhook', 'makePaper'],
];

/** Answers and problems as text, with what names the asked figure taken out, so that two questions can be compared. */
class Asking {
  readonly #fake: FakeGateway;
  readonly #clients = new Map<string, LedgerClient>();
  #last = '';

  constructor(fake: FakeGateway) {
    this.#fake = fake;
  }

  /** The body that the service answered with, whatever it was. */
  async body(party: string | undefined, { ask }: Asked, report: BuiltRecord, figure = FIGURE): Promise<string> {
    const client = this.#client(party);
    this.#last = '';
    await ask(client, report, figure).catch(() => undefined);
    return this.#last.replaceAll(figure, '<figure>').replaceAll(/"(?:requestId|instance)":"[^"]*"/g, '');
  }

  #client(party: string | undefined): LedgerClient {
    const known = this.#clients.get(party ?? '');
    const client =
      known ??
      this.#fake.client(party, async (url, init) => {
        const response = await fetch(url, init);
        this.#last = await response.clone().text();
        return response;
      });
    this.#clients.set(party ?? '', client);
    return client;
  }
}

let fake: FakeGateway;
let asking: Asking;
beforeAll(async () => {
  fake = await startInspected();
  asking = new Asking(fake);
});
afterAll(() => fake.stop());

/** Whether a body holds a salt of a report, or the value that was asked about where it is of this report alone. */
function leaks(name: string, body: string, { figures }: BuiltRecord): boolean {
  const value = figures.find((figure) => figure.name === FIGURE)?.value ?? '';
  return figures.some(({ salt }) => body.includes(salt)) || (name !== 'listSubmissions' && body.includes(value));
}

const cases = Object.entries(readers).flatMap(([who, [party, inspected, notInspected]]) => [
  [who, 'the inspected year', party, reports.inspected, inspected] as const,
  [who, 'the year after', party, reports.notInspected, notInspected] as const,
]);

describe('private figures over every route', () => {
  it.each(cases)('are for %s of a report of %s open as the table says', async (_who, _year, party, report, may) => {
    const found: Record<string, boolean> = {};
    const expected: Record<string, boolean> = {};
    for (const [name, asked] of Object.entries(routes)) {
      const body = await asking.body(party, asked, report);
      // A body that says nothing would prove nothing.
      expect([name, body.length > 0]).toEqual([name, true]);
      found[name] = leaks(name, body, report);
      expected[name] = may && asked.shows;
    }
    expect(found).toEqual(expected);
  });

  it.each(cases)(
    '%s learns of a report of %s what is there only where it may',
    async (_who, _year, party, report, may) => {
      for (const name of ['traceFigure', 'trace', 'trace as of', 'trace as drawing'] as const) {
        const there = await asking.body(party, routes[name]!, report);
        const nowhere = await asking.body(party, routes[name]!, report, 'Nothing_pct');
        expect([name, there === nowhere]).toEqual([name, !may]);
      }
    },
  );

  it.each(cases)('a figure proof is for %s of %s made where it may read', async (_who, _year, party, report, may) => {
    const prove = (figure: string): Asked =>
      route(true, (client) => client.call('prove', { body: { figure: `${report.key}#${figure}` } }));
    const there = await asking.body(party, prove(FIGURE), report);
    expect(there.includes('"code"')).toBe(!may);
    if (may) return;
    const nowhere = await asking.body(party, prove('Nothing_pct'), report, 'Nothing_pct');
    expect(there).toBe(nowhere);
  });

  it('are asked for over every route that there is', () => {
    const asked = Object.keys(routes).map((name) => name.split(' ')[0] ?? '');
    expect([...new Set([...asked, ...apart])].sort()).toEqual(Object.keys(table).sort());
  });

  it('make no difference to what is listed, how much of it, and where a page goes on', async () => {
    const listed = async (party: string | undefined): Promise<unknown> => {
      const { items, next } = await fake.client(party).call('listRecords', { query: { party: enterprise, limit: 3 } });
      const { items: sent, next: from } = await fake.client(party).call('listSubmissions', { query: { limit: 3 } });
      return [items.map((one) => one.id), next, sent.map(({ txId, first }) => [txId, first]), from];
    };
    const toAll = await listed(undefined);
    for (const [party] of Object.values(readers)) expect(await listed(party)).toEqual(toAll);
  });

  it('is told to the public as hidden, not as absent or elsewhere', async () => {
    const { figuresAccess } = await fake.client().record(reports.inspected.id);
    expect(figuresAccess).toBe('hidden');
  });
});
