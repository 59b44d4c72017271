import { startEmbeddedPeer } from './start';
import { PeerFixture } from './testing/fixture';

describe('a clock that went back', () => {
  const day = 24 * 60 * 60_000;
  let fixture: PeerFixture;
  beforeAll(async () => {
    fixture = await PeerFixture.start({});
    await fixture.connect().contract.submitTransaction('put', 'a', '1');
    await fixture.stop();
  });
  afterAll(() => fixture.remove());

  const startAt = (behind: number): Promise<unknown> =>
    startEmbeddedPeer({ dataDir: fixture.dataDir, clock: () => new Date(Date.now() - behind) });

  it.each([day, 400 * day, 15 * 60_000])('is named, and nothing is called damaged: %i ms', async (behind) => {
    await expect(startAt(behind)).rejects.toMatchObject({ code: 'CLOCK_BEHIND' });
  });

  it('is no matter by as much as clocks may differ', async () => {
    const peer = (await startAt(60_000)) as { close(): Promise<void> };
    await peer.close();
  });
});
