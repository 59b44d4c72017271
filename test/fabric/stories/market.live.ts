import { Market } from '../../market/market';
import { overlapRace } from '../../market/overlap-race';
import { PeerPort } from '../../market/port';
import { stories } from '../../market/stories';
import { World } from '../live/world';

jest.setTimeout(300_000);

let world: World;
let port: PeerPort;
beforeAll(async () => {
  world = await World.open();
  const msps = world.network.session.layout.organisations.map(({ mspId }) => mspId);
  port = new PeerPort(world.ledger, world.network.genesisHash, msps);
});
afterAll(async () => {
  await world.close();
});

describe('the market played, on genuine Fabric', () => {
  it.each(stories.map((story) => [story.title, story] as const))('%s', async (_, { tag, play }) => {
    const since = await world.oracle.agree();
    await play(await Market.open(port, tag));
    expect(await world.oracle.agree()).toBeGreaterThan(since);
  });

  it('lets exactly one of two overlapping ranges in one block win', async () => {
    await overlapRace(port, await Market.open(port, 'W9'));
    await world.oracle.agree();
  });
});
