import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { FakeGateway, LEDGER_ID, problem } from '../testing/fake-gateway';
import { enterprise, lab } from '../testing/trial-world';

let fake: FakeGateway;
beforeAll(async () => {
  fake = await FakeGateway.start();
});
afterAll(() => fake.stop());

describe('sessions', () => {
  it('tell who is signed in, and end with the token', async () => {
    expect(await fake.client(lab).call('getSession')).toMatchObject({ party: lab, kind: 'lab', region: '140100' });
    expect(await problem(fake.client().call('getSession'))).toMatchObject({ code: 'UNAUTHENTICATED' });
    const forged = await fetch(`${fake.url}/v1/sessions/current`, { headers: { authorization: 'Bearer a.b.c' } });
    expect(forged.status).toBe(401);
  });

  it('refuse a challenge that was used, and a signature that was made for another host', async () => {
    const { nonce } = await fake.client().call('createChallenge', { body: { party: lab } });
    const signer = trialSigner(lab);
    const { sessionDigest } = await import('@carbon-ledger/client-sdk');
    const answer = async (audience: string): Promise<unknown> => {
      const signature = await signer.sign(sessionDigest({ ledger: LEDGER_ID, party: lab, audience, nonce }));
      const { keyId, suite } = signer;
      return problem(
        fake.client().call('createSession', { body: { party: lab, nonce, keyId, suite, audience, signature } }),
      );
    };
    expect(await answer('elsewhere.example:443')).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await answer(new URL(fake.url).host)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('refuse a key of another party', async () => {
    const impostor = new LedgerClient({ baseUrl: fake.url, party: enterprise, signer: trialSigner(lab) });
    expect(await problem(impostor.call('getSession'))).toMatchObject({ code: 'KEY_UNKNOWN' });
  });
});
