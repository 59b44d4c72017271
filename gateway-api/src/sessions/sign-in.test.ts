import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { buildRecord, type PartyContent, partyContentSchema, provePossession, type Signer } from '@carbon-ledger/core';
import { trialSalts, trialSigner } from '@carbon-ledger/plant-year/trial';
import { LedgerClient, sessionDigest } from '@carbon-ledger/client-sdk';
import { FakeGateway, LEDGER_ID } from '../testing/fake-gateway';
import { rawPost, rawRequest, type RawAnswer } from '../testing/raw-request';
import { enterprise, lab, national, otherProvince, province, registry } from '../testing/trial-world';
import { namesOfUrl } from './service-names';

/** What a party signs for `audience`, sent by whoever has it with any headers. */
async function signIn(
  fake: FakeGateway,
  audience: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  const { nonce } = await fake.client().call('createChallenge', { body: { party: lab } });
  const signer = trialSigner(lab);
  const { keyId, suite } = signer;
  const signature = signer.sign(sessionDigest({ ledger: LEDGER_ID, party: lab, audience, nonce }));
  return rawPost(fake.url, '/v1/sessions', { party: lab, nonce, keyId, suite, audience, signature }, headers);
}

describe('a signature to sign in', () => {
  let fake: FakeGateway;
  let port: string;
  beforeAll(async () => {
    fake = await FakeGateway.start();
    ({ port } = new URL(fake.url));
  });
  afterAll(() => fake.stop());

  it.each(['evil.example:443', 'evil.example', 'localhost.evil.example:80', '127.0.0.1:1', 'LOCALHOST.:1', 'x'])(
    'for %s opens nothing, whatever host the request names',
    async (audience) => {
      const spoofs: Record<string, string>[] = [
        { host: audience },
        { 'x-forwarded-host': audience },
        { forwarded: `host=${audience}` },
      ];
      for (const headers of spoofs) {
        const answer = await signIn(fake, audience, headers);
        expect(answer.status).toBe(401);
        expect(answer.text).toContain('--public-url');
      }
    },
  );

  it('is good for the names by which this machine knows the service, whatever host the request names', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])
      expect((await signIn(fake, `${name}:${port}`, { host: 'elsewhere.example' })).status).toBe(201);
  });
});

describe('a service with configured names', () => {
  let fake: FakeGateway;
  beforeAll(async () => {
    fake = await FakeGateway.start({ publicUrls: ['https://Ledger.example', 'http://intern.example:8080/'] });
  });
  afterAll(() => fake.stop());

  it('takes signatures for these, with the port of the scheme or without it', async () => {
    for (const name of ['ledger.example', 'ledger.example:443', 'intern.example:8080'])
      expect((await signIn(fake, name)).status).toBe(201);
  });

  it('takes none for other names, those of its own machine among them', async () => {
    const { port } = new URL(fake.url);
    for (const name of [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      'ledger.example:8443',
      'ledger.example:80',
      'intern.example',
    ])
      expect((await signIn(fake, name)).status).toBe(401);
  });

  it.each(['ledger.example', 'ftp://ledger.example', 'https://ledger.example/path', 'https://a@ledger.example', ''])(
    'cannot be called %p',
    (url) => {
      expect(() => namesOfUrl(url)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }) as Error);
    },
  );
});

describe('a session', () => {
  let fake: FakeGateway;
  let secret: Uint8Array;
  beforeAll(async () => {
    fake = await FakeGateway.start();
    secret = Buffer.from(readFileSync(join(fake.folder, 'keys', 'sessions.key'), 'utf8').trim(), 'hex');
  });
  afterAll(() => fake.stop());

  const current = (token: string): Promise<RawAnswer> =>
    rawRequest(fake.url, { path: '/v1/sessions/current', headers: { authorization: `Bearer ${token}` } });

  /** As whoever stole the key of sessions makes it. */
  const forged = (claims: Record<string, unknown>): Promise<string> =>
    new SignJWT({
      iss: 'carbon-audit-ledger',
      aud: LEDGER_ID,
      sub: lab,
      jti: 'forged',
      iat: nowSeconds(),
      exp: nowSeconds() + 60,
      ...claims,
    })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(secret);

  it.each<[string, Record<string, unknown>]>([
    ['without a key', {}],
    ['with a key of another party', { key: trialSigner(enterprise).keyId }],
    ['without an end', { key: trialSigner(lab).keyId, exp: undefined }],
    ['that lasts for years', { key: trialSigner(lab).keyId, iat: 1_600_000_000, exp: 4_000_000_000 }],
    ['of another ledger', { key: trialSigner(lab).keyId, aud: '0'.repeat(64) }],
    ['of nobody', { key: trialSigner(lab).keyId, sub: 'x' }],
  ])('%s is none', async (_what, claims) => {
    expect((await current(await forged({ key: trialSigner(lab).keyId }))).status).toBe(200);
    expect((await current(await forged(claims))).status).toBe(401);
  });

  it('ends with the key that opened it', async () => {
    const { token } = JSON.parse((await signIn(fake, new URL(fake.url).host)).text) as { token: string };
    expect((await current(token)).status).toBe(200);
    await replaceKeys(fake, trialSigner('another'));
    expect((await current(token)).status).toBe(401);
  });

  const hourAgo = (): string => `${new Date(Date.now() - 3_600_000).toISOString().slice(0, 19)}Z`;
  it.each<[string, string, string, (party: string) => Promise<void>]>([
    [
      'whose key is in others’ hands since an hour ago, as its registrar says',
      enterprise,
      'KEY_NOT_VALID',
      (party) =>
        changeParty(fake, party, ({ keys }) => ({
          keys: keys.map((key) => ({ ...key, compromisedSince: hourAgo() })),
        })),
    ],
    [
      'that is suspended',
      otherProvince,
      'PARTY_SUSPENDED',
      (party) => changeParty(fake, party, () => ({ status: 'suspended' })),
    ],
    ['that is ended', registry, 'PARTY_ENDED', (party) => changeParty(fake, party, () => ({ status: 'ended' }))],
    ['whose registration was withdrawn', province, 'PARTY_ENDED', (party) => withdraw(fake, party)],
  ])('of a party %s is over, and no other is opened', async (_what, party, code, change) => {
    const token = await forged({ sub: party, key: trialSigner(party).keyId });
    expect((await current(token)).status).toBe(200);
    await change(party);
    expect((await current(token)).status).toBe(401);
    const client = new LedgerClient({ baseUrl: fake.url, party, signer: trialSigner(party) });
    await expect(client.inbox()).rejects.toMatchObject({ code });
  });

  it('of the founding authority, stolen, purges nothing', async () => {
    const token = await forged({ sub: national, key: trialSigner(national).keyId });
    const headers = { authorization: `Bearer ${token}` };
    expect((await rawRequest(fake.url, { path: '/v1/retention', headers })).status).toBe(200);
    const purge = { years: 5, transactions: ['0'.repeat(64)] };
    const thief = trialSigner('thief');
    const signed = {
      signedAt: `${new Date().toISOString().slice(0, 19)}Z`,
      keyId: thief.keyId,
      suite: thief.suite,
      signature: `0x${'1b'.repeat(65)}`,
    };
    const own = trialSigner(national).keyId;
    for (const [body, code] of [
      [purge, 'BAD_REQUEST'],
      [{ ...purge, ...signed }, 'KEY_UNKNOWN'],
      [{ ...purge, ...signed, keyId: own }, 'SIGNATURE_INVALID'],
      [{ ...purge, ...signed, keyId: own, signedAt: '2020-01-01T00:00:00Z' }, 'SIGNED_TIME_OUT_OF_RANGE'],
    ])
      expect(JSON.parse((await rawPost(fake.url, '/v1/retention/purges', body, headers)).text)).toMatchObject({ code });
    expect(fake.ledger.calls).not.toContain('purge');
  });
});

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** The laboratory's next party record, with one other key. */
async function replaceKeys(fake: FakeGateway, signer: Signer): Promise<void> {
  const proof = await provePossession(lab, signer);
  await changeParty(fake, lab, ({ keys: [key] }) => ({ keys: [{ ...key!, id: signer.keyId, proof }] }));
}

/** The next version of a party's record, as the founder files it. */
async function changeParty(
  fake: FakeGateway,
  party: string,
  change: (content: PartyContent) => Partial<PartyContent>,
): Promise<void> {
  const founder = fake.client(national);
  const { record: id } = await founder.party(party);
  const before = await founder.record(id);
  const content = partyContentSchema.parse(before.record.content);
  const next = buildRecord(
    {
      ...({ type: 'party', issuer: national, subject: before.record.subject } as const),
      version: before.record.version + 1,
      content: { ...content, ...change(content) },
    },
    trialSalts(national),
  );
  await founder.anchor({ records: [next.record], figures: {} });
}

/** The founder withdraws a party's registration. */
async function withdraw(fake: FakeGateway, party: string): Promise<void> {
  const founder = fake.client(national);
  const { record: id } = await founder.party(party);
  const { record, key } = await founder.record(id);
  const revocation = buildRecord(
    {
      ...({ type: 'revocation', kind: 'revocation.party', issuer: national, subject: record.subject } as const),
      content: { reason: 'WITHDRAWN_BY_ISSUER', statement: '注销登记' },
      cites: { revoked: [{ id, key, record, figures: [] }] },
    },
    trialSalts(national),
  );
  await founder.anchor({ records: [revocation.record], figures: {} });
}
