import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fsck, type FsckReport } from '../../../auditor/src/fsck';
import type { LedgerPort } from '../../../gateway-api/src/ledger';
import { openPeerSource } from '../../../gateway-api/src/ledger/peer-source';
import { openFabricLedger, readPeerProfile } from '../../../gateway-api/src/profile';
import { takeClock } from '../../retention/clock';
import { playPurge, type Member } from '../../retention/purge-story';
import type { Connection } from '../network';
import { World } from '../live/world';

jest.setTimeout(300_000);

/** Organisations whose peers hold private figures (topology.yaml). */
const MEMBERS = ['Regulator', 'Enterprise', 'Lab', 'Verifier'];
/** In hours: a year and a day more than the figures are kept. */
const WIDE = `timewindow: ${String(6 * 366 * 24)}h`;

let world: World;
let coreYaml: string;
let asItWas: string;
const closing: (() => void | Promise<void>)[] = [];

/** The peers themselves hold a proposal to their clocks: the one setting of theirs that a test of years has to widen. */
async function startPeersWith(text: string): Promise<void> {
  const peers = world.network.session.layout.organisations.flatMap((organisation) => organisation.peers);
  const names = peers.map(({ id }) => id);
  writeFileSync(coreYaml, text);
  await world.act('stop', ...names);
  await world.act('start', ...names);
  await world.oracle.agree();
}

beforeAll(async () => {
  world = await World.open();
  coreYaml = join(world.network.session.state.root, 'config', 'core.yaml');
  asItWas = readFileSync(coreYaml, 'utf8');
  expect(asItWas).toMatch(/timewindow: \S+/);
  await startPeersWith(asItWas.replace(/timewindow: \S+/, WIDE));
});
afterAll(async () => {
  jest.useRealTimers();
  for (const close of closing) await close();
  await startPeersWith(asItWas);
  await world.close();
});

async function memberOf(name: string): Promise<Member> {
  const port = await openFabricLedger(await readPeerProfile(world.profile(name)));
  const connection: Connection = world.network.connect(name);
  closing.push(
    () => port.close(),
    () => {
      connection.close();
    },
  );
  return { port, network: connection.network };
}

/** One without a receipt yet, so that a ledger may be used for several runs; no other test begins with the last ones. */
async function untouchedUnit(port: LedgerPort): Promise<string> {
  for (let number = 200; number > 0; number -= 1) {
    const key = `91140000MA0FAKE01X/U${String(number)}/2024-01/sample-receipt`;
    if (Buffer.from(await port.evaluate({ name: 'head', args: [key] })).toString() === 'null')
      return `U${String(number)}`;
  }
  throw new Error('every unit of this ledger has its report: npm run network:clean');
}

async function looked(): Promise<FsckReport> {
  const profile = await readPeerProfile(world.profile('Regulator'));
  const source = openPeerSource(profile);
  try {
    return await fsck({ source, figures: source, names: { chaincode: profile.chaincodeName }, threads: 0 });
  } finally {
    source.close();
  }
}

test('a purge as the founder ordered it, and none else, on genuine Fabric', async () => {
  const { market, network } = world;
  const members = await Promise.all(MEMBERS.map(memberOf));
  const [{ port: founder }] = members as [Member];
  const unit = await untouchedUnit(founder);
  takeClock();
  await playPurge({ ledger: network.genesisHash, market, founder, members, fsck: looked }, unit);
  jest.useRealTimers();
  await world.oracle.agree();
});
